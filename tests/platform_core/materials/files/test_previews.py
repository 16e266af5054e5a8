"""Pictures of pages."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from platform_core.materials.files import previews, services
from platform_core.materials.files.models import StoredFile
from platform_core.materials.jobs import runner, services as jobs
from platform_core.materials.jobs.models import Job

from . import samples
from .locked import encrypted_pdf


def kept(content: bytes, name: str) -> StoredFile:
    stored = services.keep(BytesIO(content), name)
    runner.finish_waiting()
    return StoredFile.objects.get(pk=stored.pk)


def size(stored: StoredFile, number: int) -> tuple[int, int]:
    with default_storage.open(stored.preview(number)) as picture, Image.open(picture) as image:
        return image.size


def picture(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "png")
    return made.getvalue()


def test_every_page_of_a_pdf_is_drawn(db):
    stored = kept(samples.pdf("One", "Two", "Three"), "report.pdf")

    assert (stored.page_count, stored.drawn) == (3, 3)
    assert [size(stored, number) for number in range(4)] == [(320, 453), (1000, 1415), (1000, 1415), (1000, 1415)]


def test_only_the_first_pages_of_a_long_one(db, monkeypatch, tmp_path):
    monkeypatch.setattr(previews, "PAGES", 2)
    path = tmp_path / "long.pdf"
    path.write_bytes(samples.pdf("One", "Two", "Three"))

    pages = previews.draw_pages(path, "application/pdf", tmp_path)

    assert (pages, sorted(made.name for made in tmp_path.glob("*.webp"))) == (
        3,
        ["0001.webp", "0002.webp", "thumbnail.webp"],
    )


@pytest.mark.parametrize(
    ("given", "drawn"), [((2000, 500), (1000, 250)), ((60, 40), (60, 40)), ((10, 9000), (3, 3000))]
)
def test_pictures_are_made_smaller_never_larger(db, given, drawn):
    assert size(kept(picture(*given), "chart.png"), 1) == drawn


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 broken", "broken.pdf"),
        (samples.PNG, "broken.png"),
        (encrypted_pdf(), "locked.pdf"),
    ],
)
def test_what_cannot_be_drawn_is_kept_without_pictures(db, content, name):
    stored = kept(content, name)

    job = Job.objects.get(kind="files.draw")
    assert (stored.drawn, job.state, job.result["pages"], bool(job.result["problem"])) == (0, "done", 0, True)


def test_a_picture_that_unpacks_to_too_much_is_refused(db):
    stored = kept(picture(12_000, 12_000), "bomb.png")

    assert (stored.drawn, Job.objects.get(kind="files.draw").result["problem"].split(":")[0]) == (
        0,
        "PIL.Image.DecompressionBombError",
    )


def test_drawing_again_replaces_the_pictures(db):
    stored = kept(samples.pdf("One"), "report.pdf")
    jobs.start("files.draw", file=stored.pk)
    runner.finish_waiting()

    folder, _name = stored.preview(0).rsplit("/", 1)
    assert sorted(default_storage.listdir(folder)[1]) == ["0000.webp", "0001.webp"]


@pytest.mark.skipif(not previews.converter(), reason="LibreOffice is not installed")
def test_office_files_are_drawn_where_libreoffice_is(db):
    assert kept(samples.word("One", "Two"), "notes.docx").drawn == 2


def test_texts_have_no_pictures(db):
    assert (kept(b"Words", "notes.txt").drawn, Job.objects.filter(kind="files.draw").exists()) == (0, False)
