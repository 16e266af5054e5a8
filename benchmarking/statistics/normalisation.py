"""Brings indicators to one scale, so that they can be put together.

Directions come first: an indicator of which less is better is multiplied by −1, as in COINr, and then like the others.
Missing values stay missing. Formulas: OECD/JRC, Handbook on Constructing Composite Indicators (2008), section 5.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from .coverage import refuse_empty
from .problems import StatisticsError


def normalise(figures, method, tree):
    """A frame like `figures`. `tree` gives the directions and, for targets and goalposts, the columns of the metadata."""
    refuse_empty(figures)
    turned = figures * tree.directions
    return METHODS[method.name](turned, tree, *method.arguments)


def spread(width, code="constant"):
    """The divisor, refused where it is 0: nothing can be said of a constant."""
    if (width == 0).any():
        raise StatisticsError(code, table="data", column=width.index[width == 0][0])
    return width


def unchanged(x, tree):
    return x


def minmax(x, tree, low, high):
    return (x - x.min()) / spread(x.max() - x.min()) * (high - low) + low


def scaled(x, tree, low, high, factor):
    """Between two figures that are the same for all indicators, not cut off; a direction of −1 turns both."""
    ends = np.where(tree.directions > 0, [[low], [high]], [[-high], [-low]])
    return (x - ends[0]) / (ends[1] - ends[0]) * factor


def zscore(x, tree, mean, deviation):
    """With the standard deviation of a sample (n − 1)."""
    constant = (x.max() == x.min()) | (x.count() < 2)
    return (x - x.mean()) / spread(x.std().mask(constant, 0)) * deviation + mean


def rank(x, tree):
    """Ascending: the worst is 1; ties take the smallest."""
    return x.rank(method="min")


def percentile(x, tree):
    return borda(x, tree) / spread(x.count() - 1)


def borda(x, tree):
    return rank(x, tree) - 1


def distance_to_max(x, tree):
    return 1 - (x.max() - x) / spread(x.max() - x.min())


def distance_to_target(x, tree, cap=""):
    """0 at the worst, 1 at the target of the metadata; beyond the target more than 1, unless it is capped."""
    target = told(tree, "Target") * tree.directions
    return capped((x - x.min()) / spread(target - x.min(), "target_is_worst"), cap)


def distance_to_reference(x, tree, unit, cap=""):
    """0 at the worst, 1 at a unit that all are compared with."""
    if unit not in x.index:
        raise StatisticsError("unknown_unit", table="data", value=unit)
    reference = x.loc[unit]
    if reference.isna().any():
        raise StatisticsError("reference_missing", table="data", row=unit, column=reference.index[reference.isna()][0])
    return capped(1 - (reference - x) / spread(reference - x.min(), "reference_is_worst"), cap)


def fraction_of_max(x, tree):
    """Of figures with their direction turned, as in COINr: see `reversed_fractions`."""
    return x / spread(x.max(), "maximum_is_zero")


def reversed_fractions(tree):
    """Indicators whose fraction of the maximum grows as they get worse: where less is better, −x / max(−x) = x / min(x)."""
    return [code for code, direction in zip(tree.indicators, tree.directions, strict=True) if direction < 0]


def goalposts(x, tree):
    """Between the columns goalpost_lower and goalpost_upper of the metadata, cut off there, times goalpost_scale.

    Without goalpost_scale it is 1; goalpost_trunc2posts FALSE does not cut off. Names are those of COINr.
    """
    lower, upper = told(tree, "goalpost_lower"), told(tree, "goalpost_upper")
    positive = tree.directions > 0
    ends = lower.where(positive, -upper), upper.where(positive, -lower)
    y = (x - ends[0]) / spread(ends[1] - ends[0], "goalposts_equal")
    cut = truth(tree, "goalpost_trunc2posts")
    y = y.clip(cut.map({True: 0.0, False: -np.inf}), cut.map({True: 1.0, False: np.inf}), axis=1)
    return y * tree.column("goalpost_scale").fillna(1)


def truth(tree, name):
    """A column of yes and no: TRUE where nothing is told."""
    if name not in tree.table:
        return pd.Series(True, index=tree.indicators)
    return ~tree.table.loc[tree.indicators, name].astype(str).str.strip().str.upper().isin(
        ["FALSE", "F", "0", "0.0", "NO"]
    )


def told(tree, name):
    """A column of the metadata that every indicator needs."""
    found = tree.column(name)
    if found.isna().any():
        raise StatisticsError("needs_column", table="metadata", row=found.index[found.isna()][0], column=name)
    return found


def capped(values, cap):
    return values.clip(upper=1) if cap else values


METHODS: dict[str, Callable] = {
    "none": unchanged,
    "minmax": minmax,
    "scaled": scaled,
    "zscore": zscore,
    "rank": rank,
    "percentile": percentile,
    "borda": borda,
    "distance_to_max": distance_to_max,
    "distance_to_target": distance_to_target,
    "distance_to_reference": distance_to_reference,
    "fraction_of_max": fraction_of_max,
    "goalposts": goalposts,
}
