"""Opening files of strangers within bounds: how large, how many rows, nothing from elsewhere."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_PACKED_TIMES = 200
MOST_ROWS = 5000
MOST_COLUMNS = 300
MOST_EMPTY = 1000  # empty rows one after another that end a sheet
LONGEST = 20_000
PICTURES = ((b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    zlib.error,
)


class UnreadableError(ValidationError):
    """The file cannot be read as what it says; the message is for people."""


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        told = _("The file has %(size)s; at most %(most)s can be read.")
        raise UnreadableError(told % {"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)})


def picture_ending(content: bytes) -> str:
    """The ending of a picture's name by how its bytes begin; empty for what is no picture."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    return next((ending for start, ending in PICTURES if content.startswith(start)), "")


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableError(_("The file is not in UTF-8. Please save it in this encoding.")) from problem


def check_archive(content: bytes) -> None:
    """Before anything is unpacked: how large it would become. Then that no part defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MOST_UNPACKED or unpacked > MOST_PACKED_TIMES * max(len(content), 2**16):
                raise UnreadableError(_("Unpacked, the file is larger than can be read."))
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    check_plain(archive.read(part))
    except BROKEN as problem:
        raise not_a_workbook() from problem


def check_plain(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:100]:
        raise UnreadableError(_("The file defines entities, which are not read."))


def not_a_workbook() -> UnreadableError:
    return UnreadableError(_("The file cannot be read as a workbook (XLSX)."))


def sheets(content: bytes) -> dict[str, list[tuple[int, list[Any]]]]:
    """Sheets by their name in small letters: rows that are not empty with their number. Values, never formulas."""
    check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (*BROKEN, InvalidFileException, SyntaxError) as problem:
        raise not_a_workbook() from problem
    try:
        return {sheet.title.strip().lower(): list(rows_of(sheet)) for sheet in book.worksheets}
    except (*BROKEN, SyntaxError) as problem:
        raise not_a_workbook() from problem
    finally:
        book.close()


def rows_of(sheet) -> Iterator[tuple[int, list[Any]]]:
    """What a sheet says of its size is not believed."""
    sheet.reset_dimensions()
    empty = taken = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        if not any(cell not in (None, "") for cell in row):
            empty += 1
            if empty > MOST_EMPTY:
                return
            continue
        empty, taken = 0, taken + 1
        if taken > MOST_ROWS:
            told = _("The sheet “%(name)s” has more than %(most)s rows.")
            raise UnreadableError(told % {"name": sheet.title, "most": MOST_ROWS})
        yield number, list(row[: max(place for place, cell in enumerate(row, 1) if cell not in (None, ""))])


def document(content: bytes) -> etree._Element:
    """The root of an XML document; entities are neither expanded nor fetched, documents that define any are refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        if "entity" in str(problem).lower():
            raise UnreadableError(_("The file defines entities, which are not read.")) from problem
        raise UnreadableError(_("The file cannot be read as XML: %(reason)s") % {"reason": problem.msg}) from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(_("The file defines entities, which are not read."))
    return root


def cell_text(value: Any) -> str:
    """Whole numbers without a point, as people typed them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST]
