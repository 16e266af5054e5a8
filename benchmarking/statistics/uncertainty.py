"""How far ranks hang on the choices that were made: the index under many combinations of others.

OECD/JRC, Handbook on Constructing Composite Indicators (2008), section 7; Saisana, Saltelli and Tarantola, J. R. Stat. Soc. A
168 (2005). Runs whose choices do not fit the figures (a geometric mean of a figure below 0) are counted apart.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from . import composite
from .branches import Branches
from .draws import Draws, draws_from, winmax_of
from .hierarchy import Hierarchy
from .problems import StatisticsError
from .running import nothing, run
from .standing import acceptability, dominance, quantiles, ranked


@dataclass(frozen=True)
class Uncertainty:
    """`nominal`: Score and Rank by the recipe itself. `ranks`: runs × units, 0 where there is none.

    `scores`: likewise, or None. `refused`: the code of why, per run, or ''. `idle`: choices that could change nothing, and
    the code of why, by column of the draws.
    """

    units: pd.Index
    nominal: pd.DataFrame
    draws: Draws
    ranks: np.ndarray
    scores: np.ndarray | None
    refused: np.ndarray
    idle: dict[str, str]

    @cached_property
    def runs(self):
        """How many runs count."""
        return int((self.refused == "").sum())

    @cached_property
    def refusals(self):
        """How many runs were refused, by code."""
        return pd.Series(self.refused[self.refused != ""], dtype=object).value_counts().to_dict()

    @cached_property
    def counted(self):
        return self.ranks if self.runs == len(self.ranks) else self.ranks[self.refused == ""]

    @cached_property
    def counts(self):
        return acceptability(self.counted)

    @cached_property
    def acceptability(self):
        """Share of runs in which a unit has each rank; the column 0 is the share without any."""
        return pd.DataFrame(self.counts / self.runs, index=self.units)

    def quantiles(self, parts=(0.05, 0.5, 0.95)):
        return pd.DataFrame(quantiles(self.counts, parts), index=self.units, columns=list(parts))

    @cached_property
    def mean(self):
        ranks = np.arange(self.counts.shape[1])
        there = self.counts[:, 1:].sum(axis=1)
        total = self.counts @ ranks
        return pd.Series(np.divide(total, there, out=np.full(len(there), np.nan), where=there > 0), index=self.units)

    def top(self, places=10):
        """Share of runs in which a unit is among the first `places`."""
        return pd.Series(self.counts[:, 1 : places + 1].sum(axis=1) / self.runs, index=self.units)

    @cached_property
    def dominance(self):
        """Share of runs in which the unit of the row stands before that of the column, of those that rank both."""
        wins, both = dominance(self.counted)
        share = np.divide(wins, both, out=np.full(wins.shape, np.nan), where=both > 0)
        return pd.DataFrame(share, index=self.units, columns=self.units)

    def table(self, places=10, coverage=0.9):
        """A row per unit: Nominal, Mean, Low, Median, High, Top (share among the first `places`), AtNominal, Runs."""
        tail = (1 - coverage) / 2
        found = self.quantiles((tail, 0.5, 1 - tail)).set_axis(["Low", "Median", "High"], axis=1)
        found.insert(0, "Nominal", self.nominal["Rank"])
        found.insert(1, "Mean", self.mean)
        found["Top"] = self.top(places)
        place = self.nominal["Rank"].fillna(0).astype(int).to_numpy()
        found["AtNominal"] = self.counts[np.arange(len(place)), place] / self.runs
        found["Runs"] = self.counts[:, 1:].sum(axis=1)
        return found


def analyse(
    data,
    metadata,
    recipe,
    choices=None,
    runs=1000,
    seed=0,
    draws=None,
    weight_sets=None,
    groups=None,
    node=None,
    keep_scores=False,
    between=nothing,
):
    """An Uncertainty. `choices`: what is varied; `draws`: a table or Draws to run again instead of drawing.

    `weight_sets`: rows of set, iCode, Weight that draws or choices name. `node`: an aggregate or indicator instead of the
    index. `data`, `metadata`, `groups` as for `composite.build`; `between` as for `running.run`. Raises StatisticsError.
    """
    tree = metadata if isinstance(metadata, Hierarchy) else Hierarchy.read(metadata)
    branches = Branches(data, tree, recipe, groups)
    drawn = drawn_for(draws, choices, runs, seed, recipe, branches.tree, weight_sets)
    return analysed(branches, drawn, recipe, node, keep_scores, between)


def of_parts(data, metadata, recipe, draws, groups=None, coverage=0.9, between=nothing):
    """By code of every aggregate below the index, the ranks it gives under the same draws: Low, Median, High by unit.

    One aggregate after the other, so that the ranks of one are held at a time; one whose runs are all refused is left out.
    Runs in which it cannot be computed, or nothing is left of it, do not count for it.
    """
    tree = metadata if isinstance(metadata, Hierarchy) else Hierarchy.read(metadata)
    branches, tail, found = Branches(data, tree, recipe, groups), (1 - coverage) / 2, {}
    for node in branches.tree.aggregates:
        if node == branches.tree.root:
            continue
        ran = run(branches, draws, node, between=between)
        counts = acceptability(ran.ranks[ran.refused == ""])
        if counts.any():
            table = quantiles(counts, (tail, 0.5, 1 - tail))
            found[node] = pd.DataFrame(table, index=branches.units, columns=["Low", "Median", "High"])
    return found


def drawn_for(draws, choices, runs, seed, recipe, tree, weight_sets):
    if isinstance(draws, Draws):
        return draws
    if draws is not None:
        return Draws.read(draws, recipe, tree, weight_sets)
    return draws_from(choices, runs, seed, recipe, tree, weight_sets)


def analysed(branches, draws, recipe, node=None, keep_scores=False, between=nothing):
    ran = run(branches, draws, node, keep_scores, between)
    if (ran.refused != "").all():
        raise StatisticsError("all_refused", value=", ".join(sorted(set(ran.refused))), runs=len(draws))
    nominal = nominal_of(branches, recipe, node)
    return Uncertainty(branches.units, nominal, draws, ran.ranks, ran.scores, ran.refused, branches.idle(draws.frame))


def nominal_of(branches, recipe, node=None):
    normalised = branches.normalised(recipe.imputation, "", winmax_of(recipe.treatment), recipe.normalisation)
    scores = composite.scored(normalised, branches.tree, recipe)[0][node or branches.tree.root]
    ranks = ranked(scores.to_numpy(float)[None].copy())[0].astype(float)
    return pd.DataFrame({"Score": scores, "Rank": np.where(ranks > 0, ranks, np.nan)}, index=branches.units)
