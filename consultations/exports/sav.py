"""SPSS: numbers with value labels, reasons for having no answer as user-missing values, texts whole."""

import tempfile
from pathlib import Path
from shutil import copyfileobj
from typing import IO

import numpy as np
import pandas as pd
import pyreadstat
from django.utils.translation import override

from platform_core.ground.texts.codes import interface_code

from . import codebook
from .answers import Answers
from .columns import CHOICE, NUMERIC, REASONS, TICK, Column
from .voices import numbered, positions

RESERVED = {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
LABEL, VALUE_LABEL = 255, 120  # bytes SPSS takes
MEASURES = {"choice": "nominal", "tick": "nominal", "count": "scale", "number": "scale"}


def write_sav(answers: Answers, file: IO[bytes]) -> None:
    kept = [(place, column) for place, column in enumerate(answers.columns) if column in codebook.analysed([column])]
    names = variable_names([column for _place, column in kept])
    frame = as_frame(answers, kept, names)
    known = dict(zip(names, (column for _place, column in kept), strict=True))
    coded = {name: column for name, column in known.items() if column.kind in (CHOICE, TICK, *NUMERIC)}
    with tempfile.TemporaryDirectory() as folder, override(interface_code(answers.language)):
        path = Path(folder) / "answers.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=cut(str(answers.consultation.title), 64),
            column_labels=[cut(codebook.words(column.label, answers.language), LABEL) for column in known.values()],
            variable_value_labels={name: value_labels(column, answers.language) for name, column in coded.items()},
            missing_ranges={
                name: [column.missing(reason) for reason in reversed(REASONS)] for name, column in coded.items()
            },
            variable_measure={name: MEASURES.get(column.kind, "nominal") for name, column in known.items()},
            row_compress=True,
        )
        with path.open("rb") as made:
            copyfileobj(made, file)


def as_frame(answers: Answers, kept: list[tuple[int, Column]], names: list[str]) -> pd.DataFrame:
    tables = [(place, positions(column)) for place, column in kept]
    held: list[list] = [[] for _name in names]
    for row in answers.rows():
        for cells, (place, table) in zip(held, tables, strict=True):
            cells.append(table[row[place]])
    return pd.DataFrame(
        {name: typed(cells, column) for name, cells, (_place, column) in zip(names, held, kept, strict=True)}
    )


def typed(cells: list, column: Column) -> np.ndarray:
    return np.array(cells, dtype=float if column.kind in (CHOICE, TICK, *NUMERIC) else object)


def variable_names(columns: list[Column]) -> list[str]:
    return [f"{column.name}.q" if column.name.upper() in RESERVED else column.name for column in columns]


def value_labels(column: Column, language: str) -> dict[float, str]:
    places = numbered(column)
    texts = {code: text for code, text in codebook.meanings(column, language) if text}
    labelled = {places.get(str(code), code): str(text) for code, text in texts.items()}
    return {float(value): cut(text, VALUE_LABEL) for value, text in labelled.items()}


def cut(text: str, most: int) -> str:
    """At most so many bytes, never half a character."""
    return text.encode()[:most].decode(errors="ignore")
