"""The desk over HTTP: what is typed is kept all at once, never lost, and never over what somebody else wrote."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from platform_core.identity.access import services as access
from platform_core.materials.drafts.models import Draft
from platform_core.materials.files.uploads import OversizedFile
from platform_core.materials.languages import selectors, services
from platform_core.materials.languages.forms import BringForm
from platform_core.materials.languages.models import Assignment, BroughtFile
from platform_core.materials.languages.services import Entry
from platform_core.materials.languages.texts import translatable
from repository import services as repository
from tests.factories.consultations import consultation
from tests.factories.repository import record
from tests.people import add_person, browser_of

pytestmark = pytest.mark.database
KIND = "repository.record"


@pytest.fixture
def tessa(people):
    person = add_person("tessa")
    access.give_role(person, "translator")
    return person


@pytest.fixture
def rosa(people):
    person = add_person("rosa")
    access.give_role(person, "reviewer")
    return person


@pytest.fixture
def practice(people):
    return record("Vouchers", by=people.marko, summary={"en": "It cost {sum}."})


def address(thing, code="de", query="") -> str:
    return reverse("languages:desk", args=[thing._meta.label_lower, thing.pk, code]) + query


def marks(page) -> dict[str, str]:
    """What a page says was seen of each of its texts."""
    return dict(re.findall(r'name="(seen-[^"]+)" value="([^"]+)"', page.content.decode()))


def states(thing, code="de") -> dict[str, tuple[str, str]]:
    fresh = type(thing).objects.get(pk=thing.pk)
    return {cell.text.key: (cell.state, cell.current) for cell in selectors.cells(fresh, code)}


def sent(browser, thing, page=None, follow=True, **typed):
    page = page or browser.get(address(thing))
    fields = {name.replace("__", "-", 1): text for name, text in typed.items()}
    return browser.post(address(thing), marks(page) | fields, follow=follow)


def test_drafts_are_kept(tessa, practice):
    page = sent(browser_of(tessa), practice, text__title="Gutscheine", text__summary="Es kostete {sum}.")

    assert [str(message) for message in page.context["messages"]] == ["2 drafts are kept."]
    assert states(practice) == {"title": ("draft", "Gutscheine"), "summary": ("draft", "Es kostete {sum}.")}


def test_a_reviewer_finds_all_on_a_page_good(tessa, rosa, practice):
    sent(browser_of(tessa), practice, text__title="Gutscheine")

    page = sent(browser_of(rosa), practice, text__title="Gutscheine", text__summary="", all_reviewed="1")

    assert [str(message) for message in page.context["messages"]] == ["1 text is reviewed."]
    assert states(practice) == {"title": ("reviewed", "Gutscheine"), "summary": ("missing", "")}


def test_a_translator_who_sends_a_tick_she_does_not_see_is_refused(tessa, practice):
    answer = sent(browser_of(tessa), practice, text__title="Gutscheine", reviewed__title="on", follow=False)

    assert (answer.status_code, states(practice)["title"][0]) == (403, "missing")


def test_faults_are_told_at_the_text_and_nothing_is_kept(tessa, practice):
    page = sent(browser_of(tessa), practice, text__title="Gutscheine", text__summary="Es kostete viel.")

    assert page.status_code == 400
    assert [(line.key, line.typed, line.errors) for line in page.context["lines"]] == [
        ("title", "Gutscheine", []),
        ("summary", "Es kostete viel.", ["Lacking from the source: {sum}"]),
    ]
    assert {state for state, _text in states(practice).values()} == {"missing"}


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_what_was_typed(tessa, rosa, practice):
    browser = browser_of(tessa)
    seen = browser.get(address(practice))
    services.keep_translations(translatable(KIND), practice, "de", {"title": Entry("Schecks")}, by=rosa)

    page = sent(browser, practice, seen, text__title="Gutscheine")
    line = page.context["lines"][0]
    assert (page.status_code, line.typed, line.theirs) == (409, "Gutscheine", "Schecks")

    sent(browser, practice, page, text__title="Gutscheine")
    assert states(practice)["title"] == ("draft", "Gutscheine")


def test_what_others_wrote_into_texts_one_did_not_touch_stays(tessa, rosa, practice):
    browser = browser_of(tessa)
    seen = browser.get(address(practice))
    services.keep_translations(translatable(KIND), practice, "de", {"title": Entry("Schecks")}, by=rosa)

    page = sent(browser, practice, seen, text__summary="Es kostete {sum}.")

    assert page.status_code == 200
    assert states(practice) == {"title": ("draft", "Schecks"), "summary": ("draft", "Es kostete {sum}.")}


def test_a_text_left_as_it_was_shown_is_no_conflict(tessa, rosa, practice):
    browser = browser_of(tessa)
    seen = browser.get(address(practice))
    services.keep_translations(translatable(KIND), practice, "de", {"title": Entry("Schecks")}, by=rosa)

    page = sent(browser, practice, seen, text__title="", text__summary="Es kostete {sum}.")

    assert (page.status_code, states(practice)["title"]) == (200, ("draft", "Schecks"))


def test_a_source_that_changed_meanwhile_is_told(tessa, practice):
    browser = browser_of(tessa)
    seen = browser.get(address(practice))
    repository.change(practice, by=None, title={"en": "Other vouchers"})

    page = sent(browser, practice, seen, text__title="Gutscheine")

    assert page.status_code == 409
    assert page.context["lines"][0].errors == [
        "The source has changed meanwhile. Sent once more, yours is kept for the source as it reads now."
    ]


def test_what_still_fits_is_said_to_do_so_without_typing(tessa, practice):
    sent(browser_of(tessa), practice, text__title="Gutscheine")
    repository.change(practice, by=None, title={"en": "Vouchers!"})
    assert states(practice)["title"] == ("stale", "Gutscheine")

    sent(browser_of(tessa), practice, text__title="Gutscheine", fits__title="on")

    assert states(practice)["title"] == ("draft", "Gutscheine")


def test_nothing_is_kept_over_what_came_in_while_it_was_sent(tessa, rosa, practice):
    kind = translatable(KIND)
    cell = selectors.cells(practice, "de")[0]
    services.keep_translations(kind, practice, "de", {"title": Entry("Schecks")}, by=rosa)

    late = {"title": Entry("Gutscheine", seen=cell.mark)}
    with pytest.raises(ValidationError, match="Somebody has changed this meanwhile"):
        services.keep_translations(kind, practice, "de", late, by=tessa)

    services.keep_translations(kind, practice, "de", {"title": Entry("Schecks", seen=cell.mark)}, by=tessa)
    assert states(practice)["title"] == ("draft", "Schecks")


def test_what_was_typed_and_not_sent_comes_back(tessa, practice):
    browser = browser_of(tessa)
    page = browser.get(address(practice))
    typed = marks(page) | {"text-title": "Gutsch", "text-summary": "", "draft_version": "0"}

    browser.post(reverse("drafts:keep", args=[page.context["kind"], page.context["key"]]), typed)

    lines = browser.get(address(practice, query="?words=vouchers")).context["lines"]
    assert [(line.key, line.typed, line.is_unsent) for line in lines] == [("title", "Gutsch", True)]


def test_without_javascript_a_button_keeps_what_is_typed(tessa, practice):
    browser = browser_of(tessa)
    page = browser.get(address(practice))

    sent(browser, practice, page, text__title="Gutsch", draft_key=page.context["key"], keep_draft="1")

    assert browser.get(address(practice)).context["lines"][0].typed == "Gutsch"
    assert states(practice)["title"] == ("missing", "")


def test_what_is_sent_is_no_longer_unsent(tessa, practice):
    browser = browser_of(tessa)
    page = browser.get(address(practice))
    sent(browser, practice, page, text__title="Gutsch", draft_key=page.context["key"], keep_draft="1")

    sent(browser, practice, text__title="Gutscheine")

    assert not Draft.objects.exists()
    assert browser.get(address(practice)).context["lines"][0].typed == "Gutscheine"


def test_a_suggestion_goes_into_its_field_and_is_not_kept_yet(tessa, practice):
    page = sent(browser_of(tessa), practice, text__title="", use="title|Gut|scheine")

    assert page.status_code == 200
    assert page.context["lines"][0].typed == "Gut|scheine"
    assert states(practice)["title"] == ("missing", "")


def test_texts_come_25_at_a_time_and_are_filtered(tessa):
    held = consultation(open_now=False)
    many = {
        "sections": [
            {
                "code": "s",
                "title": {"en": "S"},
                "questions": [
                    {"code": f"q{number}", "type": "text", "text": {"en": f"Question {number}"}} for number in range(60)
                ],
            }
        ]
    }
    held.versions.update(structure=many)
    browser = browser_of(tessa)

    pages = [browser.get(address(held, "el", f"?page={number}")).context["lines"] for number in (1, 2, 3)]
    found = browser.get(address(held, "el", "?words=question 59")).context["lines"]
    stale = browser.get(address(held, "el", "?state=missing&words=zzz")).context["lines"]

    assert [len(lines) for lines in pages] == [25, 25, 13]
    assert [[line.key for line in lines] for lines in (found, stale)] == [["q.q59.text"], []]


@pytest.mark.parametrize("many", [1, 3])
def test_the_overview_asks_as_often_for_one_thing_as_for_three(tessa, many, django_assert_num_queries):
    for number in range(many):
        record(f"Vouchers {number}")
    browser, place = browser_of(tessa), reverse("languages:overview") + f"?kind={KIND}"
    browser.get(place)

    with django_assert_num_queries(OVERVIEW_QUERIES):
        assert len(browser.get(place).context["rows"]) == many


OVERVIEW_QUERIES = 9


def found(browser, **asked) -> list[str]:
    page = browser.get(reverse("languages:overview"), {"kind": KIND} | asked)
    return [str(row["title"]) for row in page.context["rows"]]


def test_the_overview_finds_what_a_translator_looks_for(tessa, rosa, practice):
    other = repository.change(record("Clusters"), by=None, title={"en": "Clusters", "de": "Cluster"})
    repository.change(other, by=None, title={"en": "Clusters of today", "de": "Cluster"})
    browser = browser_of(tessa)
    services.keep_translations(translatable(KIND), practice, "el", {"title": Entry("Κουπόνια")}, by=tessa)
    services.take_on(translatable(KIND), other, "de", by=rosa)

    assert found(browser, state="stale", language="de") == ["Clusters of today"]
    assert found(browser, state="stale", language="el") == []
    assert found(browser, state="draft") == ["Vouchers"]
    assert found(browser, who="mine") == ["Vouchers"]
    assert found(browser, who="nobody", language="de") == ["Vouchers"]
    assert found(browser, words="cluster") == ["Clusters of today"]
    assert found(browser, state="ready", language="en") == ["Clusters of today", "Vouchers"]


@pytest.mark.parametrize(("name", "status"), [("marko", 200), ("ana", 404), ("petra", 404), ("guest", 302)])
def test_who_gets_to_the_desk_of_a_record(people, practice, name, status):
    assert browser_of(people.named(name)).get(address(practice)).status_code == status


def test_what_a_person_may_not_translate_is_in_no_list(people, practice):
    assert found(browser_of(people.marko)) == ["Vouchers"]
    assert found(browser_of(people.ana)) == []
    assert browser_of(people.carl).get(reverse("languages:overview")).status_code == 403


@pytest.mark.parametrize("place", ["languages:thing", "languages:bring"])
def test_pages_of_a_thing(tessa, practice, place):
    assert browser_of(tessa).get(reverse(place, args=[KIND, practice.pk])).status_code == 200
    assert browser_of(tessa).get(reverse(place, args=["no.kind", practice.pk])).status_code == 404


def test_a_translation_is_taken_on_once_and_given_back(tessa, practice):
    browser, place = browser_of(tessa), reverse("languages:take_on", args=[KIND, practice.pk])

    for _click in range(2):
        browser.post(place, {"language": "de"})
    assert [(one.language, one.person) for one in Assignment.objects.all()] == [("de", tessa)]
    browser.post(place, {"language": "de", "back": "1"})
    assert not Assignment.objects.exists()
    assert browser.post(place, {"language": "tlh"}).status_code == 404


@pytest.mark.parametrize("ending", ["xlf", "csv", "xlsx"])
def test_a_file_goes_out_is_shown_and_is_kept(tessa, practice, ending):
    browser = browser_of(tessa)
    taken = browser.get(reverse("languages:export", args=[KIND, practice.pk, ending]), {"language": "de"})
    assert taken["Content-Disposition"] == f'attachment; filename="repository-record-{practice.pk}-de.{ending}"'

    page = browser.post(
        reverse("languages:bring", args=[KIND, practice.pk]),
        {"file": SimpleUploadedFile(f"x.{ending}", taken.content)},
        follow=True,
    )
    assert (page.status_code, page.context["keeps"]) == (200, 0)


def test_a_file_is_kept_after_it_was_looked_at(tessa, practice):
    browser, table = browser_of(tessa), "key,language,translation\ntitle,de,Gutscheine\n"
    page = browser.post(
        reverse("languages:bring", args=[KIND, practice.pk]),
        {"file": SimpleUploadedFile("x.csv", table.encode())},
        follow=True,
    )
    assert [(kind, len(rows)) for kind, _words, rows in page.context["sections"] if rows] == [("new", 1)]
    waiting = browser.get(reverse("languages:bring", args=[KIND, practice.pk])).context["waiting"]
    assert [file.name for file in waiting] == ["x.csv"]

    browser.post(page.redirect_chain[-1][0], {"stamp": page.context["preview"].stamp})
    assert states(practice)["title"] == ("draft", "Gutscheine")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.pdf", b"x", "Please choose an XLIFF, XLSX or CSV file."),
        ("x.xlf", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "This file cannot be read as XLIFF."),
        ("x.csv", b"key,language,translation\n", "There are no translations in this file."),
        ("x.csv", b"x" * 5_000_001, "The file is larger than can be read: at most 5 MB."),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(tessa, practice, name, content, told):
    page = browser_of(tessa).post(
        reverse("languages:bring", args=[KIND, practice.pk]), {"file": SimpleUploadedFile(name, content)}
    )

    assert (page.status_code, page.context["form"].errors["file"]) == (400, [told])
    assert not BroughtFile.objects.exists()


def test_a_file_of_50_mb_is_refused():
    form = BringForm({}, {"file": OversizedFile("x.csv", 50 * 2**20 + 1)})

    assert form.errors == {"file": ["The file is larger than can be read: at most 5 MB."]}
