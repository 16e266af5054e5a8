"""Workbooks (XLSX): what a sheet says of its size is not believed, formulas are read as the value last stored."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from .opening import BROKEN
from .problems import UnreadableError
from .tables import MOST_CELLS, Table, categorical

MOST_COLUMNS = 500
MOST_EMPTY = 1000  # empty rows one after another that end a sheet
FORMULA = "="


def read(content: bytes, options: dict | None = None) -> Table:
    names, rows, sheet = rows_of_sheet(content, (options or {}).get("sheet", ""), formulas=False)
    if len(rows) < 2:
        raise UnreadableError("no_rows")
    place = next((place for place, (_number, row) in enumerate(rows) if sum(map(bool, row)) > 1), 0)
    head = [text.strip() for text in rows[place][1]]
    while head and not head[-1]:
        head.pop()
    if len(head) < 2 or len(rows) == place + 1:
        raise UnreadableError("no_rows")
    columns = [name or get_column_letter(number) for number, name in enumerate(head, 1)]
    if len(set(columns)) < len(columns):
        raise UnreadableError("column_twice", column=next(name for name in columns if columns.count(name) > 1))
    below = rows[place + 1 :]
    frame = pd.DataFrame(
        {
            name: categorical([row[number] if number < len(row) else "" for _row, row in below])
            for number, name in enumerate(columns)
        }
    )
    numbers = np.array([number for number, _row in below])
    return Table("xlsx", frame, numbers, sheets=names, notes=formulas_in(content, sheet, below))


def rows_of_sheet(content: bytes, sheet: str, *, formulas: bool) -> tuple[list[str], list[tuple[int, list[str]]], str]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=not formulas, keep_links=False)
    except (*BROKEN, InvalidFileException, SyntaxError) as problem:
        raise UnreadableError("damaged_workbook") from problem
    try:
        found = {one.title: one for one in book.worksheets}
        if not found:
            raise UnreadableError("no_rows")
        for name in [sheet] if sheet in found else found:
            rows = list(rows_in(found[name]))
            if len(rows) > 1 or sheet:
                return list(found), rows, name
        raise UnreadableError("no_rows")
    except (*BROKEN, SyntaxError) as problem:
        raise UnreadableError("damaged_workbook") from problem
    finally:
        book.close()


def rows_in(sheet) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    empty = taken = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        told = [cell_text(cell) for cell in row]
        if not any(told):
            empty += 1
            if empty > MOST_EMPTY:
                return
            continue
        empty, taken = 0, taken + len(told)
        if taken > MOST_CELLS:
            raise UnreadableError("too_many_cells", most=MOST_CELLS)
        yield number, told


def cell_text(value: Any) -> str:
    """Whole numbers without a point, days as the year they begin when it is the first of January."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value).strip()


def formulas_in(content: bytes, sheet: str, below: list[tuple[int, list[str]]]) -> list[dict]:
    """Formulas without a stored value cannot be read, and are named; the others are counted."""
    _names, rows, _sheet = rows_of_sheet(content, sheet, formulas=True)
    values, read_ones, empty = dict(below), 0, []
    for number, row in rows:
        for place, text in enumerate(row):
            if text.startswith(FORMULA) and number in values:
                held = values[number][place] if place < len(values[number]) else ""
                read_ones += bool(held)
                if not held:
                    empty.append(f"{get_column_letter(place + 1)}{number}")
    if empty:
        raise UnreadableError("formulas_without_value", cells=", ".join(empty[:5]), count=len(empty))
    return [{"code": "formulas_read", "told": {"count": read_ones}}] if read_ones else []
