"""Files as people send them, good and bad, made on the spot."""

import zipfile
from io import BytesIO

import docx

from platform_core.ground.reports.pdf import pages_to_pdf
from platform_core.materials.files.sniffing import TYPES

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
JPEG = b"\xff\xd8\xff\xe0" + bytes(32)
HTML = b"<!doctype html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\x00" + bytes(64)


def pdf(*pages: str) -> bytes:
    return pages_to_pdf("Sample", list(pages), "en")


def word(*pages: str) -> bytes:
    document, made = docx.Document(), BytesIO()
    for number, text in enumerate(pages):
        if number:
            document.add_page_break()
        document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def archive(**members: bytes) -> bytes:
    """A ZIP; `__` in a name stands for a slash, `_xml` at its end for `.xml`."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def open_document(ending: str) -> bytes:
    return archive(mimetype=TYPES[ending].encode(), content_xml=b"<x/>")


def rewritten(packed: bytes, offset: int, value: bytes, signature: bytes = b"PK\x01\x02") -> bytes:
    """The archive with bytes replaced in the header of its first member."""
    place = packed.index(signature) + offset
    return packed[:place] + value + packed[place + len(value) :]


def bomb() -> bytes:
    """A DOCX of a hundred bytes that says it unpacks to two gigabytes."""
    return rewritten(archive(word__document_xml=b"<x/>"), 24, (2 * 2**30).to_bytes(4, "little"))


def damaged_mimetype() -> bytes:
    good = open_document(".odt")
    return good.replace(b"opendocument.text", b"opendocument.tent", 1)


def encrypted_mimetype() -> bytes:
    """Flag bit 0 of the first member, in both of its headers."""
    packed = rewritten(open_document(".odt"), 8, b"\x01\x00")
    return rewritten(packed, 6, b"\x01\x00", b"PK\x03\x04")
