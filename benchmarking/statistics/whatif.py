"""What if one unit had other figures: its score, its rank, and which change did how much."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import benefit, composite, ranking, treatment
from .hierarchy import Hierarchy
from .problems import StatisticsError
from .recipe import Recipe


@dataclass(frozen=True)
class Slider:
    """One indicator of one unit: `value` is where it stands on the scale, from `low` to `high` of all units there."""

    indicator: str
    value: float
    low: float
    high: float
    weight: float


@dataclass(frozen=True)
class WhatIf:
    """`before`, `after`: Score and Rank of the unit at every node. `steps`: a row per changed indicator: From, To,
    Alone (what this change does to the index by itself). `together`: what all do; `joint`: what is left of it
    beyond the sum of Alone.
    """

    unit: str
    before: pd.DataFrame
    after: pd.DataFrame
    steps: pd.DataFrame
    together: float
    joint: float


@dataclass(frozen=True)
class Stored:
    """What is kept of a composite: `figures` of the indicators asked about, filled and not yet treated; `normalised` of all
    indicators, and the `index`. Rows are the units that were not left out."""

    figures: pd.DataFrame
    normalised: pd.DataFrame
    index: pd.Series
    tree: Hierarchy
    recipe: Recipe


def index_changed(kept, unit, values):
    """The index of every unit when some figures of one are replaced and what hangs on them is done again, as the recipe says.

    Treatment, scale, weights that are found in figures, and aggregation; gaps stay filled as they are.
    """
    check(kept, unit, values)
    if not values:
        return kept.index
    normalised = rescaled(kept, unit, values)
    tree, recipe = kept.tree, kept.recipe
    if recipe.method("weights").name != "bod":
        return composite.scored(normalised, tree, recipe)[0][tree.root]
    leaves = tree.leaves[tree.root]
    return benefit.changed(
        kept.normalised[leaves], normalised[leaves], unit, kept.index, *recipe.method("weights").arguments
    )


def rescaled(kept, unit, values):
    """Columns are treated and scaled by themselves, so only those with another figure move."""
    codes = [code for code in kept.tree.indicators if code in values]
    figures = kept.figures.loc[kept.normalised.index, codes].copy()
    figures.loc[unit, codes] = [values[code] for code in codes]
    part = kept.tree.without(set(kept.tree.indicators) - set(codes))
    again = composite.scaled(figures, treatment.treat(figures, kept.recipe), kept.recipe, part)
    return kept.normalised.assign(**{code: again[code] for code in codes})


def sliders(found, unit, raw=True):
    """The sliders of a unit of a Composite, of raw (denominated) or of normalised figures."""
    figures = found.imputed if raw else found.normalised
    if unit not in found.normalised.index:
        raise StatisticsError("unknown_unit", table="data", value=unit)
    shown = figures.loc[found.normalised.index, found.hierarchy.indicators]
    ends = pd.DataFrame({"value": shown.loc[unit], "low": shown.min(), "high": shown.max()})
    ends["weight"] = found.weights["EffWeight"]
    return [Slider(code, *map(float, row)) for code, row in zip(ends.index, ends.to_numpy(), strict=True)]


def normalised_changed(found, unit, values):
    """Normalised figures are moved on the scale as it stands: no other unit changes."""
    check(found, unit, values)
    return told(found, unit, values, lambda some: moved(found, unit, some), found.normalised)


def raw_changed(found, unit, values):
    """Denominated figures are replaced and everything after them is done again, as the recipe says: treatment and scale
    may move for everybody. Units that were left out stay so."""
    check(found, unit, values)
    return told(found, unit, values, lambda some: rebuilt(found, unit, some), found.imputed)


def check(found, unit, values):
    if unit not in found.normalised.index:
        raise StatisticsError("unknown_unit", table="data", value=unit)
    for code, value in values.items():
        if code not in found.normalised:
            raise StatisticsError("unknown_code", column=code, value=code)
        if not np.isfinite(value):
            raise StatisticsError("not_a_number", row=unit, column=code, value=value)


def moved(found, unit, values):
    figures = found.normalised.copy()
    figures.loc[unit, list(values)] = list(values.values())
    return weighed(figures, found)


def rebuilt(found, unit, values):
    figures = found.imputed.loc[found.normalised.index].copy()
    figures.loc[unit, list(values)] = list(values.values())
    treated = treatment.treat(figures, found.recipe)
    return weighed(composite.scaled(figures, treated, found.recipe, found.hierarchy), found)


def weighed(figures, found):
    scores = composite.scored(figures, found.hierarchy, found.recipe)[0]
    return scores, ranking.ranks(scores)


def told(found, unit, values, again, figures):
    before, after = standing(found.scores, found.ranks, unit), standing(*again(values), unit)
    root = found.hierarchy.root
    alone = [again({code: value})[0].at[unit, root] - before.at[root, "Score"] for code, value in values.items()]
    steps = pd.DataFrame(
        {"From": figures.loc[unit, list(values)].to_numpy(float), "To": list(values.values()), "Alone": alone},
        index=pd.Index(list(values), name="iCode"),
    )
    together = float(after.at[root, "Score"] - before.at[root, "Score"])
    return WhatIf(unit, before, after, steps, together, together - float(steps["Alone"].sum()))


def standing(scores, ranks, unit):
    return pd.DataFrame({"Score": scores.loc[unit], "Rank": ranks.loc[unit]})
