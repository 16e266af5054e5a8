"""Several rows for one cell: said once if they say the same, today's code before a former one, and otherwise a problem."""

from typing import Any

import numpy as np
import pandas as pd

from .problems import Problems

CELL = ["indicator", "area", "year"]
TOLD = 20


def settle(
    cells: pd.DataFrame,
    beside: pd.DataFrame,
    dims: list[str],
    area: str,
    problems: Problems,
    notes: list[dict[str, Any]],
) -> pd.DataFrame:
    """`beside` are the rows of the file; `dims` the columns that may tell the rows of one cell apart."""
    several = doubled(cells)
    if not several.any():
        return cells
    cells = cells.assign(former=cells["provenance"] == "recoded")
    ordered = cells[several].sort_values("former", kind="stable")
    own = ordered.loc[~ordered.set_index(CELL).index.duplicated() | ~ordered["former"].to_numpy()]
    dropped = ordered.index.difference(own.index)
    if len(dropped):
        notes.append({"code": "former_code_left_out", "told": {"count": len(dropped)}})
        cells, beside = cells.drop(index=dropped), beside.drop(index=dropped)
    cells = cells.drop(columns="former")
    same = cells.duplicated([*CELL, "value", "flag"]).to_numpy()
    if same.any():
        notes.append({"code": "said_twice", "told": {"count": int(same.sum())}})
        cells, beside = cells[~same], beside[~same]
    if (wrong := doubled(cells)).any():
        tell(cells[wrong], beside[wrong], dims, area, problems)
    return cells.reset_index(drop=True)


def doubled(cells: pd.DataFrame) -> np.ndarray:
    """Whether a row shares its cell, by one number for each cell: quicker than comparing texts."""
    number = np.zeros(len(cells), dtype="i8")
    for name in CELL:
        places, words = pd.factorize(cells[name])
        number = number * len(words) + places
    return pd.Series(number).duplicated(keep=False).to_numpy()


def tell(cells: pd.DataFrame, beside: pd.DataFrame, dims: list[str], area: str, problems: Problems) -> None:
    groups: list[Any] = list(cells.groupby(CELL, sort=False).indices.items())
    rows = []
    for (indicator, code, year), places in groups[:TOLD]:
        found = beside.iloc[places]
        differing = [name for name in dims if found[name].nunique() > 1]
        told = {
            "indicator": str(indicator),
            "area": str(code),
            "year": int(year),
            "values": " / ".join(said(value) for value in cells["value"].iloc[places][:4]),
            "rows": ", ".join(str(row) for row in found["_row"][:4]),
            "columns": ", ".join(differing or ([area] if found[area].nunique() > 1 else [])),
        }
        rows.append((int(found["_row"].iloc[0]), str(found["_column"].iloc[0]), told))
    problems.add("two_values", rows, len(groups))


def said(value: float) -> str:
    return ":" if np.isnan(value) else f"{value:g}"
