import hashlib
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from platform_core.identity.audit.models import Event
from platform_core.materials.files import services
from platform_core.materials.files.models import FilePage, StoredFile
from platform_core.materials.jobs import runner
from platform_core.materials.jobs.models import Job
from tests.platform_core.identity.threads import TOGETHER, in_parallel, with_several_writers

from . import samples

pytestmark = pytest.mark.database

BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def keep(content: bytes, name: str) -> StoredFile:
    return services.keep(BytesIO(content), name)


def read(content: bytes, name: str) -> tuple[StoredFile, Job]:
    """A kept file and its finished job."""
    stored = keep(content, name)
    runner.finish_waiting()
    return StoredFile.objects.get(pk=stored.pk), Job.objects.get(kind="files.extract")


def bytes_of(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as content:
        return content.read()


def kept_paths() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def texts(stored: StoredFile) -> list[tuple[int, str]]:
    return [(page.number, " ".join(page.text.split())) for page in FilePage.objects.filter(file=stored)]


def scan_for_weasels(file) -> None:
    if b"weasel" in file.read():
        raise ValidationError("The scanner has found a weasel.")


# Keeping


def test_keep_stores_the_bytes_under_their_hash(db):
    stored = keep(b"# Notes", "notes.md")

    digest = hashlib.sha256(b"# Notes").hexdigest()
    assert (stored.sha256, stored.size, stored.media_type, stored.state) == (digest, 7, "text/markdown", "waiting")
    assert (stored.content.name, bytes_of(stored)) == (f"files/{digest[:2]}/{digest}", b"# Notes")


def test_keep_stores_the_same_bytes_once(db):
    first, again, other = keep(b"alpha", "a.txt"), keep(b"alpha", "b.md"), keep(b"beta", "a.txt")

    assert (first == again, first == other) == (True, False)
    assert (StoredFile.objects.count(), len(kept_paths()), Job.objects.count()) == (2, 2, 2)


@with_several_writers
def test_keep_stores_bytes_sent_twice_at_once_once(committed_rows):
    kept, first_has_it = [], threading.Event()

    def first():
        with transaction.atomic(), connection.cursor() as cursor:
            kept.append(keep(b"alpha", "a.txt").pk)
            first_has_it.set()
            give_up = time.monotonic() + TOGETHER
            while (cursor.execute(BLOCKED) or cursor.fetchone() == (0,)) and time.monotonic() < give_up:
                pass

    def second():
        first_has_it.wait(TOGETHER)
        kept.append(keep(b"alpha", "a.txt").pk)

    in_parallel(first, second)

    assert kept == [StoredFile.objects.get().pk] * 2
    assert (Job.objects.count(), len(kept_paths())) == (1, 1)


def test_a_refused_file_leaves_nothing(db):
    with pytest.raises(ValidationError):
        keep(samples.HTML, "page.pdf")

    assert (StoredFile.objects.count(), Job.objects.count(), kept_paths()) == (0, 0, [])


def test_a_scanner_named_in_the_settings_may_refuse(db, settings):
    settings.FILE_SCANNER = f"{__name__}.{scan_for_weasels.__name__}"
    keep(b"an honest file", "a.txt")

    with pytest.raises(ValidationError, match="found a weasel"):
        keep(b"a weasel inside", "b.txt")

    assert [bytes_of(stored) for stored in StoredFile.objects.all()] == [b"an honest file"]


# Reading


def test_the_text_of_a_pdf_is_read_page_by_page(db):
    stored, job = read(samples.pdf("Innovation vouchers", "Πολιτική συστάδων"), "report.pdf")

    assert texts(stored) == [(1, "Sample Innovation vouchers 1"), (2, "Πολιτική συστάδων 2")]
    assert (stored.state, stored.problem, job.state, job.result) == ("ready", "", "done", {"pages": 2})


def test_the_text_of_a_docx_is_read_page_by_page(db):
    stored, job = read(samples.word("Innovation vouchers", "Клъстерна политика", "Third"), "letter.docx")

    assert texts(stored) == [(1, "Innovation vouchers"), (2, "Клъстерна политика"), (3, "Third")]
    assert (stored.state, job.result) == ("ready", {"pages": 3})


def test_the_text_of_a_plain_file_has_pages_where_it_has_form_feeds(db):
    stored, _job = read("один\f\fthree".encode(), "notes.txt")

    assert texts(stored) == [(1, "один"), (3, "three")]


def test_nul_far_inside_a_plain_file_is_left_out(db):
    stored, job = read(b"a" * 9000 + b"\0b", "notes.txt")

    assert ("".join(text for _number, text in texts(stored)), job.state) == ("a" * 9000 + "b", "done")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.pdf", b"%PDF-1.4 and then nothing that makes sense"),
        ("cut.pdf", samples.pdf("One page")[:400]),
    ],
)
def test_a_broken_file_is_unreadable_with_a_reason_and_its_job_is_done(db, name, content):
    stored, job = read(content, name)

    assert (stored.state, bool(stored.problem), texts(stored)) == ("unreadable", True, [])
    assert (job.state, job.result, job.attempt) == ("done", {"pages": 0}, 1)


@pytest.mark.parametrize(
    ("name", "content"), [("map.png", samples.PNG), ("hollow.docx", samples.archive(word__document_xml=b"<x/>"))]
)
def test_a_file_without_text_is_unreadable_without_a_problem(db, name, content):
    stored, job = read(content, name)

    assert (stored.state, stored.problem, job.state) == ("unreadable", "", "done")


def test_reading_again_leaves_the_same_pages(db):
    stored, job = read(b"one\ftwo", "notes.txt")
    Job.objects.filter(pk=job.pk).update(state="waiting")

    runner.finish_waiting()

    assert texts(stored) == [(1, "one"), (2, "two")]
    assert [event.payload for event in Event.objects.filter(verb="files.text_read")] == [{"pages": 2}] * 2
