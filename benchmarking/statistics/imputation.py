"""Puts plausible values where figures are missing. What cannot be told from the others stays missing."""

import pandas as pd

from .problems import StatisticsError


def impute(figures, method, tree, groups):
    """`groups`: a frame with the column a method by groups names, units as rows. `linear` happened before: see `panel`."""
    if method.name in ("none", "linear"):
        return figures
    if method.name == "within_aggregate":
        return within_aggregate(figures, tree)
    middle = method.name.removesuffix("_group")
    if not method.arguments:
        return figures.fillna(getattr(figures, middle)())
    return by_group(figures, middle, group_of(groups, method.arguments[0]))


def group_of(groups, column):
    if column not in groups:
        raise StatisticsError("unknown_group", table="data", column=column)
    told = groups[column].astype(object)
    return told.where(told.notna() & (told.astype(str).str.strip() != ""))


def by_group(figures, middle, group):
    """Units of no group, and groups where nobody has a value, keep their gaps."""
    if group.isna().all():
        raise StatisticsError("empty_group", table="data", column=group.name)
    return figures.fillna(figures.groupby(group).transform(middle))


def within_aggregate(figures, tree):
    """A unit's gap is filled with what it reaches on average in the other indicators of the same aggregate.

    Averages are taken of figures brought to 0–1 with their direction, and brought back to the indicator's own scale.
    """
    direction = pd.Series(tree.directions, index=tree.indicators)
    turned = figures * direction
    lowest, width = turned.min(), turned.max() - turned.min()
    scaled = (turned - lowest) / width
    parents = tree.table.loc[tree.indicators, "Parent"]
    means = scaled.T.groupby(parents).transform("mean").T
    return figures.fillna((means * width + lowest) * direction)
