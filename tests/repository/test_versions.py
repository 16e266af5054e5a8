"""Changing drafts, revising what is published, comparing versions, withdrawing, and files that are open later."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from lxml import html

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.search.models import SearchPage
from repository import services
from repository.forms import initial_of
from repository.models import Record, RecordVersion
from repository.versions import paired, renamed
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

from .filing import attach, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def typed(found: Record, **fields) -> dict:
    """The form as it is shown, with other answers in some fields."""
    data = {name: value for name, value in initial_of(found, found.title.source).items() if value not in (None, False)}
    return {"creators": "An agency", "topics": ["4"], **data, **fields}


def change(person, found: Record, **fields):
    return browser_of(person).post(reverse("repository:change", args=[found.code]), typed(found, **fields))


def numbers(found: Record) -> list[int]:
    return sorted(found.versions.values_list("number", flat=True))


def test_a_draft_is_changed_by_its_depositor(people):
    found = record("Vouchers", publish=False, by=people.marko)

    assert change(people.marko, found, title="Better vouchers").status_code == 302
    found.refresh_from_db()
    assert (str(found.title), numbers(found)) == ("Better vouchers", [])


def test_a_form_that_is_out_of_date_overwrites_nothing(people):
    found = record("Vouchers", publish=False, by=people.marko)
    browser, address = browser_of(people.marko), reverse("repository:change", args=[found.code])
    seen = browser.get(address).context["stamp"]
    change(people.lena, found, title="Lena's title")

    answer = browser.post(address, typed(found, title="Marko's title", seen=seen))
    found.refresh_from_db()
    assert (answer.status_code, str(found.title)) == (400, "Lena's title")
    assert answer.context["form"]["title"].value() == "Marko's title"


def test_a_second_language_leaves_the_first(people):
    found = record("Vouchers", publish=False, by=people.marko)
    change(people.marko, found, language="el", title="Κουπόνια", summary="Περίληψη")

    found.refresh_from_db()
    assert (dict(found.title), found.languages) == ({"en": "Vouchers", "el": "Κουπόνια"}, ["en"])


@pytest.mark.parametrize(
    ("name", "status"),
    [("lena", 302), ("wanda", 302), ("marko", 302), ("ana", 403), ("petra", 403), ("guest", 302)],
)
def test_who_revises_what_is_published(people, name, status):
    found = record("Vouchers", by=people.marko)
    answer = change(people.named(name), found, title="Better vouchers", note="Clearer")

    changed = Record.objects.get().title["en"] == "Better vouchers"
    assert (answer.status_code, changed) == (status, name in ("lena", "wanda"))


def test_each_published_state_is_a_version_and_the_same_state_is_none(people):
    found = record("Vouchers", by=people.marko)
    change(people.lena, found, title="Better vouchers", note="Clearer title")
    change(people.lena, Record.objects.get(), note="Nothing")

    assert numbers(found) == [1, 2]
    assert [(one.note, one.content["title"]["en"]) for one in found.versions.all()] == [
        ("Clearer title", "Better vouchers"),
        ("", "Vouchers"),
    ]


def test_versions_are_compared_field_by_field(people, client):
    found = record("Vouchers for firms", by=people.marko)
    change(people.lena, found, title="Vouchers for small firms", year="2020", note="Smaller")

    page = client.get(reverse("repository:versions", args=[found.code]))
    changes = {change.name: [(piece.kind, piece.text) for piece in change.pieces] for change in page.context["changes"]}
    assert changes["Title (English)"] == [("same", "Vouchers for "), ("new", "small "), ("same", "firms")]
    assert set(changes) == {"Title (English)", "Year"} | ({"Creators"} & set(changes))


def test_files_of_one_name_are_compared_by_their_text(people):
    found = record("Vouchers", publish=False, by=people.marko)
    first = attach(found, pdf("The guarantee fund.").read(), "plan.pdf")
    services.publish(found)
    services.withdraw(found, by=people.lena, why="New file")
    first.delete()
    attach(found, pdf("The new guarantee fund.").read(), "plan.pdf")
    settle()
    services.publish(found)

    page = browser_of(people.lena).get(reverse("repository:versions", args=[found.code]))
    (text,) = page.context["file_texts"]
    assert [piece.text.strip() for piece in text.pieces if piece.kind == "new"] == ["new"]


def file_of(name, content):
    return {"name": name, "sha256": content}


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ([("a.pdf", 1)], [("a.pdf", 2)], [("a.pdf", "a.pdf")]),
        ([("a.pdf", 1)], [("b.pdf", 2)], [("a.pdf", "b.pdf")]),
        ([("a.pdf", 1)], [("b.docx", 2)], []),
        ([("a.pdf", 1), ("b.pdf", 2)], [("c.pdf", 2), ("d.pdf", 3)], [("b.pdf", "c.pdf"), ("a.pdf", "d.pdf")]),
        ([("a.pdf", 1), ("b.pdf", 2)], [("b.pdf", 3), ("c.pdf", 4)], [("b.pdf", "b.pdf"), ("a.pdf", "c.pdf")]),
        ([], [("a.pdf", 1)], []),
    ],
    ids=["same name", "new name", "another kind of file", "moved content first", "same name first", "only new"],
)
def test_files_are_compared_with_what_they_were(before, after, pairs):
    found = paired([file_of(*row) for row in before], [file_of(*row) for row in after])
    assert [(was["name"], file["name"]) for was, file in found] == pairs


def test_a_file_with_a_new_name_says_both():
    assert [renamed("a.pdf", name) for name in ("a.pdf", "b.pdf")] == ["a.pdf", "a.pdf → b.pdf"]


def test_a_version_has_an_address_of_its_own(people, client):
    found = record("Vouchers", by=people.marko)
    change(people.lena, found, title="Better vouchers", note="Clearer")

    pages = [client.get(reverse("repository:version", args=[found.code, number])) for number in (1, 2, 3)]
    assert [page.status_code for page in pages] == [200, 200, 404]
    assert dict(pages[0].context["lines"])["Title (English)"] == "Vouchers"


def test_a_withdrawn_record_leaves_its_reason(people, client):
    found = record("Vouchers", by=people.marko)
    services.withdraw(found, by=people.lena, why="Published twice")

    page = client.get(found.get_absolute_url())
    assert (page.status_code, page.context["record"].why_withdrawn) == (410, "Published twice")
    for place in (
        reverse("repository:version", args=[found.code, 1]),
        reverse("repository:versions", args=[found.code]),
    ):
        page = client.get(place)
        assert (page.status_code, page.context["record"].why_withdrawn) == (410, "Published twice")
    assert client.get(reverse("repository:version", args=["nothing", 1])).status_code == 404


@pytest.mark.parametrize(("name", "statuses"), [("ana", (200, 410)), ("petra", (404, 404)), ("guest", (404, 404))])
def test_what_is_for_members_leaves_nothing_for_others(people, name, statuses):
    found = record("Vouchers", by=people.lena, for_members=True)
    reader, address = browser_of(people.named(name)), found.get_absolute_url()
    published = reader.get(address).status_code
    services.withdraw(found, by=people.lena, why="Out of date")

    assert (published, reader.get(address).status_code) == statuses


def test_files_are_open_from_their_day(people, client):
    later = timezone.localdate() + timedelta(days=2)  # of the server; the reader's day may be the next one
    found = record("Vouchers", publish=False, by=people.marko, files_from=later)
    attached = attach(found, b"zqsecret", "notes.txt")
    services.publish(found)
    settle()
    address = reverse("repository:download", args=[found.code, attached.pk, "notes.txt"])

    assert (client.get(address).status_code, SearchPage.objects.count()) == (404, 0)
    assert browser_of(people.lena).get(address).getvalue() == b"zqsecret"

    Record.objects.update(files_from=timezone.localdate())
    assert services.open_due_files() == 1
    settle()
    assert (client.get(address).getvalue(), SearchPage.objects.count()) == (b"zqsecret", 1)
    assert services.open_due_files() == 0


@pytest.mark.parametrize("swept", [True, False])
def test_what_was_open_after_its_day_stays_so_when_another_file_comes(people, client, swept):
    found = record("Vouchers", publish=False, by=people.marko, files_from=timezone.localdate() + timedelta(days=2))
    attached = attach(found, b"The first words.", "plan.txt")
    services.publish(found)
    before = found.versions.get().had_open_files

    Record.objects.update(files_from=timezone.localdate())
    if swept:
        services.open_due_files()
    services.change(found, by=people.lena, note="Without", dropped=[attached.pk])

    place = reverse("repository:version_file", args=[found.code, 1, 1, "plan.txt"])
    assert (before, client.get(place).getvalue()) == (False, b"The first words.")


def test_what_is_open_when_the_platform_learns_to_note_it_is_noted(people):
    later = timezone.localdate() + timedelta(days=2)
    kinds = {
        "open": {},
        "embargoed": {"files_from": later},
        "inside": {"for_members": True},
        "asked": {"files_for": "asked"},
        "draft": {"publish": False},
    }
    made = {name: record(name, by=people.lena, **fields) for name, fields in kinds.items()}
    services.change(made["open"], by=people.lena, note="Newer", year=2020)
    RecordVersion.objects.update(had_open_files=False)

    import_module("repository.migrations.0017_open_files_now").note_what_is_open(apps, None)

    noted = RecordVersion.objects.filter(had_open_files=True).values_list("record__code", "number")
    assert list(noted) == [(made["open"].code, 2)]


def test_a_version_is_told_in_the_words_of_its_reader(people, client):
    chosen = {
        "terms": {"level": ["eu"], "maturity": ["growth"]},
        "regions": ["EL30"],
        "concepts": ["cluster-financing"],
    }
    found = record("Vouchers", details={"cost_band": "10k_50k"}, begins="2024-03-01", **chosen)
    place = reverse("repository:version", args=[found.code, 1])

    told = dict(client.get(place).context["lines"])
    names = ("Topics", "Countries", "Regions", "Level", "Maturity of the cluster", "Keywords", "Kind", "From")
    level = vocabulary.term_name("level", "eu")
    assert [told[name] for name in names] == [
        vocabulary.topic_labels()["4"],
        "Austria, Greece",
        "Attiki (EL30)",
        level,
        vocabulary.term_name("maturity", "growth"),
        "Cluster financing",
        "Good practice",
        "1 Mar 2024",
    ]
    assert told["Cost"] == vocabulary.term_name("cost_band", "10k_50k")
    assert told["Languages of the document"] == "English"
    german = client.get(place.replace("/en/", "/de/")).content.decode()
    assert ("Österreich" in german, "level:eu" in german) == (True, False)


def test_a_version_gives_the_files_it_had(people, client):
    found = record("Vouchers", publish=False, by=people.marko)
    attached = attach(found, b"The first words.", "plan.txt")
    services.publish(found)
    services.change(found, by=people.lena, note="Without", dropped=[attached.pk])

    page = html.fromstring(client.get(reverse("repository:version", args=[found.code, 1])).content)
    (place,) = page.xpath("//ul[@class='files']//a/@href")
    assert client.get(place).getvalue() == b"The first words."
    for wrong in ("versions/1/files/0/plan.txt", "versions/1/files/2/plan.txt", "versions/2/files/1/plan.txt"):
        assert client.get(found.get_absolute_url() + wrong).status_code == 404
    services.change(found, by=people.lena, note="For us", files_for="members")
    assert browser_of(people.guest).get(place).status_code == 404
    assert browser_of(people.ana).get(place).getvalue() == b"The first words."


def test_what_was_not_open_does_not_become_so_with_another_file(people, client):
    found = record("Vouchers", publish=False, by=people.marko, files_for="members")
    secret = attach(found, b"Names and figures.", "full.txt")
    services.publish(found)
    services.change(found, by=people.lena, note="For all", dropped=[secret.pk], files_for="all")
    place = f"{found.get_absolute_url()}versions/1/files/1/full.txt"
    page = client.get(reverse("repository:version", args=[found.code, 1]))

    refused = {name: browser_of(people.named(name)).get(place).status_code for name in ("guest", "ana")}
    given = {name: browser_of(people.named(name)).get(place).getvalue() for name in ("marko", "lena")}

    assert refused == {"guest": 404, "ana": 404}
    assert given == dict.fromkeys(("marko", "lena"), b"Names and figures.")
    assert html.fromstring(page.content).xpath("//ul[@class='files']//a") == []
