"""Weights of the nodes among their siblings: given, equal, or found in the figures. They need not sum to 1."""

import numpy as np
import pandas as pd

from . import influence
from .problems import StatisticsError, several


class Weigher:
    """Gives `aggregation.aggregate` its weights from the indicators up; `found` holds them by code."""

    def __init__(self, recipe, tree, normalised):
        self.tree, self.method = tree, recipe.method("weights").name
        self.aggregators = recipe.aggregators(tree.depth)
        self.found = started(recipe, tree, normalised)
        refuse_weights(self.found, tree)

    def __call__(self, parent, children):
        if self.method == "optimised":
            method = self.aggregators[self.tree.table.at[parent, "Level"] - 2]
            self.found[children.columns] = influence.balanced(children, method)
        return self.found[children.columns].to_numpy()


def started(recipe, tree, normalised):
    method = recipe.method("weights").name
    if method == "equal":
        return pd.Series(1.0, index=tree.codes)
    weights = tree.weights.copy()
    if method == "given":
        return given(recipe.given, weights)
    if method in ("pca", "entropy"):
        weights[tree.indicators] = {"pca": pca, "entropy": entropy}[method](normalised, tree)
    return weights


def given(pairs, weights):
    """Nodes that no weight is given for keep their own; codes of other trees are refused."""
    for code, weight in pairs:
        if code not in weights.index:
            raise StatisticsError("unknown_code", table="weights", row=code, column="iCode", value=code)
        weights[code] = weight
    return weights


def refuse_weights(weights, tree):
    wrong = ~np.isfinite(weights) | (weights < 0)
    if wrong.any():
        code = wrong.idxmax()
        raise StatisticsError("negative_weight", table="weights", row=code, column="Weight", value=float(weights[code]))
    for parent, children in tree.children.items():
        if weights[children].sum() == 0:
            raise StatisticsError("no_weight", table="weights", row=parent, column="Weight", value=", ".join(children))


def families(tree):
    """The indicators of each parent that has any."""
    return tree.table.loc[tree.indicators].groupby("Parent", sort=False).groups


def pca(normalised, tree):
    """Loadings of the first principal component of each group of indicators (of correlations; units without gaps).

    A component has no sign of its own: it is turned so that the loadings sum to more than 0. What is then still negative
    stands against its group, and no weight can mend that: it is refused (COINr gives such weights without a word).
    """
    loadings = pd.concat([first_component(normalised[list(codes)]) for codes in families(tree).values()])
    negative = loadings[loadings < -1e-9]
    if len(negative):
        told, more = several(f"{code} {loading:.3f}" for code, loading in negative.items())
        raise StatisticsError("pca_negative", table="data", column=negative.index[0], value=told, more=more)
    return loadings.clip(lower=0)[tree.indicators]


def first_component(group):
    whole = group.dropna()
    if group.shape[1] == 1:
        return pd.Series(1.0, index=group.columns)
    if len(whole) < 3:
        raise StatisticsError("too_few_units", table="data", value=", ".join(group.columns), count=len(whole))
    constant = group.columns[whole.max() == whole.min()]
    if len(constant):
        raise StatisticsError("constant", table="data", column=constant[0])
    vector = np.linalg.eigh(np.corrcoef(whole.to_numpy(), rowvar=False))[1][:, -1]
    return pd.Series(vector * (1 if vector.sum() >= 0 else -1), index=group.columns)


def entropy(normalised, tree):
    """1 − entropy of the shares units have in an indicator: more weight where they differ more (Zeleny 1982)."""
    if (normalised < 0).to_numpy().any():
        code = normalised.columns[(normalised < 0).any()][0]
        unit = normalised[code].idxmin()
        value = float(normalised.at[unit, code])
        raise StatisticsError("not_positive", row=unit, column=code, value=value, node="", method="entropy")
    share = normalised / normalised.sum()
    told = -(share * np.log(share.where(share > 0, 1.0))).sum() / np.log(normalised.count())
    return (1 - told).clip(lower=0)[tree.indicators]


def budget(allocations):
    """Weights by code from what several people gave each element; rows person, iCode, Weight and the element's Parent.

    Within each group of siblings everybody's points are first brought to sum 1, so that nobody counts more by giving
    more; who gave nothing in a group is not counted there. Returns a frame: Weight (the mean) and Spread (standard
    deviation between people) under iCode.
    """
    points = allocations.pivot_table(index="person", columns="iCode", values="Weight", aggfunc="sum", fill_value=0)
    parents = allocations.drop_duplicates("iCode").set_index("iCode")["Parent"]
    totals = points.T.groupby(parents).transform("sum").T
    part = points / totals.where(totals > 0)
    return pd.DataFrame({"Weight": part.mean(), "Spread": part.std()}).loc[list(parents.index)]


def table(weights, tree):
    """Columns Level, Parent, Weight and EffWeight (the node's part in the index), a row per node."""
    shown = tree.table[["Level", "Parent"]].copy()
    shown["Weight"], shown["EffWeight"] = weights, tree.effective(weights)
    return shown
