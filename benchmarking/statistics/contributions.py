"""What every indicator adds to the index of every unit, as far as that can be said."""

import numpy as np
import pandas as pd

from . import aggregation
from .problems import StatisticsError

ADDS, LOST, NONE = "adds", "lost", "none"


def contributed(found):
    """(units × indicators or None, how to read it) of a Composite.

    `adds`: parts that sum to the index, under arithmetic means (the weights of what is missing go to what is there) and under
    benefit of the doubt. `lost`: under other means, what the index of a unit loses when the indicator falls to the lowest
    normalised figure of all, weights staying as they are; these do not sum to the index. `none`: where units are judged
    pair by pair, or a mean refuses what such a fall would leave, no indicator has a part of its own.
    """
    names = {method.name for method in found.recipe.aggregators(found.hierarchy.depth)}
    if found.shares is not None:
        return found.shares.mul(found.scores[found.hierarchy.root], axis=0)[found.hierarchy.indicators], ADDS
    if names == {"amean"}:
        return added(found), ADDS
    if "copeland" in names:
        return None, NONE
    try:
        return lost(found), LOST
    except StatisticsError:  # a mean that cannot take what the lowest figure would make of it
        return None, NONE


def added(found):
    tree, weights, there = found.hierarchy, found.weights["Weight"], found.scores.notna()
    parts = {tree.root: there[tree.root].astype(float)}
    for parent in reversed(tree.aggregates):
        children = tree.children[parent]
        held = there[children] * weights[children].to_numpy(float)
        total = held.sum(axis=1)
        for code in children:
            parts[code] = parts[parent] * held[code] / total.where(total > 0)
    return found.normalised * pd.DataFrame({code: parts[code] for code in tree.indicators})


def lost(found):
    tree, methods = found.hierarchy, found.recipe.aggregators(found.hierarchy.depth)
    weights, score = found.weights["Weight"], found.scores[tree.root]

    def weigh(parent, children):
        return weights[children.columns].to_numpy(float)

    falls = {}
    for code in tree.indicators:
        fallen = found.normalised.copy()
        fallen[code] = np.where(fallen[code].isna(), np.nan, fallen[code].min())
        falls[code] = score - aggregation.aggregate(fallen, tree, weigh, methods, found.recipe.node_coverage)[tree.root]
    return pd.DataFrame(falls).where(found.normalised.notna())
