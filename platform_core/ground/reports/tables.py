"""Tables for spreadsheets, from plain rows."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter import Workbook

FORMULA = ("=", "+", "-", "@", "\t", "\r")
PIECE = 2**16
ROWS_OF_A_SHEET = 1_048_575
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def guarded(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is kept as text by an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """With a byte order mark, by which Excel recognises UTF-8."""
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow(list(head))
    for row in rows:
        yield writer.writerow([guarded(value) for value in row])


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A table of any length, sent as it is read."""
    response = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Written to disk row by row, so that a long table needs no memory; text is never read as a formula or a link."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who reads it
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with Workbook(file, {"constant_memory": True, **plain}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, words in enumerate(head):
            sheet.write_string(0, place, str(words), bold)
        for number, row in enumerate(islice(rows, ROWS_OF_A_SHEET), start=1):
            for place, value in enumerate(row):
                sheet.write(number, place, value if isinstance(value, int | float | None) else str(value))
    response = StreamingHttpResponse(pieces(file), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def xlsx_sheets(name: str, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> StreamingHttpResponse:
    """Several sheets of text, the first row of each being its head."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who reads it
    with Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 50, 22)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write_string(number, place, str(value), None if number else bold)
    response = StreamingHttpResponse(pieces(file), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def asked(request: HttpRequest) -> Callable[..., StreamingHttpResponse] | None:
    """The kind of table a query string asks for by its name alone: `?csv` or `?xlsx`."""
    return next((RESPONSES[name] for name in RESPONSES if name in request.GET), None)


RESPONSES = {"csv": csv_response, "xlsx": xlsx_response}


class UnreadableTableError(ValidationError):
    """The file is no table that can be read; its message is for people."""


def read_table(file: Any, limit: int = 5_000_000) -> list[list[Any]]:
    """The cells of a CSV file (UTF-8) or of the first sheet of an XLSX file; values only, never formulas.

    Raises UnreadableTableError for anything else and for what is larger than `limit` bytes, unpacked.
    """
    if file.size > limit:
        raise UnreadableTableError(_("The table is larger than can be read."))
    name = file.name.lower()
    try:
        if name.endswith(".csv"):
            return read_csv(file.read().decode("utf-8-sig"))
        if name.endswith(".xlsx"):
            return read_sheet(file, limit)
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, KeyError, ValueError, InvalidFileException) as problem:
        raise UnreadableTableError(
            _("This file cannot be read as a table. Save it as CSV (UTF-8) or XLSX.")
        ) from problem
    raise UnreadableTableError(_("Please choose a CSV or XLSX file."))


def read_csv(text: str) -> list[list[Any]]:
    """Cells may hold line breaks; what separates them is whatever the first line has most of."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]


def read_sheet(file: Any, limit: int) -> list[list[Any]]:
    with zipfile.ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > 10 * limit:
            raise UnreadableTableError(_("The table is larger than can be read."))
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True, max_row=5000, max_col=100)]
    finally:
        book.close()
