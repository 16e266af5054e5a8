"""Two runs side by side: what was chosen differently, and what it does to scores and ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.texts.text import Text

from .choices import recipe_in_words, robustness_in_words
from .models import Run
from .selectors import runs as selectors

MOST = 30


@dataclass(frozen=True)
class Change:
    """A region in both runs; `moved` above zero means a better rank in the second."""

    code: str
    name: str
    country: str
    score_then: float | None
    score_now: float | None
    rank_then: int | None
    rank_now: int | None

    @property
    def moved(self) -> int | None:
        return None if self.rank_then is None or self.rank_now is None else self.rank_then - self.rank_now


@dataclass(frozen=True)
class Comparison:
    """`choices`: what it is, in the first, in the second. Correlations are None where nothing can be said."""

    choices: list[tuple[str, str, str]]
    changes: list[Change]
    of_scores: float | None
    of_ranks: float | None
    largest: int
    moved: int


def compare(first: Run, second: Run) -> Comparison:
    changes = changes_between(first, second)
    both = [one for one in changes if one.moved is not None]
    return Comparison(
        choices=differences(first, second),
        changes=changes,
        of_scores=related([(one.score_then, one.score_now) for one in both]),
        of_ranks=related([(one.rank_then, one.rank_now) for one in both]),
        largest=max((abs(one.moved) for one in both), default=0),
        moved=sum(one.moved != 0 for one in both),
    )


def related(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    """Pearson's correlation, of ranks Spearman's."""
    if len(pairs) < 3:
        return None
    try:
        return correlation([float(one) for one, _other in pairs], [float(other) for _one, other in pairs])
    except StatisticsError:
        return None


def changes_between(first: Run, second: Run) -> list[Change]:
    """By the rank of the second, those it has not ranked at the end."""
    then = {area.code: area for area in selectors.areas(first)}
    now = {area.code: area for area in selectors.areas(second)}
    rows = []
    for code in then.keys() | now.keys():
        before, after = then.get(code), now.get(code)
        known = after or before
        rows.append(
            Change(
                code,
                known.called,
                known.country,
                before.score if before else None,
                after.score if after else None,
                before.rank if before else None,
                after.rank if after else None,
            )
        )
    return sorted(rows, key=lambda row: (row.rank_now is None, row.rank_now or 0, row.code))


def differences(first: Run, second: Run) -> list[tuple[str, str, str]]:
    found = [
        row
        for of_first, of_second in (
            (recipe_in_words(first.recipe), recipe_in_words(second.recipe)),
            (robustness_in_words(first.robustness), robustness_in_words(second.robustness)),
            (facts(first), facts(second)),
        )
        for row in beside(of_first, of_second)
        if row[1] != row[2]
    ]
    return [*found, *different_nodes(first, second), *different_areas(first, second)]


def beside(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Rows by what they are, as the second has them, then those only the first has; a dash where one has none."""
    then, now = dict(first), dict(second)
    return [(name, then.get(name, "–"), now.get(name, "–")) for name in now | then]


def facts(run: Run) -> list[tuple[str, str]]:
    year, back = run.years or (0, 0)
    return [
        (_("Year"), str(year)),
        (_("Years a figure may be older"), str(back)),
        (_("Data"), data_words(run)),
        (_("Version of the program"), run.code_version),
    ]


def data_words(run: Run) -> str:
    return "; ".join(
        _("%(data_set)s, version %(number)s") % {"data_set": one["data_set"], "number": one["number"]}
        for one in run.inputs
    )


def different_nodes(first: Run, second: Run) -> list[tuple[str, str, str]]:
    then, now = ({node["code"]: node for node in run.structure} for run in (first, second))
    found = []
    for code in sorted(then.keys() | now.keys()):
        before, after = node_words(then.get(code), then), node_words(now.get(code), now)
        if before != after:
            found.append((name_of(now.get(code) or then[code]), before, after))
    return found[:MOST]


def name_of(node: Mapping[str, Any]) -> str:
    return str(Text(node["name"])) or node["code"]


def node_words(node: Mapping[str, Any] | None, tree: Mapping[str, Mapping]) -> str:
    if node is None:
        return _("not there")
    above = name_of(tree[node["parent"]]) if node["parent"] in tree else "–"
    direction = _("less is better") if node.get("direction", 1) < 0 else _("more is better")
    told = {"parent": above, "weight": f"{node['weight']:g}", "direction": direction}
    return _("below %(parent)s, weight %(weight)s, %(direction)s") % told


def different_areas(first: Run, second: Run) -> list[tuple[str, str, str]]:
    then, now = set(first.areas_asked), set(second.areas_asked)
    if then == now:
        return []
    return [(_("Regions"), listed(then, now), listed(now, then))]


def listed(own: set[str], other: set[str]) -> str:
    only = sorted(own - other)
    told = ", ".join(only[:10]) + (" …" if len(only) > 10 else "")
    return _("%(n)s, not in the other: %(codes)s") % {"n": len(own), "codes": told or "–"}
