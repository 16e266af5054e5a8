"""Frictionless data packages: a description, the answers as CSV, the code book.

`write_package` is for those who run the consultation and holds everything; `write_open_data` is for everybody: no words
people wrote, nothing that names a place, an organisation or a file, no answers of those who wished so, and nothing that
the published results hide.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.utils.translation import override

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.fields import as_text

from ..models import Consultation
from . import codebook
from .answers import Answers
from .columns import CHOICE, NUMERIC, REASONS, TICK, WITHHELD, Column, Missing, apart_words
from .opening import OpenData
from .plain import taken
from .voices import codes

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {"choice": "string", "tick": "integer", "count": "integer", "number": "number", "day": "date"}
LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}


def write_package(answers: Answers, file: IO[bytes]) -> None:
    pack(answers, answers.columns, answers.rows(), {}, file)


def open_data(consultation: Consultation, language: str = "en") -> bytes:
    """The package for everybody, as the bytes of a zip."""
    made = io.BytesIO()
    write_open_data(Answers(consultation, language), made)
    return made.getvalue()


def write_open_data(answers: Answers, file: IO[bytes]) -> None:
    opened = OpenData(answers)
    rows = opened.rows()
    with override(interface_code(answers.language)):
        told = opened.description()
    more = {"licenses": [LICENCE], "description": told, "suppressed": opened.told, "given_up": opened.given_up}
    pack(answers, opened.columns, rows, more, file, (*REASONS, WITHHELD))


def pack(
    answers: Answers,
    columns: list[Column],
    rows: Iterable[list],
    more: dict,
    file: IO[bytes],
    reasons: Sequence[Missing] = REASONS,
) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("data.csv", "w", force_zip64=True) as data:
            for piece in lines([column.name for column in columns], coded(columns, rows)):
                data.write(piece.encode())
        meanings = codebook.entries(columns, answers.language, reasons)
        archive.writestr("codebook.csv", "".join(lines(codebook.head(answers.language), meanings)))
        described = description(answers, columns, reasons) | more
        if told := more.get("description"):
            archive.writestr("README.txt", f"{described['title']}\n\n{told}\n")
        archive.writestr("datapackage.json", json.dumps(described, ensure_ascii=False, indent=1))


def lines(head: list[str], rows: Iterable[list]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(head)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > 2**16:
            yield taken(buffer)
    yield taken(buffer)


def coded(columns: list[Column], rows: Iterable[list]) -> Iterator[list]:
    tables = [codes(column) for column in columns]
    for row in rows:
        yield [table[value] for table, value in zip(tables, row, strict=True)]


def description(answers: Answers, columns: list[Column], reasons: Sequence[Missing]) -> dict:
    consultation, language = answers.consultation, answers.language
    fields = [field(column, language, reasons) for column in columns]
    return {
        "$schema": PROFILE,
        "name": consultation.code,
        "title": consultation.title.localise(language).text,
        "description": consultation.summary.localise(language).text,
        "resources": [
            {
                "name": "data",
                "path": "data.csv",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            },
            {
                "name": "codebook",
                "path": "codebook.csv",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": name, "type": "string"} for name in codebook.head(language)],
                    "missingValues": [""],
                },
            },
        ],
    }


def field(column: Column, language: str, reasons: Sequence[Missing]) -> dict:
    found: dict = {
        "name": column.name,
        "type": TYPES.get(column.kind, "string"),
        "title": as_text(column.label).localise(language).text,
    }
    with override(interface_code(language)):
        if column.identifies:
            found["description"] = apart_words()
        if column.kind in (CHOICE, TICK, *NUMERIC):
            found["missingValues"] = [
                {"value": str(column.missing(reason)), "label": codebook.reason_words(reason)} for reason in reasons
            ]
        if column.kind in (CHOICE, TICK):
            missing = {column.missing(reason) for reason in REASONS}
            meanings = [(code, text) for code, text in codebook.meanings(column, language) if code not in missing]
            found["categories"] = [{"value": code, "label": text} for code, text in meanings]
    return found
