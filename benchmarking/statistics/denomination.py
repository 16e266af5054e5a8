"""Figures of the indicators as numbers, divided by what the metadata names as their denominator."""

import numpy as np
import pandas as pd

from .problems import StatisticsError


def denominate(data, tree):
    """Indicators over their denominators (the column Denominator of the metadata); a missing denominator leaves a gap."""
    if data.index.has_duplicates:
        raise StatisticsError("duplicate_unit", table="data", row=data.index[data.index.duplicated()][0])
    return over(data, tree)


def over(data, tree):
    """The same for rows of which several may be of one unit, as in figures of several years."""
    figures = floats(data, tree.indicators)
    if figures is None:
        figures = pd.concat([numbers(data, code) for code in tree.indicators], axis=1)
    for name, codes in named(tree).items():
        if name not in data:
            place = {"table": "metadata", "row": codes[0], "column": "Denominator"}
            raise StatisticsError("unknown_denominator", value=name, **place)
        divisor = numbers(data, name)
        refuse_zero(figures[codes], divisor)
        figures[codes] = figures[codes].div(divisor, axis=0)
    return figures


def floats(data, codes):
    """Columns that are finite floats already need no reading one by one; None where some are not."""
    if not data.columns.is_unique or data.columns.isin(codes).sum() != len(codes):
        return None
    found = data[codes]
    if any(kind.kind != "f" for kind in found.dtypes) or np.isinf(found.to_numpy()).any():
        return None
    return found.astype(float)


def refuse_zero(figures, divisor):
    empty = (figures.notna().any(axis=1) & (divisor == 0)).to_numpy()
    if empty.any():
        row = figures.index[empty][0]
        raise StatisticsError("zero_denominator", table="data", row=row, column=divisor.name, value=figures.columns[0])


def named(tree):
    """The codes each denominator divides."""
    if "Denominator" not in tree.table:
        return {}
    told = tree.table.loc[tree.indicators, "Denominator"].dropna().astype(str).str.strip()
    return {name: list(codes.index) for name, codes in told[told != ""].groupby(told, sort=False)}


def numbers(data, column):
    """A column as floats; what is no number is refused by its row."""
    if column not in data:
        raise StatisticsError("missing_indicator", table="data", column=column)
    found = pd.to_numeric(data[column], errors="coerce").astype(float)
    wrong = ((found.isna() & data[column].notna()) | np.isinf(found)).to_numpy()
    if wrong.any():
        at = wrong.argmax()
        place = {"table": "data", "row": data.index[at], "column": column}
        raise StatisticsError("no_number", value=data[column].iloc[at], **place)
    return found
