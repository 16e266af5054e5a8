"""What a run found beside its ranks, as sheets of a workbook: a row of heads, then plain figures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..models import RunArea
from .profile import number
from .robustness import factor_name

Row = Sequence[Any]
Sheet = tuple[str, Sequence[int], list[Row]]
Names = Mapping[str, str]
SHARES = ("First", "FirstLow", "FirstHigh", "Total", "TotalLow", "TotalHigh")
RANKS = ("Nominal", "Mean", "Low", "Median", "High", "Top", "AtNominal", "Runs")


def sheets(found: Mapping[str, Any], nodes: Names, areas: Sequence[RunArea]) -> Iterator[Sheet]:
    """Those of which the run holds anything."""
    built = (
        coverage(found, nodes),
        coherence(found.get("coherence") or {}, nodes),
        uncertainty(found.get("uncertainty") or {}, areas),
        pairs(found.get("dominance") or {}, areas),
        sensitivity(found.get("sensitivity") or {}),
        removal(found.get("removal") or {}, nodes),
    )
    yield from (sheet for sheet in built if len(sheet[2]) > 1)


def treatment_heads() -> dict[str, str]:
    return {
        "method": _("Done"),
        "points": _("Figures moved"),
        "skewness_before": _("Skewness before"),
        "kurtosis_before": _("Kurtosis before"),
        "skewness_after": _("Skewness after"),
        "kurtosis_after": _("Kurtosis after"),
        "passes": _("Not strongly skewed any more"),
    }


def coverage(found: Mapping[str, Any], nodes: Names) -> Sheet:
    told, national = found.get("coverage") or {}, found.get("national") or {}
    measured, imputed = told.get("indicators") or {}, told.get("imputed") or {}
    gone = set(told.get("indicators_left_out") or ())
    head = [
        _("Indicator"),
        _("Share of regions with a figure"),
        _("Gaps filled"),
        _("Figures of countries"),
        _("Left out"),
    ]
    rows = [
        [
            nodes.get(code, code),
            number(part),
            imputed.get(code, 0),
            national.get(code, 0),
            _("yes") if code in gone else "",
        ]
        for code, part in measured.items()
    ]
    return _("Coverage"), (44, 16, 14, 14, 12), [head, *rows]


def coherence(told: Mapping[str, Any], nodes: Names) -> Sheet:
    parts, alpha = told.get("nodes") or {}, told.get("alpha") or {}
    head = [_("Place"), _("Cronbach’s alpha"), _("Correlation with what it is part of"), _("Share of the influence")]
    rows = [
        [
            nodes.get(code, code),
            number(alpha.get(code)),
            number(parts.get(code, {}).get("with_parent")),
            number(parts.get(code, {}).get("influence")),
        ]
        for code in dict.fromkeys([*parts, *alpha])
    ]
    return _("Coherence"), (44, 16, 18, 18), [head, *rows]


def uncertainty(told: Mapping[str, Any], areas: Sequence[RunArea]) -> Sheet:
    rows = told.get("areas") or {}
    head = [
        _("Code"),
        _("Region"),
        _("Rank"),
        _("Mean rank"),
        _("Best likely rank"),
        _("Median rank"),
        _("Worst likely rank"),
        _("Among the first %(n)s") % {"n": told.get("top", "")},
        _("On its own rank"),
        _("Repetitions"),
    ]
    known = [
        [area.code, area.called, *(number(rows[area.code].get(name)) for name in RANKS)]
        for area in areas
        if area.code in rows
    ]
    return _("Uncertainty"), (8, 40, *([14] * 8)), [head, *known]


def pairs(told: Mapping[str, Any], areas: Sequence[RunArea]) -> Sheet:
    codes, rows = told.get("codes") or [], told.get("rows") or []
    names = {area.code: area.called for area in areas}
    body = [[code, names.get(code, code), *map(number, row)] for code, row in zip(codes, rows, strict=False)]
    return _("Who stands before whom"), (8, 40, *([10] * len(codes))), [[_("Code"), _("Region"), *codes], *body]


def sensitivity(told: Mapping[str, Any]) -> Sheet:
    head = [
        _("Choice"),
        _("Alone"),
        _("Alone, low"),
        _("Alone, high"),
        _("With the others"),
        _("With the others, low"),
        _("With the others, high"),
    ]
    rows = [
        [factor_name(code), *(number(one.get(name)) for name in SHARES)]
        for code, one in (told.get("factors") or {}).items()
    ]
    return _("Sensitivity"), (40, *([14] * 6)), [head, *rows]


def removal(told: Mapping[str, Any], nodes: Names) -> Sheet:
    head = [_("Left out"), _("Mean shift of ranks"), _("Largest shift"), _("Regions that move")]
    rows = [
        [nodes.get(code, code), *(number(one.get(name)) for name in ("MeanShift", "MaxShift", "Moved"))]
        for code, one in (told.get("elements") or {}).items()
    ]
    return _("Left out"), (44, 14, 14, 14), [head, *rows]
