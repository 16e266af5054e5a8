"""Words inside attached files."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from platform_core.ground.reports.pdf import pages_to_pdf
from platform_core.programme.search.models import SearchEntry, SearchPage
from platform_core.programme.search.services import rebuild
from repository import services
from tests.factories.repository import record
from tests.settling import settle

from .asking import LABEL, ask, codes, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GUEST = AnonymousUser()
PAGES = [
    "Nothing of interest.",
    "The guarantee fund lends to clusters & firms.",
    "The fund again, and the fund, the fund.",
]


def with_file(content: bytes, name: str, language: str = "en", **fields):
    made = record(publish=False, **fields)
    services.attach(made, io.BytesIO(content), name, language)
    made = services.publish(made)
    settle()
    return made


def places(words: str, language: str = "en") -> list[tuple[str, int]]:
    answer = ask(GUEST, words, language=language)
    return [(page.name, page.number) for pages in answer.pages.values() for page in pages]


def test_words_in_a_pdf_lead_to_their_page():
    with_file(pages_to_pdf("Report", PAGES, "en"), "report.pdf", code="held")

    assert codes(GUEST, "guarantee") == ["held"]
    assert places("guarantee") == [("report.pdf", 2)]
    assert places("interest") == [("report.pdf", 1)]


def test_best_page_comes_first_and_no_more_than_three():
    pages = ["a fund", "nothing", "b fund", "c fund", "fund fund fund"]
    with_file("\f".join(pages).encode(), "notes.txt")

    assert places("fund")[0] == ("notes.txt", 5)
    assert len(places("fund")) == 3


def test_words_may_be_spread_over_record_and_file():
    with_file(b"The guarantee fund", "notes.txt", title="Innovation vouchers", code="held")

    assert codes(GUEST, "vouchers guarantee") == ["held"]
    assert places("vouchers guarantee") == [("notes.txt", 1)]


def test_greek_pages_are_found_in_latin_letters():
    with_file("Κενό\fΗ καινοτομία της περιφέρειας".encode(), "ekthesi.txt", "el", code="held")

    assert places("kainotomias", "en") == [("ekthesi.txt", 2)]
    assert places("καινοτομία", "bg") == [("ekthesi.txt", 2)]


def test_list_shows_the_snippet_with_its_page(client):
    made = with_file(pages_to_pdf("Report", PAGES, "en"), "report.pdf", title="Lending")

    (row,) = client.get("/en/repository/?q=guarantee").context["rows"]

    (shown,) = row.snippets
    assert shown["text"] == "The <mark>guarantee</mark> fund lends to clusters &amp; firms. 2"
    with override("en"):
        assert shown["place"] == "report.pdf, page 2"
    assert shown["address"] == f"/en/repository/{made.code}/#file-{made.files.get().pk}"


def test_pages_that_stay_are_written_once_and_found_as_if_read_afresh(people):
    made = with_file("\f".join(PAGES).encode(), "report.txt")
    before = list(SearchPage.objects.order_by("pk").values_list("pk", flat=True))
    services.attach(made, io.BytesIO(b"Another guarantee"), "more.txt", "en")
    settle()
    kept = snapshot()
    after = list(SearchPage.objects.order_by("pk").values_list("pk", flat=True))
    rebuild()

    assert (after[: len(before)], len(after) > len(before), snapshot()) == (before, True, kept)


def test_withdrawn_record_takes_its_pages_along(people):
    made = with_file(b"The guarantee fund", "notes.txt")

    services.withdraw(made, by=people.lena, why="wrong")
    settle()

    assert codes(people.lena, "guarantee") == []
    assert SearchPage.objects.count() == 0
    assert snapshot()["words of no page"] == []


def test_files_of_drafts_are_not_in_the_index(people):
    made = record(publish=False, by=people.marko)
    services.attach(made, io.BytesIO(b"The guarantee fund"), "notes.txt", "en")
    settle()

    assert SearchPage.objects.count() == 0
    assert [codes(person, "guarantee") for _name, person in people.each()] == [[]] * 7


def test_hugest_file_is_indexed_as_far_as_it_fits():
    """A tsvector holds one megabyte; more must not stop the hand-out of events."""
    pages = [" ".join(f"{'x' * 50}{page:02}n{word:04}" for word in range(800)) for page in range(25)]
    with_file("\f".join(["guarantee", *pages]).encode(), "list.txt", "bg", code="held")

    assert codes(GUEST, "guarantee") == ["held"]
    assert codes(GUEST, f"{'x' * 50}00n0007") == ["held"]
    assert SearchPage.objects.count() == 26


def test_entry_knows_what_kind_of_thing_it_is():
    with_file(b"x", "notes.txt")

    assert SearchEntry.objects.get(thing=LABEL).route == "repository:record"
