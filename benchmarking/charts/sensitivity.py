"""How much of the movement of ranks each choice of method brings about: alone, and together with the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .chart import Body, Chart, Sheet
from .lettering import figure, wrapped
from .marks import box, line, lines_of, words
from .scales import Scale, extent, ticks

Interval = tuple[float | None, float | None]
NONE: Interval = (None, None)


@dataclass(frozen=True)
class Factor:
    """Shares of variance: `first` alone, `total` with all that the factor takes part in; intervals by bootstrap."""

    name: str
    first: float | None
    total: float | None
    first_interval: Interval = NONE
    total_interval: Interval = NONE


def sensitivity(*, title: str, description: str, factors: Sequence[Factor], note: str = "") -> Chart:
    head = [_("Choice"), _("Alone"), _("from"), _("to"), _("With all others"), _("from"), _("to")]
    return Chart(
        code="sensitivity",
        title=title,
        description=description,
        head=head,
        rows=[[one.name, one.first, *one.first_interval, one.total, *one.total_interval] for one in factors],
        draw=lambda sheet: drawn(sheet, factors),
        note=note,
        key=[("first", _("Alone")), ("total", _("Together with the other choices"))],
    )


def drawn(sheet: Sheet, factors: Sequence[Factor]) -> Body:
    begin, end, step, head = (4, sheet.width - 60, 66, 26) if sheet.is_narrow else (230, sheet.width - 76, 50, 26)
    values = [value for one in factors for value in (one.first, one.total, *one.first_interval, *one.total_interval)]
    low, high = extent([*values, 0.0])
    scale, foot = Scale(min(0.0, low), high, begin, end), head + step * len(factors)
    axis = "".join(
        words(scale(tick), 16, figure(tick), size=sheet.letter - 1, look="soft", anchor="middle")
        + line((scale(tick), head - 4), (scale(tick), foot), "axis" if tick == 0 else "grid")
        for tick in ticks(scale.low, high, 4)
    )
    return foot + 4, axis + "".join(row(sheet, scale, one, head + step * place) for place, one in enumerate(factors))


def row(sheet: Sheet, scale: Scale, one: Factor, top: float) -> str:
    size, above = sheet.letter, 22 if sheet.is_narrow else 6
    if sheet.is_narrow:
        name = lines_of(4, top + 16, wrapped(one.name, sheet.width - 8, size, 1), size=size)
    else:
        name = lines_of(4, top + 20, wrapped(one.name, 210, size, 2), size=size)
    pairs = (("first", one.first, one.first_interval), ("total", one.total, one.total_interval))
    return name + "".join(
        bar(sheet, scale, look, value, ends, top + above + 20 * place)
        for place, (look, value, ends) in enumerate(pairs)
    )


def bar(sheet: Sheet, scale: Scale, look: str, value: float | None, ends: Interval, top: float) -> str:
    told = figure(value, 2) if value is not None else _("no data")
    foot = words(sheet.width - 4, top + 12, told, size=sheet.letter - 1, look="" if told else "absent", anchor="end")
    if value is None:
        return foot
    zero, reach = scale(0), scale(value)
    return box(min(zero, reach), top, abs(reach - zero), 14, look) + whisker(scale, ends, top + 7) + foot


def whisker(scale: Scale, ends: Interval, middle: float) -> str:
    low, high = ends
    if low is None or high is None:
        return ""
    return line((scale(low), middle), (scale(high), middle), "whisk") + "".join(
        line((scale(value), middle - 4), (scale(value), middle + 4), "whisk") for value in (low, high)
    )
