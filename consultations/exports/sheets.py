"""Workbooks of three sheets: answers as codes, answers as labels, code book. Written row by row."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _, override
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from platform_core.ground.texts.codes import interface_code

from . import codebook
from .answers import Answers
from .voices import codes, heads, labels

LONGEST = 32_767  # characters Excel takes in a cell
PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MOST_KEPT, LONGEST_KEPT = 5000, 500  # cells of a column, and characters of a cell, that are kept
LITERAL = re.compile("(_x[0-9a-fA-F]{4}_)")
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def sheet_names(language: str) -> tuple[str, str, str]:
    with override(interface_code(language)):
        return _("Data")[:31], _("Labels")[:31], _("Code book")[:31]


class Rows(Worksheet):
    """A sheet whose rows are written as text: a cell that many answers share is put together once."""

    def begin(self, head: list[str], bold) -> None:
        write_head(self, head, bold)
        self._write_single_row(1)
        self.letters = [f'<c r="{xl_col_to_name(place)}' for place in range(len(head))]

    def row(self, number: int, cells: list[str]) -> None:
        """The row behind so many; `cells` are what `Cells` gives."""
        name = str(number + 1)
        told = [f"{letter}{name}{cell}" for letter, cell in zip(self.letters, cells, strict=True) if cell]
        self.row_data_fh.write(f'<row r="{name}">{"".join(told)}</row>')
        self.dim_rowmax = number


class Cells(dict):
    """Cells of a column by plain value, without where they stand; empty ones are empty. Words are not kept."""

    def __init__(self, voice: Mapping[Any, Any]) -> None:
        super().__init__()
        self.voice = voice

    def __missing__(self, value: Any) -> str:
        made = cell(self.voice[value])
        if len(self) < MOST_KEPT and len(made) < LONGEST_KEPT:
            self[value] = made
        return made


def cell(value: Any) -> str:
    if not isinstance(value, str):
        return f'"><v>{value:.16G}</v></c>'
    if not value:
        return ""
    text = escape(LITERAL.sub(r"_x005F\1", value[:LONGEST]))
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def write_xlsx(answers: Answers, file: IO[bytes]) -> None:
    columns, language = answers.columns, answers.language
    names = sheet_names(language)
    with Workbook(file, PLAIN) as book:
        bold = book.add_format({"bold": True})
        data, told = [book.add_worksheet(name, worksheet_class=Rows) for name in names[:2]]
        meaning = book.add_worksheet(names[2])
        data.begin([column.name for column in columns], bold)
        told.begin(heads(columns, language), bold)
        write_head(meaning, codebook.head(language), bold)
        coded = [Cells(codes(column)) for column in columns]
        labelled = [Cells(labels(column, language)) for column in columns]
        for number, row in enumerate(answers.rows(), 1):
            data.row(number, [table[value] for table, value in zip(coded, row, strict=True)])
            told.row(number, [table[value] for table, value in zip(labelled, row, strict=True)])
        for number, row in enumerate(codebook.entries(columns, language), 1):
            put(meaning, number, row)


def write_head(sheet: Worksheet, words: list[str], bold) -> None:
    sheet.freeze_panes(1, 1)
    for place, text in enumerate(words):
        sheet.write_string(0, place, text, bold)


def put(sheet: Worksheet, number: int, row: list) -> None:
    """Empty cells are left out."""
    text, count = sheet.write_string, sheet.write_number
    for place, value in enumerate(row):
        if isinstance(value, str):
            if value:
                text(number, place, value[:LONGEST])
        else:
            count(number, place, value)


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def write_ods(answers: Answers, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for piece in content_pieces(answers):
                content.write(piece.encode())


def content_pieces(answers: Answers) -> Iterator[str]:
    columns, language = answers.columns, answers.language
    data, told, meaning = sheet_names(language)
    names = [column.name for column in columns]
    yield HEAD
    yield from ods_table(data, names, cells(answers, codes))
    yield from ods_table(told, heads(columns, language), cells(answers, lambda column: labels(column, language)))
    yield from ods_table(meaning, codebook.head(language), codebook.entries(columns, language))
    yield TAIL


def cells(answers: Answers, voice: Callable) -> Iterator[list]:
    tables = [voice(column) for column in answers.columns]
    for row in answers.rows():
        yield [table[value] for table, value in zip(tables, row, strict=True)]


def ods_table(name: str, head: list[str], rows: Iterable[list]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(name)}><table:table-header-rows>{ods_row(head)}</table:table-header-rows>"
    for row in rows:
        yield ods_row(row)
    yield "</table:table>"


def ods_row(row: list) -> str:
    return f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"


def ods_cell(value) -> str:
    if value == "":
        return "<table:table-cell/>"
    if not isinstance(value, str):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    lines = "".join(f"<text:p>{line}</text:p>" for line in escape(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
