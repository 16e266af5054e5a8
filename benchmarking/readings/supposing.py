"""What if: the score a region would have with other figures, brought together as the run does. No run is computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from ..statistics.aggregation import aggregate
from ..statistics.hierarchy import Hierarchy
from ..statistics.problems import StatisticsError
from ..statistics.recipe import Recipe
from .profile import Compared, Profile

MOST_SUPPOSED = 60


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
