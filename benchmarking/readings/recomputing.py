"""What if, under every method: with other figures of a region all after the gaps is computed again. Nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.translation import gettext as _, gettext_lazy

from .. import wording
from ..computing import metadata
from ..models import Run, RunArea, RunNode
from ..recipes import recipe_of
from ..statistics.hierarchy import Hierarchy
from ..statistics.problems import StatisticsError
from ..statistics.ranking import ranks
from ..statistics.whatif import Stored, index_changed
from .profile import NOTHING_KNOWN, Compared, Profile, number
from .supposing import can_be_placed, divisor, offered

SAME = 1e-9
MOST_SHOWN = 25
LARGEST = 1e12
MOST = {"bod": 6_000, "optimised": 20_000}  # figures on the scale for which finding weights takes about a second
SCALES = {
    "minmax": gettext_lazy(
        "The lowest and the highest figure are looked for again: where this region has one of them, the scale moves for all."
    ),
    "zscore": gettext_lazy("Mean and standard deviation are computed again, so all regions move a little."),
    "rank": gettext_lazy("Ranks are given again: whoever is overtaken falls by one."),
    "distance_to_max": gettext_lazy(
        "The best and the worst region are looked for again: where this is one of them, all move."
    ),
    "fraction_of_max": gettext_lazy("The best region is looked for again: where it is this one, all move."),
    "distance_to_target": gettext_lazy("The targets stay; the lowest figure, from which they are measured, may move."),
    "distance_to_reference": gettext_lazy(
        "All are compared with the same region as before; where this is that one or the lowest, all move."
    ),
    "goalposts": gettext_lazy("The goalposts stay as they are, so the scale moves for nobody."),
}
ALIKE = {"borda": "rank", "percentile": "rank"}
FOUND = {"pca", "entropy", "optimised"}


class NotComputableError(Exception):
    """The figures supposed allow no score; its words say why."""


@dataclass(frozen=True)
class Lever:
    """An indicator of the region in its own unit: where it is `now`, and the ends of all regions."""

    compared: Compared
    now: float
    low: float
    high: float


@dataclass(frozen=True)
class Moved:
    area: RunArea
    score_before: float
    score: float
    rank_before: int
    rank: int


@dataclass(frozen=True)
class Recomputed:
    """`own` and the `moved` others, those of other ranks, the best first; `nudged` of the others have another score."""

    own: Moved
    moved: Sequence[Moved]
    nudged: int
    ranked: int

    @property
    def gain(self) -> float:
        return self.own.score - self.own.score_before

    @property
    def shown(self) -> Sequence[Moved]:
        return self.moved[:MOST_SHOWN]


def can_be_recomputed(profile: Profile) -> bool:
    """Runs from before kept no figures as they were treated; a region without a score has none to move."""
    return profile.area.score is not None and any(can_be_placed(profile, one) for one in offered(profile))


def levers(profile: Profile, areas: Sequence[RunArea]) -> list[Lever]:
    """Everything that can be supposed about, the weaknesses first; `areas`: those that stand on the scale."""
    found = []
    for one in offered(profile):
        by = divisor(profile, one)
        if not can_be_placed(profile, one) or by is None:
            continue
        ends = [by * value for area in areas if (value := used(area, one.node.code)) is not None]
        found.append(Lever(one, by * (one.own.used or 0.0), min(ends), max(ends)))
    return found


def used(area: RunArea, code: str) -> float | None:
    """The figure of a region, divided and filled, before treatment."""
    return number(area.profile.get("indicators", {}).get(code, NOTHING_KNOWN).get("used"))


def recomputed(profile: Profile, areas: Sequence[RunArea], raw: Mapping[str, float]) -> Recomputed:
    """With other figures, in their own units, of some indicators. Raises NotComputableError."""
    compared = {one.node.code: one for one in profile.compared}
    values = {code: value / (divisor(profile, compared[code]) or 1.0) for code, value in raw.items()}
    try:
        kept = stored(profile.run, profile.nodes, areas, list(values))
        if is_too_large(kept):
            raise NotComputableError(
                _(
                    "So many regions and indicators cannot be given the best weights again while you wait. Change the"
                    " figures in a benchmark of your own and have it computed."
                )
            )
        index = index_changed(kept, profile.area.code, values)
    except StatisticsError as problem:
        names = {node.code: str(node.name) for node in profile.nodes} | {area.code: area.called for area in areas}
        raise NotComputableError(
            wording.stored_problem({"code": problem.code, "place": problem.place}, names)
        ) from None
    return moves(areas, profile.area.code, kept.index, index)


def is_too_large(kept: Stored) -> bool:
    """Benefit of the doubt solves a linear program for each region; equal influence is searched for step by step."""
    return kept.normalised.size > MOST.get(kept.recipe.method("weights").name, kept.normalised.size)


def stored(run: Run, nodes: Sequence[RunNode], areas: Sequence[RunArea], codes: Sequence[str]) -> Stored:
    """What the statistics need of a run; `codes` are the indicators asked about."""
    whole = Hierarchy.read(metadata(run.structure))
    gone = set(whole.codes) - {node.code for node in nodes}
    tree = whole.without(gone) if gone else whole
    units = [area.code for area in areas]
    told = [area.profile.get("indicators", {}) for area in areas]
    normalised = [[one.get(code, NOTHING_KNOWN).get("normalised") for code in tree.indicators] for one in told]
    figures = [[used(area, code) for code in codes] for area in areas]
    return Stored(
        pd.DataFrame(figures, units, list(codes), dtype=float),
        pd.DataFrame(normalised, units, tree.indicators, dtype=float),
        pd.Series([area.score for area in areas], units, dtype=float),
        tree,
        recipe_of(run.recipe, next(iter(run.years), None)),
    )


def moves(areas: Sequence[RunArea], own: str, before: pd.Series, after: pd.Series) -> Recomputed:
    if not abs(after[own]) < float("inf"):
        raise NotComputableError(_("With these figures no score can be computed."))
    table = pd.DataFrame({"was": before, "now": after, "rank_was": ranks(before), "rank": ranks(after)})
    table = table[table["was"].notna() & table["now"].notna()].sort_values("rank", kind="stable")
    others = table.drop(index=own)
    nudged = ((others["now"] - others["was"]).abs() > SAME * others["was"].abs().clip(lower=1)).sum()
    changed = others[others["rank"] != others["rank_was"]]
    named = {area.code: area for area in areas}
    rows = [
        Moved(named[code], was, now, int(rank_was), int(rank))
        for code, was, now, rank_was, rank in changed.itertuples()
    ]
    was, now, rank_was, rank = table.loc[own]
    return Recomputed(Moved(named[own], was, now, int(rank_was), int(rank)), rows, int(nudged), len(table))


def conditions(run: Run) -> list[str]:
    """What is done again and what stays, in the order of the steps."""
    recipe = recipe_of(run.recipe, next(iter(run.years), None))
    scale, weights = recipe.method("normalisation").name, recipe.method("weights").name
    told = [_("The figures of the other regions stay as they are.")]
    if recipe.imputation != "none":
        told.append(_("Gaps stay filled as they were in the run."))
    if recipe.treatment != "none":
        told.append(_("Whether figures are extreme, and what becomes of them, is decided again."))
    if words := SCALES.get(ALIKE.get(scale, scale)):
        told.append(str(words))
    return [*told, weighed(weights)]


def weighed(method: str) -> str:
    if method == "bod":
        return _(
            "Each region is given the weights that are best for it again: others move where they were, or would be, measured"
            " by this one."
        )
    if method in FOUND:
        return _("The weights are found in the figures, so they are computed again with the other figures.")
    return _("The weights stay as they are.")
