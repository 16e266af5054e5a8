"""A waterfall: from a starting figure to a final one, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _

from .chart import Body, Chart, Sheet
from .lettering import figure, wrapped
from .marks import box, dot, line, lines_of, words
from .scales import Scale, extent

PLACES = 1  # digits behind the point: scores lie between 0 and 100


@dataclass(frozen=True)
class Step:
    """What an indicator adds; None where it has no figure."""

    name: str
    change: float | None


@dataclass(frozen=True)
class Layout:
    names: float
    begin: float
    end: float
    height: float


def waterfall(
    *, title: str, description: str, start: tuple[str, float], steps: Sequence[Step], end: tuple[str, float], note=""
) -> Chart:
    head = [_("Indicator"), _("Points"), _("Sum so far")]
    sums = list(accumulate((step.change or 0.0 for step in steps), initial=start[1]))
    rows = [[step.name, step.change, total] for step, total in zip(steps, sums[1:], strict=True)]
    return Chart(
        code="waterfall",
        title=title,
        description=description,
        head=head,
        rows=[[start[0], None, start[1]], *rows, [end[0], None, end[1]]],
        draw=lambda sheet: drawn(sheet, start, steps, sums, end),
        note=note,
        key=[("gain", _("raises the score")), ("loss", _("lowers the score"))],
    )


def layout(sheet: Sheet) -> Layout:
    return (
        Layout(sheet.width - 90, 4, sheet.width - 4, 44) if sheet.is_narrow else Layout(262, 280, sheet.width - 80, 30)
    )


def drawn(sheet: Sheet, start, steps: Sequence[Step], sums: Sequence[float], end) -> Body:
    place = layout(sheet)
    low, high = extent([*sums, start[1], end[1]])
    room = (high - low) * 0.08
    scale, y = Scale(low - room, high + room, place.begin, place.end), 4.0
    found = [whole(sheet, place, scale, start, y)]
    for step, before, after in zip(steps, sums, sums[1:], strict=False):
        y += place.height
        found.append(stepped(sheet, place, scale, step, (before, after), y))
    found.append(whole(sheet, place, scale, end, y + place.height))
    return y + 2 * place.height + 4, "".join(found)


def bar_top(place: Layout, y: float) -> float:
    return y + place.height - 18 if place.height > 40 else y + 6


def label(sheet: Sheet, place: Layout, y: float, name: str, told: str, look: str = "") -> str:
    foot = y + (16 if sheet.is_narrow else place.height / 2 + sheet.letter * 0.35)
    names = lines_of(4, foot, wrapped(name, place.names - 8, sheet.letter, 1), size=sheet.letter, look=look)
    return names + words(sheet.width - 4, foot, told, size=sheet.letter, look=look, anchor="end")


def whole(sheet: Sheet, place: Layout, scale: Scale, end: tuple[str, float], y: float) -> str:
    (name, value), top = end, bar_top(place, y)
    x, told = scale(value), figure(value, PLACES)
    mark = line((place.begin, top + 7), (place.end, top + 7), "grid") + dot(x, top + 7, 6, "whole", f"{name}: {told}")
    return mark + label(sheet, place, y, name, told, "strong")


def stepped(sheet: Sheet, place: Layout, scale: Scale, step: Step, ends: tuple[float, float], y: float) -> str:
    before, after = (scale(value) for value in ends)
    top = bar_top(place, y)
    thread = line((before, top - place.height + 14), (before, top + 14), "thread")
    if step.change is None:
        return thread + label(sheet, place, y, step.name, _("no data"), "absent")
    told = ("+" if step.change > 0 else "") + figure(step.change, PLACES)
    look = "gain" if step.change >= 0 else "loss"
    bar = box(min(before, after), top, max(1.5, abs(after - before)), 14, look, f"{step.name}: {told}")
    return thread + bar + label(sheet, place, y, step.name, told)
