"""What if: the score a region would have with other figures, brought together as the run does. No run is computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import pandas as pd

from ..computing import metadata
from ..recipes import recipe_of
from ..statistics.aggregation import aggregate
from ..statistics.hierarchy import Hierarchy
from ..statistics.placing import placed
from ..statistics.problems import StatisticsError
from ..statistics.recipe import Recipe
from .profile import Compared, Profile

MOST_SUPPOSED = 60


class BeyondError(Exception):
    """A figure beyond those of all regions, which lie from the first to the second."""


@dataclass(frozen=True)
class Supposed:
    """`rank` is the one it would have if no other region moved."""

    score: float
    gain: float
    rank: int


def offered(profile: Profile) -> list[Compared]:
    """Indicators worth supposing about: weaknesses first, then what weighs most."""
    chosen = list(profile.weaknesses)
    others = sorted(
        (one for one in profile.compared if one.level is not None and one not in chosen),
        key=lambda one: -(one.node.effective_weight or 0),
    )
    return [*chosen, *others][:MOST_SUPPOSED]


def can_be_told(profile: Profile) -> bool:
    """Where levels have fixed ends, and a region's score hangs on its own scores and the weights alone."""
    recipe = profile.run.recipe
    apart = {"copeland"} & {str(method) for method in recipe.get("aggregation", ["amean"])}
    return profile.scale is not None and not apart and not str(recipe.get("weights")).startswith("bod")


def can_be_placed(profile: Profile, one: Compared) -> bool:
    """Whether a figure in the indicator's own unit can be turned into a level: not where it is divided by a missing one."""
    is_known = bool(frozen(profile, one).get("indicator")) and one.own.used is not None
    return is_known and divisor(profile, one) is not None


def divisor(profile: Profile, one: Compared) -> float | None:
    """What the figure of the region is divided by, 1 where by nothing; None where nobody knows."""
    if not frozen(profile, one).get("denominator"):
        return 1.0
    return one.own.value / one.own.used if one.own.value and one.own.used else None


def frozen(profile: Profile, one: Compared) -> Mapping[str, Any]:
    """The indicator as it was when the run was asked for."""
    return next((node for node in profile.run.structure if node["code"] == one.node.code), {})


def level_of(profile: Profile, one: Compared, figures: Sequence[float | None], value: float) -> float:
    """The level (0 to 100) of a figure in its unit; `figures`: of all regions, before treatment. Raises BeyondError."""
    code, by = one.node.code, divisor(profile, one) or 1.0
    recipe = recipe_of(profile.run.recipe, next(iter(profile.run.years), None))
    low, high = profile.scale or (0.0, 100.0)
    told = metadata(
        [frozen(profile, one) | {"parent": "index", "weight": 1}, {"code": "index", "parent": "", "weight": 1}]
    )
    try:
        found = placed(pd.Series(figures, name=code, dtype=float), value / by, recipe, Hierarchy.read(told))
    except StatisticsError as problem:
        if problem.code != "beyond_figures":
            raise
        raise BeyondError(problem.place["lowest"] * by, problem.place["highest"] * by) from problem
    return 100 * (found - low) / (high - low)


def gain(profile: Profile, levels: Mapping[str, float]) -> float:
    """Points of the index for other levels (0 to 100) of some indicators, brought together as the run does it."""
    low, high = profile.scale or (0.0, 100.0)
    now = {one.node.code: profile.score(profile.area, one.node) for one in profile.compared if one.level is not None}
    other = {code: low + levels[code] * (high - low) / 100 for code in now if code in levels}
    try:
        before, after = brought_together(profile, [now, now | other])
    except StatisticsError:
        return 0.0
    return after - before if isfinite(after - before) else 0.0


def brought_together(profile: Profile, rows: Sequence[Mapping[str, float | None]]) -> list[float]:
    """The index of each row of scores on the common scale."""
    told = [{"iCode": one.code, "Parent": one.parent, "Weight": one.weight} for one in profile.nodes]
    tree = Hierarchy.read(pd.DataFrame(told).assign(Direction=1))
    recipe = profile.run.recipe
    chosen = Recipe(aggregation=tuple(recipe.get("aggregation", ["amean"])))
    figures = pd.DataFrame(rows, columns=tree.indicators, dtype=float)

    def weigh(parent, children):
        return tree.weights[children.columns].to_numpy(float)

    methods, least = chosen.aggregators(tree.depth), recipe.get("node_coverage", 0)
    return aggregate(figures, tree, weigh, methods, least)[tree.root].tolist()
