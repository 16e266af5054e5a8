"""What if: the score a region would have with other figures, as a weighted sum of differences. No run is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from .profile import Compared, Profile

MOST_SUPPOSED = 8


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


def is_sum(profile: Profile) -> bool:
    """Only where scores are weighted sums on one scale can a difference be added up."""
    recipe = profile.run.recipe
    plain = set(recipe.get("aggregation", ["amean"])) <= {"amean"} and not str(recipe.get("weights")).startswith("bod")
    return plain and profile.scale is not None


def gain(profile: Profile, levels: Mapping[str, float]) -> float:
    """Points of the index for other levels (0 to 100) of some indicators, by their effective weights."""
    low, high = profile.scale or (0.0, 100.0)
    span, whole = (high - low) / 100, sum(node.effective_weight or 0 for node in profile.indicators)
    if not whole:
        return 0.0
    return sum(
        (levels[one.node.code] - one.level) * span * (one.node.effective_weight or 0) / whole
        for one in profile.compared
        if one.node.code in levels and one.level is not None
    )
