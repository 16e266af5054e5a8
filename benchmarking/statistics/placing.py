"""Where another figure of one indicator would stand on the scale as it is: through the same treatment and normalisation."""

import numpy as np
import pandas as pd

from . import ends, normalisation, treatment
from .problems import StatisticsError

FIXED = "goalposts"  # a scale that no figure moves


def placed(figures, value, recipe, tree):
    """The normalised figure that `value` would have. `figures`: a Series of all units under its code, before treatment.

    `tree`: a hierarchy of this indicator alone. What was done to the figures is done to the value, so nobody else moves; a
    value beyond all figures would stretch the scale itself and is refused, unless the scale hangs on none of them.
    """
    there = figures.dropna()
    code = there.name
    treated = treatment.treat(there.to_frame(), recipe)
    how = treated.table.at[code, "method"]
    if not (recipe.method("normalisation").name == FIXED and how in ("", "untreatable")):
        check(value, there)
        value = turned(value, there, treated.values[code], how, recipe)
    told = pd.concat([treated.values, pd.DataFrame({code: [value]}, index=[None])])
    carried = ends.carried(tree, there.to_frame(), treated.table["method"], recipe)
    return float(normalisation.normalise(told, recipe.method("normalisation"), carried)[code].iloc[-1])


def check(value, there):
    low, high = float(there.min()), float(there.max())
    room = 1e-12 * max(abs(low), abs(high))
    if not low - room <= value <= high + room:
        raise StatisticsError("beyond_figures", value=value, lowest=low, highest=high)


def turned(value, there, treated, how, recipe):
    """What the treatment of the column makes of one more figure between its ends."""
    value = min(max(value, float(there.min())), float(there.max()))
    if how in ends.WAYS:
        return ends.WAYS[how](value, there.to_numpy(float), *recipe.method("treatment").arguments)
    return float(np.clip(value, treated.min(), treated.max()))
