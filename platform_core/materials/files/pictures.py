"""Pictures of people and organisations: drawn anew and small, so that nothing hidden in a file comes along."""

import secrets
import warnings
from io import BytesIO
from typing import Any, BinaryIO

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

SIDE = 480  # pixels of the longer side
MOST_PIXELS = 30_000_000
MOST_BYTES = 10 * 2**20
READ = ("PNG", "JPEG", "WEBP")
BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def path_of(_row: models.Model, _name: str) -> str:
    """Names tell nothing about whom a picture shows."""
    return f"pictures/{secrets.token_hex(16)}.webp"


def redrawn(file: BinaryIO) -> ContentFile:
    """The picture as WebP, upright and without the camera's notes; raises ValidationError when it cannot be read."""
    drawn = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=READ)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Please make it smaller."))
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
            picture.thumbnail((SIDE, SIDE))
            picture.save(drawn, "WEBP", quality=85, exif=b"", icc_profile=b"")
    except BROKEN:
        raise ValidationError(_("The picture cannot be read. Please use a PNG, JPEG or WebP file.")) from None
    return ContentFile(drawn.getvalue(), "picture.webp")


class PictureField(forms.FileField):
    """A picture, redrawn while the form is checked."""

    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})

    def to_python(self, data: Any) -> ContentFile | None:
        limit = min(MOST_BYTES, settings.FILE_SIZE_LIMIT)
        if data not in self.empty_values and data.size > limit:
            told = {"size": filesizeformat(data.size), "limit": filesizeformat(limit)}
            raise ValidationError(_("The file has %(size)s; at most %(limit)s can be kept."), params=told)
        file = super().to_python(data)
        return None if file is None else redrawn(file)


def put(row: models.Model, name: str, picture: ContentFile | None, *, taken_away: bool = False) -> None:
    """Sets a new picture, or none; without either the one there is stays. The row is saved by the caller."""
    held: FieldFile = getattr(row, name)
    if picture or taken_away:
        forget(held)
    if picture:
        held.save(picture.name, picture, save=False)
    elif taken_away:
        setattr(row, name, "")


def forget(held: FieldFile) -> None:
    """Deletes the bytes when the transaction has been kept."""
    if held:
        storage, path = held.storage, held.name
        transaction.on_commit(lambda: storage.delete(path))


def show(held: FieldFile, *, public: bool) -> HttpResponse:
    """The caller has checked the right."""
    with held.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-cache"
    return response
