"""What is found inside files, and what happens to files in which nothing can be."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from platform_core.ground.reports.pdf import pages_to_pdf
from platform_core.materials.files.models import FilePage, StoredFile
from repository import quality, services
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.materials.files import samples
from tests.platform_core.materials.files.locked import encrypted_pdf
from tests.platform_core.programme.search.asking import ask
from tests.settling import settle

from .filing import attach

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UNREAD = "No text could be read in one of the files, so search cannot look inside."


def scanned() -> bytes:
    """A PDF that is only a picture."""
    made = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(made, "pdf")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "drawn"),
    [
        (scanned(), "scanned.pdf", 1),
        (encrypted_pdf(), "locked.pdf", 0),
        (b"%PDF-1.7 and nothing more", "broken.pdf", 0),
        (samples.archive(word__document_xml=b"<x/>"), "hollow.docx", None),
        (samples.archive(word__document_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;"), "torn.docx", None),
    ],
)
def test_files_in_which_nothing_can_be_read_are_kept_and_told(content, name, drawn):
    made = record("Kept all the same", publish=False)
    attach(made, content, name)
    settle()

    stored = StoredFile.objects.get()
    assert (stored.state, FilePage.objects.count()) == ("unreadable", 0)
    assert drawn in {None, stored.drawn}
    assert UNREAD in [hint.words for hint in quality.hints(Record.objects.get())]
    services.publish(made)
    settle()
    assert [entry.key for entry in ask(AnonymousUser(), "kept").entries] == [made.code]


def test_an_entity_bomb_is_not_unpacked():
    """A hundred million letters if anybody were to follow the entities."""
    levels = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 9))
    bomb = f"<!DOCTYPE x [<!ENTITY l0 'lol'>{levels}]><x>&l8;</x>".encode()
    attach(record("Bomb", publish=False), samples.archive(word__document_xml=bomb), "bomb.docx")
    settle()

    assert sum(len(page.text) for page in FilePage.objects.all()) < 100_000


def test_three_hundred_pages_are_found_by_page():
    words = " ".join(["cluster policy"] * 150)
    pages = [f"{words} numberword{number}" for number in range(1, 301)]
    made = record("Long", publish=False)
    attach(made, pages_to_pdf("Long", pages, "en"), "long.pdf")
    services.publish(made)
    settle()

    stored, answer = StoredFile.objects.get(), ask(AnonymousUser(), "numberword287")
    assert (stored.state, stored.page_count, stored.drawn, FilePage.objects.count()) == ("ready", 300, 60, 300)
    assert [page.number for pages in answer.pages.values() for page in pages] == [287]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("archive.zip", samples.archive(a=b"x"), "Files of this kind cannot be kept."),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "Files of this kind cannot be kept."),
        ("page.pdf", samples.HTML, "is not what its name says."),
        ("bomb.docx", samples.bomb(), "unpacks to more than can be read safely."),
        ("../../etc/passwd", b"x", "Files of this kind cannot be kept."),
    ],
)
def test_what_is_refused_keeps_what_was_typed(people, name, content, message):
    typed = {
        "kind": "guideline",
        "language": "en",
        "title": "A guideline",
        "summary": "How to.",
        "topics": ["4"],
        "creators": "An office",
        "year": "2024",
        "licence": "CC-BY-4.0",
        "file": SimpleUploadedFile(name, content),
    }

    answer = browser_of(people.marko).post("/en/repository/deposit/guideline/", typed)

    body = answer.content.decode()
    assert (answer.status_code, Record.objects.count(), StoredFile.objects.count()) == (400, 0, 0)
    assert (message in body, "A guideline" in body) == (True, True)
