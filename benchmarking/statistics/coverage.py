"""How much was measured, and what is left out because too little was."""

from dataclasses import dataclass

import pandas as pd

from .problems import StatisticsError, several


@dataclass(frozen=True)
class Coverage:
    """Parts of 1 of the figures that were measured (not imputed): by unit, by indicator, by unit and aggregate."""

    units: pd.Series
    indicators: pd.Series
    nodes: pd.DataFrame
    units_left_out: list
    indicators_left_out: list

    @classmethod
    def of(cls, measured, kept, tree):
        """`measured`: all indicators; `tree`: those that are left; `kept`: which units are left."""
        there = measured[tree.indicators].notna()
        known, place = there.to_numpy(float), there.columns.get_indexer
        nodes = {code: known[:, place(leaves)].mean(axis=1) for code, leaves in tree.leaves.items()}
        gone = [code for code in measured.columns if code not in set(tree.indicators)]
        left_out = list(kept.index[~kept])
        return cls(
            available(there, 1), available(measured.notna(), 0), pd.DataFrame(nodes, index=there.index), left_out, gone
        )


def available(there, axis):
    """The part of what could be there; written as 1 − missing/all so that thresholds cut where COINr's do."""
    return 1 - (~there).sum(axis=axis) / there.shape[axis]


def covered(measured, tree, least):
    """The tree without indicators measured in less than this part of the units."""
    scarce = available(measured.notna(), 0) < least
    return tree.without(list(scarce.index[scarce])) if scarce.any() else tree


def screened(figures, least):
    """Which units have at least this part of the indicators."""
    kept = available(figures.notna(), 1) >= least
    if not kept.any():
        raise StatisticsError("no_units_left", table="data", value=least)
    return kept


def refuse_empty(figures):
    """An indicator without a single value can neither be treated nor normalised."""
    empty = figures.columns[figures.isna().all()]
    if len(empty):
        told, more = several(empty)
        raise StatisticsError("all_missing", table="data", column=told, more=more)
