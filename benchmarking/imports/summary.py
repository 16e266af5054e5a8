"""What was found in a file, as its importer is shown it."""

from typing import Any

from .guessing import YEAR_COLUMN
from .reading import Found
from .tables import Table

SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_WORDS, SHOWN_LIST, OFFERED = 8, 14, 60, 40, 300


def table_told(table: Table, options: dict[str, Any]) -> dict[str, Any]:
    frame = table.frame
    columns = [str(name) for name in frame.columns]
    return {
        "format": table.format,
        "rows": len(frame),
        "columns": [name for name in columns if not YEAR_COLUMN.match(name)][:OFFERED],
        "sheets": table.sheets[:SHOWN_WORDS],
        "sample": {
            "head": columns[:SHOWN_COLUMNS],
            "rows": [
                [str(number), *(str(cell)[:40] for cell in row[:SHOWN_COLUMNS])]
                for number, row in zip(table.rows, frame.head(SHOWN_ROWS).itertuples(index=False), strict=False)
            ],
        },
        "options": options,
    }


def summary(found: Found) -> dict[str, Any]:
    cells = found.cells
    flags = cells.loc[cells["flag"] != "", "flag"].value_counts()
    return table_told(found.table, found.options) | {
        "cells": len(cells),
        "values": int(cells["value"].notna().sum()),
        "areas": int(cells["area"].nunique()),
        "indicators": sorted(map(str, cells["indicator"].unique()))[:SHOWN_LIST],
        "indicator_count": int(cells["indicator"].nunique()),
        "years": [int(cells["year"].min()), int(cells["year"].max())] if len(cells) else [],
        "flags": {str(flag): int(count) for flag, count in flags.head(SHOWN_LIST).items()},
        "problems": found.problems.stored(),
        "notes": found.notes,
        "vintage": found.recoding.vintage,
        "fits": {str(year): count for year, count in found.recoding.fits.items()},
        "asked": dict(list(found.asked.items())[:SHOWN_LIST]),
        "asked_count": len(found.asked),
        "dimensions": {name: words[:OFFERED] for name, words in found.dimensions.items()},
    }
