"""Charts of a study of peers: how far the nearest are, by which blocks they differ, variable by variable beside them."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from .charts.bars import Bar, bars
from .charts.chart import Chart
from .charts.lettering import figure
from .charts.parallel import Line, parallel
from .charts.tiles import tiles
from .measures import distance_names, in_decimals
from .models import PeerRow, PeerStudy, PeerVariable
from .peer_pages import BESIDE, Asked, address, distance_of, nearest, tiles as tiles_of
from .selectors import peers as selectors

FULL = 100


def of_region(study: PeerStudy, row: PeerRow, wanted: Asked) -> list[Chart]:
    codes = nearest(row, wanted)
    held = selectors.rows_of(study, codes)
    return drawn(study, row, [held[code] for code in codes], selectors.variables(study), wanted)


def drawn(
    study: PeerStudy, row: PeerRow, near: Sequence[PeerRow], variables: Sequence[PeerVariable], wanted: Asked
) -> list[Chart]:
    if not near:
        return []
    beside = near[:BESIDE]
    return [
        distances(study, row, near, wanted),
        blocks(row, beside, variables, study.diagnosis.get("weights", {})),
        side_by_side(study, row, beside, variables, wanted),
    ]


def likeness_map(study: PeerStudy, row: PeerRow, wanted: Asked) -> Chart:
    return tiles(
        title=_("How alike regions are to %(name)s") % {"name": row.area.name},
        description=_("100 is the region itself; likeness is 100 divided by one plus the distance."),
        regions=tiles_of(study, row, wanted),
        figures=_("Likeness"),
    )


def linked(study: PeerStudy, area: str, wanted: Asked) -> str:
    return f"{address(study, area)}?{wanted.query}"


def distances(study: PeerStudy, row: PeerRow, near: Sequence[PeerRow], wanted: Asked) -> Chart:
    names = distance_names()
    others = [code for code in names if code != wanted.distance]
    return bars(
        code="distances",
        title=_("How far the nearest are from %(name)s") % {"name": row.area.name},
        description=_("By the distance “%(distance)s”: the shorter the bar, the more alike.")
        % {"distance": names[wanted.distance]},
        head=[_("Region"), _("Code"), names[wanted.distance], *(names[code] for code in others), _("Weights shared")],
        rows=[distance_bar(study, row, other, wanted, others) for other in near],
        key=country_key(row, near),
    )


def distance_bar(study: PeerStudy, row: PeerRow, other: PeerRow, wanted: Asked, others: Sequence[str]) -> Bar:
    code = other.area.code
    far = distance_of(row, code, wanted.distance)
    cells = [other.area.name, code, far, *(distance_of(row, code, one) for one in others)]
    return Bar(
        f"{other.area.name} ({code})",
        far,
        [*cells, row.peers["cells"][code]["shared"]],
        in_decimals(far, 3),
        linked(study, code, wanted),
        "total" if other.area.country == row.area.country else "first",
    )


def country_key(row: PeerRow, near: Sequence[PeerRow]) -> list[tuple[str, str]]:
    if not any(other.area.country == row.area.country for other in near):
        return []
    return [("first", _("Of another country")), ("total", _("Of the same country"))]


def blocks(
    row: PeerRow, near: Sequence[PeerRow], variables: Sequence[PeerVariable], weights: Mapping[str, float]
) -> Chart:
    """By block the mean difference to the nearest, in per cent of the distance between the lowest and the highest region."""
    rows = []
    for block, found in groupby(variables, key=lambda one: one.block):
        codes = [one.indicator.code for one in found]
        apart = [difference(row, other, codes, weights) for other in near]
        known = [one for one in apart if one is not None]
        mean = sum(known) / len(known) if known else None
        name = str(PeerVariable.Block(block).label)
        rows.append(Bar(name, mean, [name, mean, *apart], figure(mean, 1)))
    return bars(
        code="blocks",
        title=_("By what the nearest differ from %(name)s") % {"name": row.area.name},
        description=_(
            "The mean difference to the nearest in each block of variables: 0 is no difference, 100 that between the lowest"
            " and the highest region of the study."
        ),
        head=[_("Block"), _("Mean"), *(other.area.name for other in near)],
        rows=sorted(rows, key=lambda one: (one.value is None, -(one.value or 0))),
    )


def scaled(row: PeerRow, code: str) -> float | None:
    return row.values.get(code, {}).get("scaled")


def difference(one: PeerRow, other: PeerRow, codes: Sequence[str], weights: Mapping[str, float]) -> float | None:
    """Mean of the differences by weight on what both have a figure of, 0 to 100."""
    total = apart = 0.0
    for code in codes:
        here, there, weight = scaled(one, code), scaled(other, code), weights.get(code, 0.0)
        if here is not None and there is not None:
            total, apart = total + weight, apart + weight * abs(here - there)
    return FULL * apart / total if total else None


def side_by_side(
    study: PeerStudy, row: PeerRow, near: Sequence[PeerRow], variables: Sequence[PeerVariable], wanted: Asked
) -> Chart:
    codes = [
        one.indicator.code for one in variables if any(scaled(other, one.indicator.code) is not None for other in near)
    ]
    names = {one.indicator.code: str(one.indicator.name) for one in variables}
    return parallel(
        title=_("%(name)s and its nearest, variable by variable") % {"name": row.area.name},
        description=_(
            "0 is the lowest and 100 the highest region of the study, after very large or very small values were drawn in;"
            " neither is better. Every line is a region; it stops where a figure is missing."
        ),
        axes=[names[code] for code in codes],
        lines=[
            Line(
                one.area.code,
                one.area.name,
                [None if (value := scaled(one, code)) is None else FULL * value for code in codes],
                linked(study, one.area.code, wanted),
                is_own=one is row,
            )
            for one in (row, *near)
        ],
        ends=(_("lowest"), _("highest")),
    )
