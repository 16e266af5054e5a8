"""Translations as a table: one line for each text and language.

A text that a spreadsheet would run as a formula begins with an apostrophe on its way out, as does one that begins with an
apostrophe already; on its way back one apostrophe is taken off.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter import Workbook

from platform_core.ground.reports.tables import BYTE_ORDER_MARK, FORMULA, read_csv
from platform_core.ground.texts.codes import CODES, content_code

from .units import DRAFT, REVIEWED, Unit, clean

HEAD = ("of", "key", "place", "source_language", "source", "language", "translation", "state", "mark")
NEEDED = {"key", "language", "translation"}
FINAL = {"reviewed", "final", "signed-off"}
MARKED = (*FORMULA, "'")
CELL = 32_767  # characters a cell of a spreadsheet can hold
MOST = 20_000
UNPACKED = 100_000_000


def guarded(text: str) -> str:
    return f"'{text}" if text.startswith(MARKED) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(MARKED) else text


def lines(name: str, units: Iterable[Unit]) -> Iterator[list[str]]:
    for unit in units:
        told = (
            unit.key,
            unit.place,
            unit.source_language,
            unit.source,
            unit.language,
            unit.text,
            unit.state,
            unit.mark,
        )
        yield [guarded(cell) for cell in (name, *told)]


def as_csv(name: str, units: Iterable[Unit]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, *lines(name, units)])
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


def as_xlsx(name: str, units: Iterable[Unit]) -> bytes:
    """Texts that are longer than a cell are left out; CSV and XLIFF carry them."""
    file = io.BytesIO()
    with Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        sheet, bold = book.add_worksheet("translations"), book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 1, 18)
        sheet.set_column(4, 4, 60)
        sheet.set_column(6, 6, 60)
        fitting = (line for line in lines(name, units) if max(map(len, line)) <= CELL)
        for number, line in enumerate([list(HEAD), *fitting]):
            for place, cell in enumerate(line):
                sheet.write_string(number, place, cell, wrapped if number else bold)
    return file.getvalue()


def read(content: bytes, ending: str) -> tuple[str, list[Unit]]:
    """What the table says it is of, and its units. Raises ValidationError."""
    try:
        rows = read_csv(content.decode("utf-8-sig")) if ending == "csv" else read_sheet(content)
    except (
        UnicodeDecodeError,
        csv.Error,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        SyntaxError,
        InvalidFileException,
    ) as problem:
        raise ValidationError(_("This file cannot be read as a table. Save it as CSV (UTF-8) or XLSX.")) from problem
    if len(rows) > MOST:
        raise too_many()
    head = [str(cell or "").strip().lower() for cell in rows[0]] if rows else []
    if lacking := sorted(NEEDED - set(head)):
        raise ValidationError(_("These columns are lacking: %(names)s.") % {"names": ", ".join(lacking)})
    cells = [dict(zip(head, map(plain, row), strict=False)) for row in rows[1:] if any(row)]
    names = {cell["of"] for cell in cells if cell.get("of")}
    if len(names) > 1:
        raise ValidationError(_("This file holds texts of several things; bring one at a time."))
    return next(iter(names), ""), [unit_read(cell) for cell in cells]


def plain(cell: Any) -> str:
    return "" if cell is None else unguarded(str(cell))


def unit_read(cells: dict[str, str]) -> Unit:
    language = content_code(cells["language"].strip().lower())
    if language not in CODES:
        raise ValidationError(_("“%(code)s” is none of the languages here.") % {"code": cells["language"] or "–"})
    state = REVIEWED if cells.get("state", "").strip().lower() in FINAL else DRAFT
    return Unit(cells["key"].strip(), language, clean(cells["translation"]), state, cells.get("mark", "").strip())


def read_sheet(content: bytes) -> list[Sequence[Any]]:
    """The first sheet; one that says it has a million lines is read no further than is allowed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED:
            raise too_many()
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = []
        for row in sheet.iter_rows(values_only=True, max_col=len(HEAD) + 10):
            if len(found) > MOST:
                raise too_many()
            found.append(row)
        return found
    finally:
        book.close()


def too_many() -> ValidationError:
    return ValidationError(_("At most %(most)s lines can be read at once.") % {"most": MOST})
