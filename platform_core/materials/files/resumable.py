"""Large files in parts: what has arrived stays, whatever interrupts the rest, for three days."""

import tempfile
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .models import Upload
from .sniffing import known_ending

PART = 4 * 2**20  # bytes that are sent at once
OPEN_UPLOADS = 60
AT_ONCE = 3  # times the largest file


class OffsetError(ValidationError):
    """A part that does not follow what has arrived; `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(_("This part does not follow the last one."))
        self.received = received


def begin(person, name: str, size: int) -> Upload:
    """Announce a file; what could not be kept anyway is refused before a byte is sent."""
    name = PurePath(name.replace("\0", "")).name[:120]
    known_ending(name)
    if not 0 < size <= settings.LARGE_FILE_LIMIT:
        told = {"size": filesizeformat(size), "limit": filesizeformat(settings.LARGE_FILE_LIMIT)}
        raise ValidationError(_("The file has %(size)s; at most %(limit)s can be kept.") % told)
    held = Upload.objects.filter(person=person).aggregate(files=Count("pk"), size=Sum("size", default=0))
    if held["files"] >= OPEN_UPLOADS or held["size"] + size > AT_ONCE * settings.LARGE_FILE_LIMIT:
        raise ValidationError(_("You have begun many files that have not arrived. Send some of them first."))
    return Upload.objects.create(person=person, name=name, size=size)


def upload_of(person, pk) -> Upload:
    return get_object_or_404(Upload, pk=pk, person=person)


def uploads_of(person, pks: list[str]) -> list[Upload]:
    """Those that are still there; what was taken in already is passed over."""
    return list(Upload.objects.filter(pk__in=pks, person=person).order_by("begun_at"))


@transaction.atomic
def take(upload: Upload, offset: int, part: bytes) -> int:
    """Add a part that begins at `offset`; gives how many bytes have arrived. The same part twice is an OffsetError."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if offset != upload.received:
        raise OffsetError(upload.received)
    if len(part) != min(PART, upload.size - offset):
        raise ValidationError(_("This is no part of the file that was announced."))
    put(upload.part(offset), part)
    upload.received += len(part)
    upload.save(update_fields=["received"])
    return upload.received


def put(name: str, part: bytes) -> None:
    """What a broken attempt left at this place gives way."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(part))


def file_of(upload: Upload) -> File:
    """The whole file, once all of it has arrived; it vanishes when it is closed."""
    if upload.received != upload.size:
        raise ValidationError(_("Not all of “%(name)s” has arrived.") % {"name": upload.name})
    whole: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who reads it
    for name in parts(upload):
        with default_storage.open(name) as part:
            whole.write(part.read())
    if whole.tell() != upload.size:
        raise ValidationError(_("Not all of “%(name)s” has arrived.") % {"name": upload.name})
    whole.seek(0)
    file = File(whole, name=upload.name)
    file.size = upload.size
    return file


def parts(upload: Upload) -> list[str]:
    folder = f"uploads/{upload.pk}"
    try:
        return [f"{folder}/{name}" for name in sorted(default_storage.listdir(folder)[1])]
    except FileNotFoundError:
        return []


@transaction.atomic
def drop(upload: Upload) -> None:
    """The file was taken in, or is not wanted; its parts go once that is certain."""
    names = parts(upload)
    upload.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])


def purge_uploads(before) -> int:
    old = list(Upload.objects.filter(begun_at__lt=before))
    for upload in old:
        drop(upload)
    return len(old)
