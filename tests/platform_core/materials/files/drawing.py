"""Pictures for tests, as cameras and hostile people make them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, MAKER = 0x0112, 0x010F


def drawn(width: int = 40, height: int = 20, kind: str = "PNG", **options) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind, **options)
    return file.getvalue()


def photograph() -> bytes:
    """Taken with the camera on its side, and telling who made it."""
    notes = Image.Exif()
    notes[ORIENTATION], notes[MAKER] = 6, "Telltale"
    return drawn(60, 30, "JPEG", exif=notes)


def uploaded(content: bytes, name: str = "me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
