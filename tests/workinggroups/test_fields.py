"""What a group has filled in at its documents, beside title and description."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from openpyxl import load_workbook

from platform_core.identity.access.services import give_role
from platform_core.programme.search import selectors as searching
from tests.factories.workinggroups import change, file_document, group, page, upload
from tests.people import browser_of
from tests.settling import settle
from workinggroups.models import Document, DocumentField, FieldValue
from workinggroups.selectors import documents, fields as selectors
from workinggroups.services import documents as writing, fields as services, groups, reviews

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIBRARY = "/en/groups/4/documents/"
FIELDS = f"{LIBRARY}fields/"


@pytest.fixture
def usual(people) -> dict[str, DocumentField]:
    """The usual fields by their names."""
    return {str(one): one for one in services.begin(group(), by=people.wanda)}


def choice(field, name: str):
    return next(one for one in field.choices.all() if str(one) == name)


def said(usual, author="Ana", day=None, kind="", number="") -> dict:
    held = {"Author": author, "Date of the document": day, "Number of the deliverable": number}
    found = {usual[name].pk: value for name, value in held.items()}
    kinds = usual["Kind of document"]
    return found | {kinds.pk: choice(kinds, kind) if kind else None}


def told(version) -> list[tuple[str, str]]:
    return selectors.told(selectors.stored(version))


# Fields


def test_the_usual_fields_come_once_in_all_languages(people, usual):
    again = services.begin(group(), by=people.wanda)

    kinds = [one.kind for one in usual.values()]
    assert (list(usual), kinds, again) == (
        ["Author", "Date of the document", "Kind of document", "Number of the deliverable"],
        ["text", "date", "choice", "text"],
        [],
    )
    assert group(1).fields.count() == 0


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl"])
def test_only_leaders_say_what_is_filled_in(people, name):
    with pytest.raises(PermissionDenied):
        services.add(group(), by=people.named(name), name="Author", kind="text", is_required=False)


def test_a_field_is_added_changed_moved_and_closed_on_its_page(people, usual):
    browser = browser_of(people.wanda)
    rows = {"choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 0, "choices-0-name": "Draft", "choices-1-name": "Final"}
    typed = {"name": "Maturity", "language": "de", "other_name": "Reife", "kind": "choice", "is_required": "on"}
    browser.post(f"{FIELDS}add/", typed | rows | {"choices-0-other_name": "Entwurf"})
    made = DocumentField.objects.latest("pk")
    first, last = made.choices.all()

    kept = {"choices-0-pk": last.pk, "choices-0-name": "Done", "choices-1-name": "Begun", "choices-INITIAL_FORMS": 1}
    browser.post(f"/en/groups/fields/{made.pk}/change/", typed | rows | kept | {"name": "How far"})
    for name in ("move-up", "close"):
        browser.post(f"/en/groups/fields/{made.pk}/{name}/")

    made.refresh_from_db()
    shown = browser.get(FIELDS).context["fields"]
    assert (dict(made.name), dict(first.name)) == ({"en": "How far", "de": "Reife"}, {"en": "Draft", "de": "Entwurf"})
    assert [(str(one), one.is_open) for one in made.choices.all()] == [
        ("Draft", False),
        ("Done", True),
        ("Begun", True),
    ]
    assert [one.pk for one in shown].index(made.pk) == 3
    assert [one.pk for one in selectors.fields(group())] == [one.pk for one in usual.values()]


@pytest.mark.parametrize("rows", [[], ["Only one"]])
def test_a_choice_needs_two_choices(people, rows):
    typed = {"name": "Kind", "kind": "choice", "choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 0}
    typed |= {f"choices-{place}-name": name for place, name in enumerate(rows)}

    answer = browser_of(people.wanda).post(f"{FIELDS}add/", typed)

    assert (answer.status_code, answer.context["form"]["name"].value(), group().fields.count()) == (400, "Kind", 0)


def test_what_is_filled_in_keeps_its_kind(people, usual):
    page(people.wanda, values=said(usual))

    with pytest.raises(ValidationError, match="filled in already"):
        services.change(usual["Author"], by=people.wanda, name="Author", kind="number")


def test_a_second_click_adds_no_second_field(people):
    typed = {"name": "Author", "kind": "text", "choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0}

    answers = [browser_of(people.wanda).post(f"{FIELDS}add/", typed) for _click in range(2)]

    assert ([one.status_code for one in answers], group().fields.count()) == ([302, 400], 1)
    assert list(answers[1].context["form"].errors) == ["name"]


def test_a_group_has_twenty_fields_at_most(people):
    for number in range(services.MOST):
        services.add(group(), by=people.wanda, name=f"Field {number}", kind="text")

    with pytest.raises(ValidationError, match="At most 20 fields"):
        services.add(group(), by=people.wanda, name="One more", kind="text")


# What documents say


def test_every_version_says_what_was_filled_in_then(people, usual):
    made = page(people.wanda, values=said(usual, day=date(2026, 5, 4), kind="Report"))
    change(made, people.wanda, text="Other.")
    change(made, people.wanda, values=said(usual, author="Lena", kind="Report"))

    third, second, first = list(documents.versions(made))
    assert told(first) == told(second)
    assert told(first) == [("Author", "Ana"), ("Date of the document", "4 May 2026"), ("Kind of document", "Report")]
    assert told(third) == [("Author", "Lena"), ("Kind of document", "Report")]
    assert len({third.fingerprint, second.fingerprint, first.fingerprint}) == 3
    assert [one.version_id for one in made.values.all()] == [third.pk, third.pk]


def test_versions_are_compared_field_by_field(people, usual):
    made = page(people.wanda, values=said(usual, kind="Report"))
    change(made, people.wanda, values=said(usual, author="Lena", number="D 1"))

    shown = browser_of(people.wanda).get(f"{made.get_absolute_url()}compare/").context["changes"]

    assert [(one.name, [(piece.kind, piece.text) for piece in one.pieces]) for one in shown] == [
        ("Author", [("gone", "Ana"), ("new", "Lena")]),
        ("Kind of document", [("gone", "Report")]),
        ("Number of the deliverable", [("new", "D 1")]),
    ]


def test_what_is_filled_in_the_same_is_no_version(people, usual):
    made = page(people.wanda, values=said(usual))

    with pytest.raises(ValidationError, match="Nothing has changed"):
        change(made, people.wanda, values=said(usual))


def test_a_version_is_restored_with_what_it_said(people, usual):
    made = page(people.wanda, values=said(usual))
    change(made, people.wanda, values=said(usual, author="Lena"))
    first = documents.versions(made).last()

    restored = writing.restore(first, by=people.wanda, base="1.1")

    assert (told(restored), restored.fingerprint) == ([("Author", "Ana")], first.fingerprint)


def test_a_file_brought_again_and_a_translation_keep_what_was_filled_in(people, usual):
    made = file_document(people.wanda, values=said(usual))
    writing.take_in(group(), None, upload(b"Other."), by=people.wanda, language="en")
    other = writing.translate(made, by=people.wanda, language="de", text="Plan.")

    assert [told(documents.last_version(one)) for one in (made, other)] == [[("Author", "Ana")]] * 2


def test_what_others_filled_in_meanwhile_stays(people, usual):
    made = page(people.wanda, "One.\nTwo.\n", values=said(usual))
    change(made, people.lena, values=said(usual, author="Lena", number="D 1"))

    version = writing.change(made, by=people.wanda, base="1.0", text="One.\nZwei.\n", values=said(usual))

    assert told(version) == [("Author", "Lena"), ("Number of the deliverable", "D 1")]


def test_a_field_of_another_group_is_refused(people, usual):
    with pytest.raises(ValidationError, match="another group"):
        page(people.lena, of=1, values=said(usual))


def test_what_was_approved_is_approved_no_longer_when_other_details_are_filled_in(people, usual):
    made = page(people.wanda, values=said(usual))
    review = reviews.ask(made, [people.lena], by=people.wanda, due_on=timezone.localdate())
    reviews.approve(review.reviewers.get(), by=people.lena, reason="")

    change(made, people.wanda, values=said(usual, author="Lena"))

    assert (made.state, made.approved) == ("draft", "")


def test_what_has_to_be_filled_in_is_asked_before_a_review(people, usual):
    services.change(usual["Author"], by=people.wanda, name="Author", kind="text", is_required=True)
    made, browser = file_document(people.wanda), browser_of(people.wanda)
    address, due = made.get_absolute_url(), timezone.localdate() + timedelta(days=7)

    refused = browser.post(f"{address}review/", {"people": [people.lena.pk], "due_on": due})
    typed = {"base": "1.0", "title": "Plan", "language": "en"}
    empty = browser.post(f"{address}change/", typed)
    filled = browser.post(f"{address}change/", typed | {f"field-{usual['Author'].pk}": "Ana"})
    asked = browser.post(f"{address}review/", {"people": [people.lena.pk], "due_on": due})

    assert [answer.status_code for answer in (refused, empty, filled, asked)] == [400, 400, 302, 302]
    assert refused.context["form"].non_field_errors() == ["Please fill in first: Author."]


def test_a_closed_field_is_asked_no_more_and_what_it_said_stays(people, usual):
    made = page(people.wanda, values=said(usual))
    services.open_or_close(usual["Author"], by=people.wanda)
    shown = browser_of(people.wanda).get(f"{made.get_absolute_url()}change/").context["form"]
    typed = {name: shown[name].value() or "" for name in shown.fields} | {"text": "Other."}

    browser_of(people.wanda).post(f"{made.get_absolute_url()}change/", typed)

    assert (f"field-{usual['Author'].pk}" in shown.fields, told(documents.last_version(made))) == (
        False,
        [("Author", "Ana")],
    )


@pytest.mark.parametrize(("kind", "typed"), [("number", "many"), ("date", "soon"), ("choice", "999")])
def test_what_does_not_fit_is_told_at_its_field_and_stays(people, kind, typed):
    rows = [{"name": "A"}, {"name": "B"}]
    field = services.add(group(), by=people.wanda, name="Detail", kind=kind, choices=rows)
    sent = {"title": "Plan", "language": "en", "text": "Words.", f"field-{field.pk}": typed}

    answer = browser_of(people.wanda).post(f"{LIBRARY}write/", sent)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form["text"].value()) == (400, [f"field-{field.pk}"], "Words.")
    assert Document.objects.count() == 0


# The library


def titles(person, query: str) -> list[str]:
    return [one.title for one in browser_of(person).get(f"{LIBRARY}?{query}").context["page"]]


def test_documents_are_found_by_what_is_filled_in(people, usual):
    below = writing.add_folder(group(), "Old", by=people.wanda)
    size = services.add(group(), by=people.wanda, name="Pages", kind="number")
    first = said(usual, author="Ana Horvat", day=date(2025, 3, 1), kind="Report") | {size.pk: Decimal("12.5")}
    page(people.wanda, title="First", folder=below, values=first)
    page(people.wanda, title="Second", values=said(usual, author="Marko", day=date(2026, 3, 1)) | {size.pk: 40})
    author, day, kind = (f"field-{usual[name].pk}" for name in list(usual)[:3])
    report = choice(usual["Kind of document"], "Report").pk

    queries = {
        f"{author}=horvat": ["First"],
        "q=HORVAT": ["First"],
        f"{day}-from=2026-01-01": ["Second"],
        f"{day}-to=2025-12-31&{kind}={report}": ["First"],
        f"field-{size.pk}-from=12.5&field-{size.pk}-to=13": ["First"],
        f"{kind}={report}&{author}=Marko": [],
        f"{day}-from=soon": ["Second"],
        "": ["Second"],
    }
    assert {query: titles(people.wanda, query) for query in queries} == queries


def test_who_only_reads_finds_nothing_by_drafts(people, usual):
    groups.open_up(group(), by=people.wanda, visibility="public", joining="open", participation="read")
    give_role(people.ana, "wg_participant", scope="group:4")
    made = page(people.wanda, title="Draft", values=said(usual))
    query = f"field-{usual['Author'].pk}=Ana"

    def found() -> tuple[list[str], list[list[tuple[str, str]]]]:
        shown = browser_of(people.ana).get(f"{LIBRARY}?{query}").context["page"]
        return [one.title for one in shown], [selectors.told(one.known_values) for one in shown]

    before = found()
    review = reviews.ask(made, [people.lena], by=people.wanda, due_on=timezone.localdate())
    reviews.approve(review.reviewers.get(), by=people.lena, reason="")

    assert (before, found()) == (([], []), (["Draft"], [[("Author", "Ana")]]))


@pytest.mark.parametrize("number", [1, 3, 40])
def test_many_documents_take_as_many_queries_as_one(people, usual, number, django_assert_num_queries):
    for place in range(number):
        page(people.wanda, title=f"Page {place}", values=said(usual, kind="Report", day=date(2026, 1, 1)))
    browser, query = browser_of(people.wanda), f"?field-{usual['Author'].pk}=a"
    browser.get(LIBRARY)

    with django_assert_num_queries(12):
        browser.get(f"{LIBRARY}{query}")
    with django_assert_num_queries(11):
        assert len(browser.get(f"{LIBRARY}{query}&csv").getvalue().splitlines()) == number + 1


def test_the_library_is_taken_along_as_a_table(people, usual):
    size = services.add(group(), by=people.wanda, name="Pages", kind="number")
    page(
        people.wanda, values=said(usual, author="=1+1", day=date(2026, 5, 4), kind="Report") | {size.pk: Decimal("2.5")}
    )

    sent = browser_of(people.wanda).get(f"{LIBRARY}?xlsx").getvalue()

    head, row = list(load_workbook(io.BytesIO(sent)).active.iter_rows(values_only=True))
    assert head[5:] == (*usual, "Pages")
    assert (row[0], *row[5:]) == ("Plan", "=1+1", "2026-05-04", "Report", None, 2.5)


def test_search_finds_documents_by_what_is_filled_in(people, usual):
    page(people.wanda, values=said(usual, author="Zebedee", kind="Questionnaire"))
    settle()

    def found_by(person, words: str) -> int:
        return len(searching.find(person, searching.Question(words, documents.LABEL, {})).entries)

    found = {name: found_by(person, "zebedee") for name, person in people.each()}
    assert found_by(people.wanda, "questionnaire") == 1
    assert found == {name: int(name in {"lena", "wanda"}) for name in found}


def test_documents_are_destroyed_with_what_they_said(people, usual):
    made = page(people.wanda, values=said(usual))
    writing.destroy(made)

    assert FieldValue.objects.count() == 0
