"""What else a run has found about its own firmness, as charts and tables of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from ..charts.chart import Chart
from ..charts.lettering import figure
from ..charts.sensitivity import Factor, sensitivity
from .profile import number

CODES = ("correlations", "sensitivity", "uncertainty", "dominance", "removal", "coherence", "treatment", "coverage")
STRONGEST = 20
PAIRED = 10  # how many of the first stand in the square of pairs


@dataclass(frozen=True)
class Table:
    title: str
    text: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @property
    def numeric(self) -> list[int]:
        return list(range(1, len(self.head)))


def factor_name(code: str) -> str:
    names = {
        "weights": _("Weights"),
        "weight_set": _("Weights"),
        "normalisation": _("Common scale"),
        "treatment": _("Treatment of outliers"),
        "winmax": _("Treatment of outliers"),
        "aggregation": _("Bringing together"),
        "imputation": _("Filling of gaps"),
        "left_out": _("Leaving out one indicator"),
    }
    if code.startswith("aggregation_"):
        return _("Bringing together, level %(n)s") % {"n": code.removeprefix("aggregation_")}
    return names.get(code, code)


def sensitivity_chart(told: Mapping[str, Any] | None) -> Chart | None:
    factors = [
        Factor(
            factor_name(code),
            number(one.get("First")),
            number(one.get("Total")),
            (number(one.get("FirstLow")), number(one.get("FirstHigh"))),
            (number(one.get("TotalLow")), number(one.get("TotalHigh"))),
        )
        for code, one in (told or {}).get("factors", {}).items()
    ]
    if not factors:
        return None
    return sensitivity(
        title=_("Which choice of method moves the ranks most"),
        description=_(
            "Shares of the movement of ranks that a choice brings about, alone and together with the others, by Sobol’s"
            " method; the thin lines are intervals by bootstrap."
        ),
        factors=factors,
    )


def tables(found: Mapping[str, Any], nodes: Mapping[str, str], areas: Mapping[str, str]) -> list[Table]:
    built = (
        leading(found.get("uncertainty"), areas),
        pairs_of_first(found.get("dominance"), areas),
        neighbours(found.get("dominance"), areas),
        removal(found.get("removal"), nodes),
        redundant(found.get("coherence"), nodes),
        consistency(found.get("coherence"), nodes),
    )
    return [table for table in built if table is not None]


def removal(told: Mapping[str, Any] | None, nodes: Mapping[str, str]) -> Table | None:
    elements = (told or {}).get("elements") or {}
    ordered = sorted(elements.items(), key=lambda pair: -(number(pair[1].get("MeanShift")) or 0))
    if not ordered:
        return None
    return Table(
        _("What happens when one element is left out"),
        _("By how many ranks regions move on average, the most any region moves, and how many move at all."),
        [_("Left out"), _("Mean shift of ranks"), _("Largest shift"), _("Regions that move")],
        [
            [nodes.get(code, code), figure(row.get("MeanShift")), figure(row.get("MaxShift")), share(row.get("Moved"))]
            for code, row in ordered
        ],
    )


def share(value: Any) -> str:
    part = number(value)
    return "–" if part is None else f"{figure(100 * part, 0)}\u00a0%"


def leading(told: Mapping[str, Any] | None, areas: Mapping[str, str]) -> Table | None:
    rows = (told or {}).get("areas") or {}
    ordered = sorted(rows.items(), key=lambda pair: (-(number(pair[1].get("Top")) or 0), pair[0]))[:STRONGEST]
    if not ordered:
        return None
    return Table(
        _("Who belongs to the first %(n)s, whatever is chosen") % {"n": (told or {}).get("top", "")},
        _("The share of repetitions in which a region is among them, and those in which it keeps its own rank."),
        [_("Region"), _("Among the first"), _("On its own rank"), _("Median rank")],
        [
            [areas.get(code, code), share(row.get("Top")), share(row.get("AtNominal")), figure(row.get("Median"))]
            for code, row in ordered
        ],
    )


def before(told: Mapping[str, Any] | None, areas: Mapping[str, str]) -> tuple[list[str], dict[tuple[str, str], Any]]:
    """Areas in the order of the ranking, and the share of repetitions in which one stands before another."""
    codes, rows = (told or {}).get("codes", []), (told or {}).get("rows", [])
    shares = {
        (one, other): share
        for one, row in zip(codes, rows, strict=False)
        for other, share in zip(codes, row, strict=False)
    }
    return [code for code in areas if code in set(codes)], shares


def pairs_of_first(told: Mapping[str, Any] | None, areas: Mapping[str, str]) -> Table | None:
    ordered, shares = before(told, areas)
    first = ordered[:PAIRED]
    if len(first) < 2:
        return None
    return Table(
        _("Who of the first stands before whom"),
        _(
            "The share of repetitions in which the region of the row stands before that of the column. Near one half"
            " nobody can say who is ahead; equal ranks count for neither."
        ),
        [_("Region"), *first],
        [
            [f"{areas[one]} ({one})", *("–" if one == other else share(shares[one, other]) for other in first)]
            for one in first
        ],
    )


def neighbours(told: Mapping[str, Any] | None, areas: Mapping[str, str]) -> Table | None:
    ordered, shares = before(told, areas)
    if len(ordered) < 2:
        return None
    return Table(
        _("Neighbours in the ranking"),
        _("The share of repetitions in which a region stands before the next one in the ranking, and behind it."),
        [_("Region"), _("Next in the ranking"), _("Before it"), _("Behind it")],
        [
            [f"{areas[one]} ({one})", f"{areas[other]} ({other})", share(shares[one, other]), share(shares[other, one])]
            for one, other in pairwise(ordered)
        ],
    )


def redundant(told: Mapping[str, Any] | None, nodes: Mapping[str, str]) -> Table | None:
    pairs = (told or {}).get("redundant") or []
    rows = [pair_row(pair, nodes) for pair in pairs[:STRONGEST]]
    if not rows:
        return None
    return Table(
        _("Indicators that say almost the same"),
        _("Each pair counts one thing twice."),
        [_("Indicator"), _("Says almost the same as"), _("Correlation")],
        rows,
    )


def pair_row(pair: Any, nodes: Mapping[str, str]) -> list[str]:
    one, other, *rest = pair.values() if isinstance(pair, Mapping) else pair
    return [nodes.get(one, str(one)), nodes.get(other, str(other)), figure(number(rest[0]) if rest else None, 2)]


def consistency(told: Mapping[str, Any] | None, nodes: Mapping[str, str]) -> Table | None:
    rows = [
        [nodes.get(code, code), figure(number(value), 2)] for code, value in ((told or {}).get("alpha") or {}).items()
    ]
    if not rows:
        return None
    return Table(
        _("How well the indicators of a part belong together"),
        _("Cronbach’s alpha: below about 0.6 a part holds different things, above about 0.9 much is said twice."),
        [_("Part"), _("Cronbach’s alpha")],
        rows,
    )
