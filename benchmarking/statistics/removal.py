"""What one element does: the index without it, an indicator or an aggregate with all below it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import composite
from .branches import Branches
from .draws import winmax_of
from .hierarchy import Hierarchy
from .problems import StatisticsError
from .running import nothing


@dataclass(frozen=True)
class Removal:
    """`nominal`: the ranks with everything. `ranks`: a column per element, the ranks without it. `refused`: why, by element.

    `table`: a row per element: Level, MeanShift and MaxShift of |rank − nominal rank|, Moved (share of units that move).
    """

    nominal: pd.Series
    ranks: pd.DataFrame
    table: pd.DataFrame
    refused: dict[str, str]


def removed(data, metadata, recipe, groups=None, elements=None, between=nothing):
    """A Removal; `elements`: codes, or None for every one but the index. The units are those of the whole recipe.

    Weights that are found in the figures (PCA, entropy …) are found again without the element. `between` is called before
    each. Raises StatisticsError.
    """
    tree = metadata if isinstance(metadata, Hierarchy) else Hierarchy.read(metadata)
    branches = Branches(data, tree, recipe, groups)
    whole, found, refused = index_without(branches, recipe, ""), {}, {}
    for code in elements or branches.tree.codes[:-1]:
        between()
        try:
            found[code] = index_without(branches, recipe, code)
        except StatisticsError as problem:
            refused[code] = problem.code
    ranks = pd.DataFrame(found, index=branches.units)
    return Removal(whole, ranks, effects(ranks, whole, branches.tree), refused)


def index_without(branches, recipe, code):
    figures = branches.normalised(recipe.imputation, code, winmax_of(recipe.treatment), recipe.normalisation)
    tree = branches.trees(code)
    return composite.ranking.ranks(composite.scored(figures[tree.indicators], tree, recipe)[0])[tree.root]


def effects(ranks, nominal, tree):
    apart = ranks.sub(nominal, axis=0).abs()
    return pd.DataFrame(
        {
            "Level": tree.table["Level"].reindex(ranks.columns),
            "MeanShift": apart.mean(),
            "MaxShift": apart.max(),
            "Moved": (apart > 0).sum() / np.maximum(apart.notna().sum(), 1),
        }
    )
