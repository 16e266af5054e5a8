"""A radar: one region on every axis, between the lowest and the highest of its peers. Axes carry numbers, named beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.translation import gettext as _

from .chart import Body, Chart, Sheet
from .lettering import figure, wrapped
from .marks import Place, broken, dot, lines_of, path, words

RINGS = (25, 50, 75, 100)


@dataclass(frozen=True)
class Axis:
    """Figures from 0 to 100; `low`, `middle` and `high` are the peers' lowest, median and highest."""

    name: str
    own: float | None
    low: float | None = None
    middle: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Wheel:
    x: float
    y: float
    radius: float
    count: int

    def at(self, number: int, value: float | None) -> Place | None:
        """The place of a figure on an axis, the first of which points upwards."""
        if value is None:
            return None
        turn, far = 2 * pi * number / self.count, self.radius * min(100.0, max(0.0, value)) / 100
        return self.x + far * sin(turn), self.y - far * cos(turn)


def radar(*, title: str, description: str, name: str, axes: Sequence[Axis], note: str = "") -> Chart:
    return Chart(
        code="radar",
        title=title,
        description=description,
        head=[_("Part"), name, _("Lowest of the peers"), _("Median of the peers"), _("Highest of the peers")],
        rows=[[axis.name, axis.own, axis.low, axis.middle, axis.high] for axis in axes],
        draw=lambda sheet: drawn(sheet, axes),
        note=note,
        key=[("own", name), ("middle", _("Median of the peers")), ("band", _("From the lowest to the highest peer"))],
    )


def drawn(sheet: Sheet, axes: Sequence[Axis]) -> Body:
    if len(axes) < 3:
        return listing(sheet, axes, 4, 8, sheet.width - 16)
    side = 300 if sheet.is_narrow else 340
    wheel = Wheel(
        side / 2 + (sheet.width - side) / 2 if sheet.is_narrow else side / 2, side / 2, side / 2 - 26, len(axes)
    )
    left, top = (4, side + 20) if sheet.is_narrow else (side + 24, 24)
    height, names = listing(sheet, axes, left, top, sheet.width - left - 8)
    return max(height, side), band(wheel, axes) + web(sheet, wheel) + figures(wheel, axes) + names


def web(sheet: Sheet, wheel: Wheel) -> str:
    around = range(wheel.count)
    rings = "".join(
        path([wheel.at(number, ring) or (0, 0) for number in around], "grid", closed=True) for ring in RINGS
    )
    spokes = "".join(path([(wheel.x, wheel.y), wheel.at(number, 100) or (0, 0)], "grid") for number in around)
    numbers = "".join(number_of(sheet, wheel, number) for number in around)
    return rings + spokes + numbers


def number_of(sheet: Sheet, wheel: Wheel, number: int) -> str:
    turn, far = 2 * pi * number / wheel.count, wheel.radius + 14
    x, y = wheel.x + far * sin(turn), wheel.y - far * cos(turn) + sheet.letter * 0.35
    return words(x, y, str(number + 1), size=sheet.letter, look="strong", anchor="middle")


def figures(wheel: Wheel, axes: Sequence[Axis]) -> str:
    around = list(enumerate(axes))
    middle = [wheel.at(number, axis.middle) for number, axis in around]
    own = [wheel.at(number, axis.own) for number, axis in around]
    return "".join(
        [
            broken([*middle, middle[0]], "middle"),
            broken([*own, own[0]], "own-line"),
            *(dot(*place, 4, "dot own") for place in own if place),
        ]
    )


def band(wheel: Wheel, axes: Sequence[Axis]) -> str:
    """Between the peers' lowest and highest; only where all axes have both, since half a band would mislead."""
    outer = [wheel.at(number, axis.high) for number, axis in enumerate(axes)]
    inner = [wheel.at(number, axis.low) for number, axis in enumerate(axes)]
    whole = [place for place in outer if place], [place for place in inner if place]
    if any(len(places) < len(axes) for places in whole):
        return ""
    rings = ("".join(f"{'L' if step else 'M'}{x:.1f} {y:.1f}" for step, (x, y) in enumerate(ring)) for ring in whole)
    return f'<path class="band" fill-rule="evenodd" d="{"Z".join(rings)}Z"/>'


def listing(sheet: Sheet, axes: Sequence[Axis], left: float, top: float, width: float) -> Body:
    """The axes by number, each with the region's own figure and the peers' median."""
    size, found, y = sheet.letter, [], top + sheet.letter
    for number, axis in enumerate(axes, 1):
        lines = wrapped(axis.name, width - 110, size, 2)
        told = _("no data") if axis.own is None else f"{figure(axis.own, 0)} / {figure(axis.middle, 0)}"
        found += [
            words(left + 16, y, str(number), size=size, look="strong", anchor="end"),
            lines_of(left + 24, y, lines, size=size),
            words(left + width, y, told, size=size, look="absent" if axis.own is None else "", anchor="end"),
        ]
        y += size * 1.2 * len(lines) + 8
    return y, "".join(found)
