"""Files of text: CSV as it is read, JSON with the questions in all their languages."""

import csv
import io
import json
from collections.abc import Iterator
from typing import IO

from ..structure import canonical_json
from .answers import Answers
from .columns import Column, Missing
from .voices import Table, codes, heads, labels

BYTE_ORDER_MARK = "\ufeff"
AT_ONCE = 500


def tables(answers: Answers) -> list[Table]:
    language = answers.language
    return [labels(column, language) if answers.labels else codes(column) for column in answers.columns]


def csv_head(answers: Answers) -> list[str]:
    if answers.labels:
        return heads(answers.columns, answers.language)
    return [column.name for column in answers.columns]


def write_csv(answers: Answers, file: IO[bytes]) -> None:
    for piece in csv_pieces(answers):
        file.write(piece.encode())


def csv_pieces(answers: Answers) -> Iterator[str]:
    """UTF-8; with a byte order mark, by which Excel recognises it, where it is wanted."""
    cells, buffer = tables(answers), io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK if answers.mark else "")
    writer.writerow(csv_head(answers))
    waiting = []
    for row in answers.rows():
        waiting.append([table[value] for table, value in zip(cells, row, strict=True)])
        if len(waiting) == AT_ONCE:
            writer.writerows(waiting)
            waiting.clear()
            yield taken(buffer)
    writer.writerows(waiting)
    yield taken(buffer)


def taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_json(answers: Answers, file: IO[bytes]) -> None:
    for piece in json_pieces(answers):
        file.write(piece.encode())


def json_pieces(answers: Answers) -> Iterator[str]:
    """Versions of the questions, then responses with their answers as they were sent, by column of the response."""
    consultation = answers.consultation
    head = {
        "consultation": consultation.code,
        "title": consultation.title.stored(),
        "languages": consultation.languages,
    }
    versions = {str(version.number): version.structure for version in answers.versions.values()}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "questionnaires": {canonical_json(versions)}, "responses": ['
    columns = answers.columns
    for place, row in enumerate(answers.rows()):
        yield (",\n" if place else "\n") + json.dumps(given(columns, row), ensure_ascii=False, default=str)
    yield "\n]}\n"


def given(columns: list[Column], row: list) -> dict:
    """Values by column; why there is none is said in words."""
    return {
        column.name: {"missing": value.name} if isinstance(value, Missing) else value
        for column, value in zip(columns, row, strict=True)
    }
