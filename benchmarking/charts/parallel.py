"""Parallel coordinates: an axis per indicator, a line per region, one of them chosen. Axes lie under one another, so that
long names fit and a telephone shows them all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .chart import Body, Chart, Sheet
from .lettering import wrapped
from .marks import Place, broken, dot, line, lines_of, linked, words
from .scales import Scale


@dataclass(frozen=True)
class Line:
    """A region's figures from 0 to 100, one for every axis, None where there is none."""

    code: str
    name: str
    values: Sequence[float | None]
    address: str = ""
    is_own: bool = False


def parallel(
    *,
    title: str,
    description: str,
    axes: Sequence[str],
    lines: Sequence[Line],
    ends: tuple[str, str] | None = None,
    note: str = "",
) -> Chart:
    """`ends` says what the left and the right end of every axis mean."""
    own = [one.name for one in lines if one.is_own]
    told = ends or (_("weakest"), _("strongest"))
    return Chart(
        code="parallel",
        title=title,
        description=description,
        head=[_("Region"), _("Code"), *axes],
        rows=[[one.name, one.code, *one.values] for one in lines],
        draw=lambda sheet: drawn(sheet, axes, lines, told),
        note=note,
        leads=any(one.address for one in lines),
        key=[*(("own", name) for name in own), ("peer", _("The other regions"))],
    )


def drawn(sheet: Sheet, axes: Sequence[str], lines: Sequence[Line], told: tuple[str, str]) -> Body:
    size = sheet.letter
    begin, end, step = (10, sheet.width - 12, 62) if sheet.is_narrow else (260, sheet.width - 24, 46)
    scale, first = Scale(0, 100, begin, end), 52
    heights = [first + number * step for number in range(len(axes))]
    foot = heights[-1] + 16 if heights else first
    ends = words(begin, 16, told[0], size=size - 1, look="soft")
    ends += words(end, 16, told[1], size=size - 1, look="soft", anchor="end")
    names = "".join(named(sheet, name, y) for name, y in zip(axes, heights, strict=True))
    rails = "".join(line((begin, y), (end, y), "axis") for y in heights)
    ordered = sorted(lines, key=lambda one: one.is_own)
    return foot, ends + rails + "".join(region(scale, heights, one) for one in ordered) + names


def named(sheet: Sheet, name: str, y: float) -> str:
    if sheet.is_narrow:
        return lines_of(10, y - 12, wrapped(name, sheet.width - 24, sheet.letter, 1), size=sheet.letter, look="over")
    lines = wrapped(name, 236, sheet.letter, 2)
    return lines_of(4, y + 5 - (len(lines) - 1) * sheet.letter * 0.6, lines, size=sheet.letter)


def region(scale: Scale, heights: Sequence[float], one: Line) -> str:
    places: list[Place | None] = [
        None if value is None else (scale(min(100.0, max(0.0, value))), y)
        for value, y in zip(one.values, heights, strict=True)
    ]
    look, radius = ("own", 5.0) if one.is_own else ("peer", 2.5)
    drawn_line = broken(places, f"{look}-line") + "".join(
        dot(*place, radius, f"dot {look}") for place in places if place
    )
    return linked(drawn_line, one.address, f"{one.name} ({one.code})")
