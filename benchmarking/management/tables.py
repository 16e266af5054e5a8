"""Tables for the commands of analysts, read strictly: what does not fit is named by file, row and column."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from django.core.management import CommandError

MISSING = {"", "NA", "NaN", "nan", "N/A", "null", "NULL"}
CODES = {"uCode", "iCode", "set", "weight_set", "person"}  # “NA” may be one
TEXTS = {"uName", "iName", "Parent", "Denominator", "Type", "Unit", "run", "winmax", "normalisation", "aggregation"}
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Table:
    """`frame` has the lines of the file as its index; columns in which everything is a number are numbers, gaps are NaN."""

    path: Path
    frame: pd.DataFrame

    def under(self, column):
        """The rows under the codes of a column instead of their lines."""
        self.need(column)
        codes = self.frame[column]
        if codes.isna().any():
            self.refuse("the code is missing", codes.index[codes.isna()][0], column)
        return self.frame.set_index(codes.astype(str).rename(column)).drop(columns=column)

    def need(self, *columns):
        for column in columns:
            if column not in self.frame:
                self.refuse("the column is missing", 1, column)

    def line(self, column, code):
        """The line on which a code stands, or None."""
        if column not in self.frame:
            return None
        found = self.frame.index[self.frame[column].astype(str) == str(code)]
        return int(found[0]) if len(found) else None

    def code(self, column, line):
        """The code on a line, or None."""
        return self.frame.at[line, column] if column in self.frame and line in self.frame.index else None

    def refuse(self, sentence, row=None, column=None):
        raise CommandError(f"{located(self.path, row, column)}: {sentence}.")


def located(path, row=None, column=None):
    parts = [str(path), f"row {row}" if row is not None else "", f"column {column}" if column is not None else ""]
    return ", ".join(part for part in parts if part)


def read(path):
    """A CSV file in UTF-8 with commas; cells are stripped of the spaces around them."""
    path = Path(path)
    rows = cells(path)
    names = header(path, rows)
    for line, row in rows[1:]:
        if len(row) != len(names):
            raise CommandError(f"{located(path, line)}: {len(row)} cells where the first row has {len(names)}.")
    frame = pd.DataFrame(
        [row for _line, row in rows[1:]], columns=names, index=[line for line, _row in rows[1:]], dtype=object
    )
    return Table(path, frame.apply(typed))


def cells(path):
    """(line, stripped cells) of every row that is not empty."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            refuse_separators(path, file.readline())
            file.seek(0)
            reader = csv.reader(file, strict=True, skipinitialspace=True)
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not a text file in UTF-8.") from error
    except csv.Error as error:
        raise CommandError(f"{located(path, reader.line_num)}: {error}.") from error
    if len(rows) < 2:
        raise CommandError(f"{path} has no rows below its first one.")
    return rows


def header(path, rows):
    names = rows[0][1]
    for position, name in enumerate(names):
        if name == "":
            raise CommandError(f"{located(path, 1)}: cell {position + 1} has no name of a column.")
        if names.index(name) != position:
            raise CommandError(f"{located(path, 1, name)}: the column is there twice.")
    return names


def refuse_separators(path, first):
    """Files of other programs: semicolons where the comma is that of decimals, tabs."""
    found = next((name for mark, name in SEPARATORS.items() if mark in first and "," not in first), None)
    if found:
        raise CommandError(f"{located(path, 1)}: the file seems to be separated by {found}, not by commas.")


def typed(column):
    """Numbers, rounded as Python reads them, where every cell that is not missing is one; otherwise texts."""
    there = ~column.isin({""} if column.name in CODES else MISSING)
    if column.name in CODES | TEXTS or not column[there].map(lambda cell: bool(NUMBER.fullmatch(cell))).all():
        return column.where(there, np.nan)
    return column.where(there, "nan").astype(float)
