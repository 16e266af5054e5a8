"""Figures of a number question."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class NumberFigures:
    base: int
    mean: float | None = None
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None
    minimum: float | None = None
    maximum: float | None = None


def describe(values, threshold=1):
    """Figures in the unit of the answers. A figure is None unless `threshold` answers stand behind it.

    That is: that many answers for the mean, in each half for the median, in each quarter for the quartiles, and that
    many answers equal to an extreme, which else would be the figure of a few respondents.
    """
    given = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
    given = np.sort(given[~np.isnan(given)])
    base = len(given)
    if base < threshold or base == 0:
        return NumberFigures(base)
    lower, median, upper = np.quantile(given, [0.25, 0.5, 0.75]).tolist()
    halves, quarters = base >= 2 * threshold, base >= 4 * threshold
    return NumberFigures(
        base=base,
        mean=float(given.mean()),
        lower_quartile=lower if quarters else None,
        median=median if halves else None,
        upper_quartile=upper if quarters else None,
        minimum=float(given[0]) if given[threshold - 1] == given[0] else None,
        maximum=float(given[-1]) if given[-threshold] == given[-1] else None,
    )
