import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs

from .extraction import UnreadableError, extract, in_parts
from .models import FilePage, StoredFile
from .previews import THUMBNAIL_NAME, can_be_drawn, draw
from .sniffing import media_type

CHUNK = 2**20


def sha256(file: BinaryIO) -> tuple[str, int]:
    """Hash and size in bytes; leaves the file at its start."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return digest.hexdigest(), size


@transaction.atomic
def keep(file: BinaryIO, name: str, *, by=None, read: bool = True) -> StoredFile:
    """Keep a file's bytes once and have its text read; raises ValidationError when its content does not fit its name.

    Without `read` no job is started, so that nothing tells when a file came.
    """
    kind = media_type(file, name)
    scan(file)
    digest, size = sha256(file)
    stored, new = StoredFile.objects.get_or_create(sha256=digest, defaults={"size": size, "media_type": kind})
    if new:
        stored.content.save(f"{digest[:2]}/{digest}", File(file))
    if new and read:
        jobs.start("files.extract", by=by, file=stored.pk)
        if can_be_drawn(kind):
            jobs.start("files.draw", by=by, file=stored.pk)
    elif not StoredFile.objects.filter(pk=stored.pk).update(kept_at=timezone.now()):
        return keep(file, name, by=by)  # it was dropped as unused in this very moment
    return stored


def scan(file: BinaryIO) -> None:
    """Hands the bytes to the scanner named in the settings, which raises ValidationError on a finding."""
    if settings.FILE_SCANNER:
        module, _, name = settings.FILE_SCANNER.rpartition(".")
        getattr(import_module(module), name)(file)
        file.seek(0)


@contextmanager
def copied(stored: StoredFile) -> Iterator[Path]:
    """A copy on this machine's disk, wherever the storage is."""
    with tempfile.NamedTemporaryFile() as copy:
        with stored.content.open("rb") as content:
            for chunk in content.chunks():
                copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def extract_text(run, file: int) -> dict[str, int]:
    """The job behind `keep`: reads the pages in a child process and stores them, or says why it could not."""
    stored = StoredFile.objects.get(pk=file)
    pages, are_parts, problem = [], False, ""
    with copied(stored) as path:
        try:
            pages, are_parts = in_parts(extract(path, stored.media_type), stored.media_type)
        except UnreadableError as error:
            problem = str(error)[:300]
    with run.writing():
        stored.in_parts = are_parts
        store_pages(stored, pages, problem)
    return {"pages": len(pages)}


def store_pages(stored: StoredFile, pages: list[str], problem: str) -> None:
    stored.pages.all().delete()
    rows = [FilePage(file=stored, number=number, text=text) for number, text in enumerate(pages, 1) if text.strip()]
    FilePage.objects.bulk_create(rows)
    stored.state = StoredFile.State.READY if rows else StoredFile.State.UNREADABLE
    stored.problem = problem
    stored.save(update_fields=["state", "problem", "in_parts"])
    audit.record("files.text_read", stored, pages=len(rows))


def draw_pages(run, file: int) -> dict[str, int | str]:
    """The other job behind `keep`: pictures of the pages. What cannot be drawn is offered as it is, with no picture."""
    stored = StoredFile.objects.get(pk=file)
    with tempfile.TemporaryDirectory() as folder, copied(stored) as path:
        try:
            pictures, pages = draw(path, stored.media_type, Path(folder))
        except UnreadableError as error:
            return {"pages": 0, "problem": str(error)}
        for number, picture in enumerate([Path(folder) / THUMBNAIL_NAME, *pictures]):
            put(stored.preview(number), picture)
    with run.writing():
        StoredFile.objects.filter(pk=file).update(page_count=pages, drawn=len(pictures))
    return {"pages": pages}


def put(name: str, picture: Path) -> None:
    default_storage.delete(name)
    with picture.open("rb") as content:
        default_storage.save(name, File(content))
