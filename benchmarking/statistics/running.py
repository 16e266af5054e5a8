"""Runs every draw: those that share their discrete choices together, and each set of weights once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .draws import treatment_of
from .problems import StatisticsError
from .replications import shares_of
from .standing import ranked

BLOCK = 1 << 18  # scores ranked at a time
ORDER = ("left_out", "imputation", "winmax", "normalisation", "aggregation", "weights")


@dataclass(frozen=True)
class Ran:
    """`ranks` (int16) and `scores` (None unless kept): runs × units; rank 0 is none. `refused`: per run the code, or ''."""

    ranks: np.ndarray
    scores: np.ndarray | None
    refused: np.ndarray


def nothing():
    pass


def run(branches, draws, node=None, keep=False, between=nothing):
    """`node`: whose scores, the index if none is named; `keep`: keeps all scores, 8 bytes for each unit and run.

    `between` is called before every block of runs; what it raises ends them.
    """
    groups, of_group, sets = grouped(branches, draws)
    shares = filled(draws.sets, branches.tree)
    keys, first, place = np.unique(of_group * (len(draws.sets) + 1) + sets + 1, return_index=True, return_inverse=True)
    of_group, sets = of_group[first], sets[first]
    once = len(keys) == len(place)
    rows = first if once else np.arange(len(keys))
    units = len(branches.units)
    ranks = np.empty((len(keys), units), np.int16)
    scores = np.empty((len(keys), units)) if keep else None
    refused = np.full(len(keys), "", object)
    step = max(1, BLOCK // units)
    block = np.empty((step, units))
    for start in range(0, len(keys), step):
        between()
        some = slice(start, min(start + step, len(keys)))
        found = block[: some.stop - some.start]
        refused[rows[some]] = score(branches, groups, of_group[some], sets[some], shares, node, found)
        if keep:
            scores[rows[some]] = found
        ranks[rows[some]] = ranked(found)
    if once:
        return Ran(ranks, scores, refused)
    return Ran(ranks[place], scores[place] if keep else None, refused[place])


def grouped(branches, draws):
    """(groups of choices, of which each run is, which set of weights or −1)."""
    frame = draws.frame
    sets = draws.sets.index.get_indexer(frame["weight_set"])
    weights = np.where(sets >= 0, "", frame["weight_set"].to_numpy(object))
    told = {name: frame[name].to_numpy(object) for name in ORDER[:-1] if name in frame} | {"weights": weights}
    told.setdefault("imputation", np.full(len(frame), branches.recipe.imputation, object))
    told.setdefault("left_out", np.full(len(frame), "", object))
    keys, alternatives = np.zeros(len(frame), np.int64), []
    for name in ORDER:
        codes, known = pd.factorize(told[name])
        keys = keys * len(known) + codes
        alternatives.append(known)
    kept, of_group = np.unique(keys, return_inverse=True)
    places = np.unravel_index(kept, [len(known) for known in alternatives])
    groups = list(zip(*(known[place] for known, place in zip(alternatives, places, strict=True)), strict=True))
    check(branches, alternatives)
    return groups, of_group, sets


def check(branches, alternatives):
    """Alternatives that no step knows are an error; ones that the figures do not allow are refused run by run."""
    left_out, imputation, winmax, scale, aggregation, weights = alternatives
    for code in left_out:
        if code and code not in branches.tree.indicators:
            raise StatisticsError("unknown_code", table="draws", column="left_out", value=code)
    for kind in imputation:
        branches.recipe.changed(imputation=kind)
    for aggregate in aggregation:
        branches.aggregators(aggregate)
    for kind in winmax:
        branches.recipe.changed(treatment=treatment_of(kind))
    for kind in scale:
        branches.recipe.changed(normalisation=kind)
    for kind in weights:
        branches.recipe.changed(weights=kind or "original")


def filled(sets, tree):
    """Shares by the sets, a column for each; nodes that a set does not name keep their own weight."""
    found = sets[tree.codes].to_numpy(float)
    found = np.where(np.isnan(found), tree.weights[tree.codes].to_numpy(float), found)
    place = {code: index for index, code in enumerate(tree.codes)}
    for parent, children in tree.children.items():
        empty = found[:, [place[code] for code in children]].sum(axis=1) <= 0
        if empty.any():
            name = sets.index[empty][0]
            raise StatisticsError("no_weight", table="weight_sets", row=str(name), column="Weight", value=parent)
    return shares_of(np.ascontiguousarray(found.T), tree)


def score(branches, groups, of_group, sets, shares, node, out):
    """Fills a block of runs, one stretch of equal choices after the other; returns why a run is refused, or ''."""
    refused = np.full(len(out), "", object)
    starts = np.flatnonzero(np.r_[True, of_group[1:] != of_group[:-1]])
    for start, end in zip(starts, np.r_[starts[1:], len(of_group)], strict=True):
        some = slice(start, end)
        try:
            wrong = stretch(branches, groups[of_group[start]], shares, sets[some], node, out[some])
            refused[some] = np.where(wrong, "not_positive", "")
        except StatisticsError as problem:
            refused[some] = problem.code
    out[refused != ""] = np.nan
    return refused


def stretch(branches, group, shares, sets, node, out):
    left_out, imputation, winmax, scale, aggregation, method = group
    node = node or branches.tree.root
    if node not in branches.trees(left_out).codes:
        raise StatisticsError("nothing_left", table="metadata", value=node)
    whole = imputation, "", winmax, scale
    lightened = branches.weighed_out(left_out, whole, aggregation, method)
    matrix = whole if lightened else (imputation, left_out, winmax, scale)
    if method.startswith("bod"):
        out[:] = branches.doubted(matrix, aggregation, method, node)
        return np.zeros(len(out), bool)
    tree = branches.trees(matrix[1])
    if method:
        own = shares_of(branches.weights(matrix, aggregation, method)[:, None], tree)
        chosen = np.repeat(own, len(out), axis=1)
    else:
        chosen = shares[:, sets]
    if left_out and lightened:
        lighten(chosen, left_out, tree)
    elif left_out and not method:
        chosen = shares_of(chosen[branches.tree.table.index.get_indexer(tree.codes)], tree)
    return branches.replicator(matrix, aggregation, node).scores(chosen, out)


def lighten(shares, code, tree):
    """Gives a node no weight, and its siblings all of it."""
    siblings = tree.children[tree.table.at[code, "Parent"]]
    shares[tree.codes.index(code)] = 0.0
    rows = [tree.codes.index(sibling) for sibling in siblings]
    shares[rows] /= shares[rows].sum(axis=0)
