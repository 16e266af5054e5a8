"""Facts and tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from platform_core.ground.registry.kinds import Words

from .library import component


@component
def fact_list(*, facts: Sequence[tuple[Words, Any]]) -> dict[str, Any]:
    return {}


@component
def data_table(
    *, caption: Words, head: Sequence[Words], rows: Sequence[Sequence[Any]], numeric: Sequence[int] | None = None
) -> dict[str, Any]:
    """The first cell of a row names it; `numeric` lists columns, counted from 0, that hold numbers."""
    figures = set(numeric or ())
    columns = [(words, index in figures) for index, words in enumerate(head)]
    return {
        "columns": columns,
        "lines": [[(*column, cell) for column, cell in zip(columns, row, strict=True)] for row in rows],
    }


@component
def cross_table(
    *, title: Words, columns: Sequence[Words], rows: Sequence[Mapping[str, Any]], base: Words = "", note: Words = ""
) -> dict[str, Any]:
    """`share`, in percent, tints a cell; the text is what counts."""
    lines = [{**row, "cells": [{**cell, "shade": tint(cell)} for cell in row["cells"]]} for row in rows]
    return {
        "lines": lines,
        "with_totals": any(row.get("total") is not None for row in rows),
        "with_withheld": any(cell.get("suppressed") for row in rows for cell in row["cells"]),
    }


def tint(cell: Mapping[str, Any]) -> int:
    share = cell.get("share")
    return 0 if share is None or cell.get("suppressed") else min(4, int(share // 20))
