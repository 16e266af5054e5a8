"""Targets and goalposts of indicators whose figures became logarithms or powers: what is compared stands on one scale."""

import numpy as np
from scipy import stats

from .hierarchy import Hierarchy
from .problems import StatisticsError
from .treatment import lifted, likeliest

COLUMNS = {"distance_to_target": ("Target",), "goalposts": ("goalpost_lower", "goalpost_upper")}


def carried(tree, figures, how, recipe):
    """The tree with the ends of the recipe's scale turned as `how` says of every indicator; `figures`: before treatment."""
    names = COLUMNS.get(recipe.method("normalisation").name, ())
    turned = [code for code in tree.indicators if how[code] in WAYS]
    if recipe.ends == "raw" or not names or not turned:
        return tree
    table = tree.table.copy()
    for name in names:
        table[name] = tree.column(name).reindex(table.index)
        for code in turned:
            before = figures[code].to_numpy(float)
            table.loc[code, name] = one(table.at[code, name], before[~np.isnan(before)], how[code], recipe, code, name)
    return Hierarchy(table)


def one(end, there, how, recipe, code, name):
    """An end as the figures that are there became; what lies so far below them that it has none is refused."""
    if np.isnan(end):
        return end
    found = WAYS[how](end, there, *recipe.method("treatment").arguments)
    if np.isfinite(found):
        return found
    raise StatisticsError(
        "end_below", table="metadata", row=code, column=name, value=f"{end:g}", lowest=f"{there.min():g}"
    )


def logarithm(end, there, *_points):
    inner = lifted(end, there.min(), there.max())
    return np.log(inner) if inner > 0 else np.nan


def boxcox(end, there, power=None):
    shifted = end - there.min() + 1
    if shifted <= 0:
        return np.nan
    return float(stats.boxcox(np.array([shifted]), likeliest(there - there.min() + 1, power))[0])


WAYS = {"log": logarithm, "boxcox": boxcox}
