"""Facts and tables."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.timezone import template_localtime

from platform_core.ground.registry.kinds import Words

from .library import component
from .markup import esc, html


@component
def fact_list(*, facts: Sequence[tuple[Words, Any]]) -> dict[str, Any]:
    return {}


@component
def data_table(
    *,
    caption: Words,
    head: Sequence[Words],
    rows: Sequence[Sequence[Any]],
    numeric: Sequence[int] | None = None,
    titled: bool = False,
) -> dict[str, Any]:
    """The first cell of a row names it; `numeric` lists columns, counted from 0, that hold numbers.

    A table that is `titled` by a heading above it with the same words shows them once.
    """
    figures = set(numeric or ())
    columns = [(cell(words), ' class="figure"' if index in figures else "") for index, words in enumerate(head)]
    return {
        "heads": html(*(f'<th scope="col" role="columnheader"{look}>{words}</th>' for words, look in columns)),
        "lines": html(*(table_row(columns, row) for row in rows)),
    }


def table_row(columns: Sequence[tuple[str, str]], row: Sequence[Any]) -> str:
    """Drawn in Python: tables of figures have hundreds of cells."""
    (words, look), first = columns[0], row[0]
    found = [f'<th scope="row" role="rowheader" data-label="{words}"{look}>{cell(first)}</th>']
    found += [
        f'<td role="cell" data-label="{words}"{look}>{cell(value)}</td>'
        for (words, look), value in zip(columns[1:], row[1:], strict=True)
    ]
    return f'<tr role="row">{"".join(found)}</tr>'


def cell(value: Any) -> str:
    """As a template would print it."""
    return escape(value) if type(value) is str else esc(localize(template_localtime(value)))


@component
def cross_table(
    *, title: Words, columns: Sequence[Words], rows: Sequence[Mapping[str, Any]], base: Words = "", note: Words = ""
) -> dict[str, Any]:
    """`share`, in percent, tints a cell; the text is what counts, and lines of `more` stand below it.

    A row that `is_heading` names those after it.
    """
    lines = [{**row, "cells": [{**cell, "shade": tint(cell)} for cell in row["cells"]]} for row in rows]
    return {
        "lines": lines,
        "width": 1 + len(columns) + any(row.get("total") is not None for row in rows),
        "with_totals": any(row.get("total") is not None for row in rows),
        "with_withheld": any(cell.get("suppressed") for row in rows for cell in row["cells"]),
    }


def tint(cell: Mapping[str, Any]) -> int:
    share = cell.get("share")
    return 0 if share is None or cell.get("suppressed") else min(4, int(share // 20))
