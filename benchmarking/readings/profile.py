"""A region of a run beside its peers, from frozen figures alone: what pages, sentences and reports tell of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from statistics import fmean, median
from typing import Any, NamedTuple

from ..models import PeerStudy, Run, RunArea, RunNode
from ..statistics.contributions import ADDS, NONE

FEWEST_TO_COMPARE = 3
CLEAR = 4  # a quarter of those compared
MOST_TOLD = 5
FEWEST_AXES, MOST_AXES = 5, 12
NATIONAL = "national"


class Figure(NamedTuple):
    """An indicator of one region: the raw figure with its year and flag, and what was made of it.

    `used` is after division and imputation, before treatment.
    """

    value: float | None = None
    year: int | None = None
    flag: str = ""
    imputed: bool = False
    treated: float | None = None
    normalised: float | None = None
    contribution: float | None = None
    provenance: str = ""
    used: float | None = None

    @property
    def is_national(self) -> bool:
        """The country's figure, put on its regions: it says nothing of this one."""
        return self.provenance == NATIONAL


NOTHING = Figure()
NOTHING_KNOWN: dict[str, Any] = {}


def number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and isfinite(value) else None


def figure_of(area: RunArea, code: str) -> Figure:
    told = area.profile.get("indicators", {}).get(code)
    if told is None:
        return NOTHING
    return Figure(
        number(told.get("value")),
        told.get("year") or None,
        told.get("flag") or "",
        bool(told.get("imputed")),
        number(told.get("treated")),
        number(told.get("normalised")),
        number(told.get("contribution")),
        told.get("provenance") or "",
        number(told.get("used")),
    )


def contributes(run: Run, area: RunArea) -> str:
    """How contributions are to be read, as `statistics.contributions` says. Runs from before do not say; they told products
    with weights whatever the mean, which add up under arithmetic means alone."""
    if told := area.profile.get("contributions"):
        return told
    is_plain = set(run.recipe.get("aggregation", ["amean"])) <= {"amean"}
    return ADDS if is_plain and not str(run.recipe.get("weights")).startswith("bod") else NONE


@dataclass(frozen=True)
class Compared:
    """One indicator of the region among its peers. `place` counts from 1; `gap` is what sets its score apart from the peers'
    mean, in points of the index."""

    node: RunNode
    own: Figure
    level: float | None
    levels: Sequence[float]
    values: Sequence[float]
    place: int | None
    gap: float | None
    best: RunArea | None
    best_figure: Figure

    @property
    def name(self) -> str:
        return str(self.node.name) or self.node.code

    @property
    def unit(self) -> str:
        return str(self.node.unit)

    @property
    def middle(self) -> float | None:
        return median(self.values) if self.values else None

    @property
    def middle_level(self) -> float | None:
        return median(self.levels) if self.levels else None

    @property
    def behind(self) -> int:
        """How many peers it is better than."""
        return 0 if self.level is None else sum(level < self.level for level in self.levels)

    @property
    def ahead(self) -> int:
        return 0 if self.level is None else sum(level > self.level for level in self.levels)

    @property
    def can_be_told(self) -> bool:
        """An estimated figure is neither a strength nor a weakness, its country's, or one with hardly any beside it."""
        return (
            not self.own.imputed
            and not self.own.is_national
            and self.level is not None
            and len(self.levels) >= FEWEST_TO_COMPARE
        )


class Standing(NamedTuple):
    """A region in one part of the index: score, rank, between which ranks it may stand, and the median score of its peers."""

    node: RunNode
    score: float | None
    rank: float | None
    low: float | None
    high: float | None
    middle: float | None


@dataclass(frozen=True)
class Profile:
    """`peers` come with their profiles, the nearest first. `ranked` regions have a rank; `by_country` says that the peers are
    the regions of its country, because no structural peers are known. `study` is the one they come from, if not the run."""

    run: Run
    area: RunArea
    peers: Sequence[RunArea]
    nodes: Sequence[RunNode]
    ranked: int
    distances: Mapping[str, float | None] = field(default_factory=dict)
    by_country: bool = False
    study: PeerStudy | None = None
    shown: Sequence[RunArea] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", [self.area, *self.peers])

    @cached_property
    def indicators(self) -> list[RunNode]:
        return [node for node in self.nodes if node.is_indicator]

    @cached_property
    def index(self) -> RunNode | None:
        return next((node for node in self.nodes if not node.parent), None)

    @cached_property
    def parts(self) -> list[RunNode]:
        """What lies directly below the index; the indicators where that is too little to draw, or they are few."""
        below = [node for node in self.nodes if self.index and node.parent == self.index.code]
        is_little = len(below) < FEWEST_TO_COMPARE or (len(below) < FEWEST_AXES and len(self.indicators) <= MOST_AXES)
        return self.indicators if is_little else below

    @cached_property
    def scale(self) -> tuple[float, float] | None:
        """Ends of the scale all scores lie on; None where each is measured by the regions shown."""
        name, *ends = str(self.run.recipe.get("normalisation", "")).split(":")
        if name == "goalposts":
            return 0.0, 100.0
        return (float(ends[0]), float(ends[1])) if name == "minmax" and len(ends) == 2 else None

    @cached_property
    def contributes(self) -> str:
        return contributes(self.run, self.area)

    def figure(self, area: RunArea, node: RunNode) -> Figure:
        found = figure_of(area, node.code)
        return found._replace(contribution=None) if self.contributes == NONE else found

    def score(self, area: RunArea, node: RunNode) -> float | None:
        if node.is_indicator:
            return number(area.profile.get("indicators", {}).get(node.code, NOTHING_KNOWN).get("normalised"))
        return number(area.profile.get("nodes", {}).get(node.code, {}).get("score"))

    @cached_property
    def standings(self) -> list["Standing"]:
        """Where the region stands in every part of the index that is made of others, from the top down."""
        below = [node for node in self.nodes if not node.is_indicator and node.parent]
        return [self.standing(node) for node in sorted(below, key=lambda node: (-node.level, node.order))]

    def standing(self, node: RunNode) -> "Standing":
        own = self.area.profile.get("nodes", {}).get(node.code, NOTHING_KNOWN)
        known = [score for peer in self.peers if (score := self.score(peer, node)) is not None]
        told = (number(own.get(name)) for name in ("score", "rank", "low", "high"))
        return Standing(node, *told, median(known) if known else None)

    def levels(self, node: RunNode) -> list[float | None]:
        """0 to 100 for the region and its peers, in the order of `shown`."""
        scores = [self.score(area, node) for area in self.shown]
        known = [score for score in scores if score is not None]
        low, high = self.scale or (min(known, default=0.0), max(known, default=1.0))
        if high == low:
            return [None if score is None else 50.0 for score in scores]
        return [None if score is None else 100 * (score - low) / (high - low) for score in scores]

    @cached_property
    def compared(self) -> list[Compared]:
        return [self.compare(node) for node in self.indicators]

    def compare(self, node: RunNode) -> Compared:
        own, *others = self.levels(node)
        figures = [self.figure(area, node) for area in self.shown]
        known = [
            (level, figure, area)
            for level, figure, area in zip(others, figures[1:], self.peers, strict=True)
            if level is not None and not figure.imputed
        ]
        levels = [level for level, _figure, _area in known]
        best = max(known, key=lambda one: one[0], default=None)
        return Compared(
            node=node,
            own=figures[0],
            level=own,
            levels=levels,
            values=[figure.value for _level, figure, _area in known if figure.value is not None],
            place=None if own is None else 1 + sum(level > own for level in levels),
            gap=gap(figures),
            best=best[2] if best else None,
            best_figure=best[1] if best else NOTHING,
        )

    @cached_property
    def strengths(self) -> list[Compared]:
        """Where at most a quarter of the peers are ahead, by what it brings."""
        found = [
            one for one in self.compared if one.can_be_told and one.ahead * CLEAR <= len(one.levels) and one.behind
        ]
        return sorted(found, key=lambda one: -(one.gap or 0))[:MOST_TOLD]

    @cached_property
    def weaknesses(self) -> list[Compared]:
        """Where at most a quarter of the peers are behind, by what it costs."""
        found = [
            one for one in self.compared if one.can_be_told and one.behind * CLEAR <= len(one.levels) and one.ahead
        ]
        return sorted(found, key=lambda one: one.gap or 0)[:MOST_TOLD]

    @property
    def clearly_ahead(self) -> list[RunArea]:
        return [peer for peer in self.by_rank if standing(peer, self.area) == "ahead"]

    @property
    def not_told_apart(self) -> list[RunArea]:
        return [peer for peer in self.by_rank if standing(peer, self.area) == "alike"]

    @property
    def clearly_behind(self) -> list[RunArea]:
        return [peer for peer in self.by_rank if standing(peer, self.area) == "behind"]

    @property
    def by_rank(self) -> list[RunArea]:
        return sorted((peer for peer in self.peers if peer.rank is not None), key=lambda peer: (peer.rank, peer.code))

    @property
    def has_intervals(self) -> bool:
        return self.area.rank_low is not None and self.area.rank_high is not None


def gap(figures: Sequence[Figure]) -> float | None:
    own, *others = (figure.contribution for figure in figures)
    known = [other for other in others if other is not None]
    return own - fmean(known) if own is not None and known else None


def standing(one: RunArea, other: RunArea) -> str:
    """`ahead`, `behind`, or `alike` where the intervals of their ranks meet; without intervals, by rank alone."""
    if one.rank is None or other.rank is None:
        return ""
    (low, high), (other_low, other_high) = ends(one), ends(other)
    if high < other_low:
        return "ahead"
    return "behind" if low > other_high else "alike"


def ends(area: RunArea) -> tuple[float, float]:
    rank = float(area.rank or 0)
    return (rank if area.rank_low is None else area.rank_low), (rank if area.rank_high is None else area.rank_high)
