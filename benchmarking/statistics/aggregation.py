"""From indicators to the index, level by level.

Each function takes values (units × children, gaps as NaN) and weights of the children, and gives one number per unit. A
gap is left out and the weights of the others rescaled; a unit with nothing but gaps gets none. Formulas: OECD/JRC Handbook
(2008), section 6.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from .problems import StatisticsError
from .ranking import DIGITS

LEAST_MEAN = 10.0**-DIGITS


def aggregate(normalised, tree, weigh, methods, least=0.0):
    """Scores of every node, indicators first.

    `weigh(parent, children)` gives the weights of the children of a node from the frame of their scores; `methods` one method
    per level; a unit with less than the part `least` of a node's children gets no score there.
    """
    scores = dict(normalised.items())
    for node in tree.aggregates:
        children = pd.DataFrame({code: scores[code] for code in tree.children[node]})
        method = methods[tree.table.at[node, "Level"] - 2]
        scores[node] = node_scores(node, children, weigh(node, children), method, least)
    return pd.DataFrame(scores, index=normalised.index)


def node_scores(node, children, weights, method, least=0.0):
    values, weights = children.to_numpy(float), np.asarray(weights, dtype=float)
    refuse_values(node, children, method)
    refuse_means(node, children, values, weights, method)
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = FUNCTIONS[method.name](values, weights, *method.arguments)
    there = ~np.isnan(values)
    enough = there.any(axis=1) & (there.mean(axis=1) >= least)
    return pd.Series(np.where(enough, scores, np.nan), index=children.index)


def refuse_values(node, children, method):
    """Means by logarithms, reciprocals and powers need figures above 0 (powers above 0 also take 0)."""
    if method.name not in ("gmean", "hmean", "power"):
        return
    takes_zero = method.name == "power" and method.arguments[0] > 0
    wrong = children < 0 if takes_zero else children <= 0
    if wrong.to_numpy().any():
        row, column = np.argwhere(wrong.to_numpy())[0]
        unit, child = children.index[row], children.columns[column]
        value = float(children.iat[row, column])
        raise StatisticsError("not_positive", row=unit, column=child, value=value, node=node, method=method.name)


def refuse_means(node, children, values, weights, method):
    """AMPI divides by each unit's mean: below 0 its penalty would be a reward, and near 0 without bounds."""
    if method.name != "ampi":
        return
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = amean(values, weights)
    if (middle <= LEAST_MEAN).any():
        row = np.flatnonzero(middle <= LEAST_MEAN)[0]
        told = {"row": children.index[row], "column": node, "value": float(round(middle[row], DIGITS))}
        raise StatisticsError("not_positive", **told, node=node, method=method.name)


def shares(values, weights):
    """Weights of each unit's children, 0 at gaps, with sum 1."""
    held = np.where(np.isnan(values), 0.0, weights)
    return held / held.sum(axis=1, keepdims=True)


def amean(values, weights):
    return (shares(values, weights) * np.nan_to_num(values)).sum(axis=1)


def gmean(values, weights):
    return np.exp(amean(np.log(values), weights))


def hmean(values, weights):
    return 1 / amean(1 / values, weights)


def power(values, weights, p):
    return amean(values**p, weights) ** (1 / p)


def median(values, weights):
    """The value where half of the weight lies on either side; the middle of two where it falls between them."""
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    reached = np.take_along_axis(shares(values, weights), order, axis=1).cumsum(axis=1)
    lower = np.take_along_axis(ordered, (reached >= 0.5 - 1e-12).argmax(axis=1)[:, None], axis=1)[:, 0]
    upper = np.take_along_axis(ordered, (reached > 0.5 + 1e-12).argmax(axis=1)[:, None], axis=1)[:, 0]
    return (lower + upper) / 2


def ampi(values, weights, penalty):
    """The mean less (or with `+`, and) its variation: M ∓ S²/M, S of the population (Mazziotta and Pareto 2016)."""
    middle = amean(values, weights)
    variance = amean((values - middle[:, None]) ** 2, weights)
    return middle + (variance if penalty == "+" else -variance) / middle


def copeland(values, weights):
    """Pairs won less pairs lost; a pair is won by whoever is ahead in children of more weight (Munda and Nardo 2009).

    Equal children count for neither; children that one of the two lacks do not count. Figures are compared after rounding.
    """
    balance = np.zeros((len(values), len(values)))
    for column, weight in zip(np.round(values, DIGITS).T, weights, strict=True):
        balance += weight * np.nan_to_num(np.sign(column[:, None] - column))
    settled = np.abs(balance) > 1e-12 * weights.sum()
    return (np.sign(balance) * settled).sum(axis=1)


FUNCTIONS: dict[str, Callable] = {
    "amean": amean,
    "gmean": gmean,
    "hmean": hmean,
    "power": power,
    "median": median,
    "ampi": ampi,
    "copeland": copeland,
}
