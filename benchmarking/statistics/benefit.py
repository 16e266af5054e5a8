"""Benefit of the doubt: every unit is judged by the weights that suit it best (Melyn and Moesen 1991; Cherchye et al. 2007).

For unit r: max Σ w_i I_ri with Σ w_i I_si ≤ 1 for all units s and w ≥ 0. With bounds, L ≤ w_i I_ri / Σ w_j I_rj ≤ U: the
part an indicator may have in the unit's own score. Weights are not unique, so scores and parts are given, not weights.
"""

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from .problems import StatisticsError

EDGE = 1e-9


def scored(normalised, tree, recipe):
    """(scores of nodes, an aggregate's over all indicators below it; mean parts as weights; parts in the index by unit)."""
    if [str(method) for method in recipe.aggregation] != ["amean"]:
        raise StatisticsError("bod_aggregates", step="aggregation", value=",".join(recipe.aggregation))
    low, high = recipe.method("weights").arguments
    scores = dict(normalised.items())
    for node in tree.aggregates:
        scores[node], parts = doubt(normalised[tree.leaves[node]], low, high)
    weights = parts.mean().reindex(tree.indicators)
    for node in tree.aggregates:
        weights[node] = weights[tree.children[node]].sum()
    return pd.DataFrame(scores, index=normalised.index), weights[tree.codes], parts


def doubt(figures, low=0.0, high=1.0):
    """(score of every unit, the part each indicator has in it). Gaps count as nothing achieved, and bounds leave them out."""
    achieved = achieved_of(figures)
    results = [one(achieved, unit, figures.iloc[unit].notna().to_numpy(), low, high) for unit in range(len(achieved))]
    scores = pd.Series([score for score, _parts in results], index=figures.index)
    return scores, pd.DataFrame([parts for _score, parts in results], index=figures.index, columns=figures.columns)


def achieved_of(figures):
    """Figures as parts of the best of each column, which changes no score."""
    refuse_negative(figures)
    achieved = figures.fillna(0).to_numpy(float)
    return achieved / np.where(achieved.max(axis=0) > 0, achieved.max(axis=0), 1)


def changed(before, after, unit, scores, low=0.0, high=1.0):
    """Scores of all units under the figures `after`, in which those of one unit were replaced; `scores` were those before.

    The others are asked again only where their own figures moved, or where somebody may be measured by the unit.
    """
    others = before.index != unit
    if before[others].equals(after[others]) and not (is_a_measure(before, unit) or is_a_measure(after, unit)):
        at = after.index.get_loc(unit)
        own = one(achieved_of(after), at, after.iloc[at].notna().to_numpy(), low, high)[0]
        return scores.where(others, own)
    return doubt(after, low, high)[0]


def is_a_measure(figures, unit):
    """Whether some weights make the unit the best of all; without any, it limits nobody, whatever the bounds."""
    at = figures.index.get_loc(unit)
    return one(achieved_of(figures), at, figures.iloc[at].notna().to_numpy(), 0.0, 1.0)[0] >= 1 - EDGE


def one(achieved, unit, there, low, high):
    own = achieved[unit]
    if not there.any():
        return np.nan, np.full(len(own), np.nan)
    if not own.any():
        return 0.0, np.full(len(own), np.nan)
    limits = [achieved, *bounds(own, there & (own > 0), low, high)]
    right = np.concatenate([np.ones(len(achieved)), np.zeros(sum(map(len, limits[1:])))])
    found = linprog(
        -own, A_ub=np.vstack(limits), b_ub=right, bounds=(0, None), method="highs-ds", options={"presolve": False}
    )
    if not found.success:
        raise StatisticsError("bod_unsolved", row=unit, value=found.message)
    return float(-found.fun), found.x * own / -found.fun + 0.0


def bounds(own, there, low, high):
    """Rows for the bounds on parts; bounds that so few indicators cannot meet give way to equal parts."""
    count = there.sum()
    low, high = min(low, 1 / count), max(high, 1 / count)
    parts = np.diag(own)[there]
    least = [low * own - parts] if low > 0 else []
    most = [parts - high * own] if high < 1 else []
    return least + most


def refuse_negative(figures):
    if (figures < 0).to_numpy().any():
        code = figures.columns[(figures < 0).any()][0]
        unit = figures[code].idxmin()
        raise StatisticsError(
            "not_positive", row=unit, column=code, value=float(figures.at[unit, code]), node="", method="bod"
        )
