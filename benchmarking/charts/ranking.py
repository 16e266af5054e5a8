"""A ranking with the interval in which each rank lies: a line from the best to the worst rank, a dot on the rank itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .chart import Body, Chart, Sheet
from .lettering import cut, figure, measure
from .marks import box, dot, line, linked, words
from .scales import Scale, rank_ticks

HEAD = 26


@dataclass(frozen=True)
class Ranked:
    """A region without a rank is told of with the reason, in words."""

    code: str
    name: str
    rank: float | None
    low: float | None = None
    high: float | None = None
    score: float | None = None
    address: str = ""
    is_own: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Layout:
    names: float
    begin: float
    end: float
    height: float
    is_above: bool


def ranking(*, title: str, description: str, rows: Sequence[Ranked], last: int, note: str = "") -> Chart:
    """`last` is the number of regions that have a rank."""
    head = [_("Region"), _("Code"), _("Rank"), _("Best likely rank"), _("Worst likely rank"), _("Score")]
    return Chart(
        code="ranking",
        title=title,
        description=description,
        head=head,
        rows=[[row.name, row.code, row.rank, row.low, row.high, row.score] for row in rows],
        draw=lambda sheet: drawn(sheet, rows, max(1, last)),
        note=note,
        leads=any(row.address for row in rows),
    )


def layout(sheet: Sheet) -> Layout:
    if sheet.is_narrow:
        return Layout(sheet.width - 96, 8, sheet.width - 12, 46, True)
    return Layout(236, 252, sheet.width - 118, 30, False)


def drawn(sheet: Sheet, rows: Sequence[Ranked], last: int) -> Body:
    place = layout(sheet)
    scale = Scale(1, max(2, last), place.begin, place.end)
    height = HEAD + len(rows) * place.height + 4
    axis = "".join(
        words(scale(tick), 16, figure(tick), size=sheet.letter - 1, look="soft", anchor="middle")
        + line((scale(tick), HEAD - 4), (scale(tick), height), "grid")
        for tick in rank_ticks(last, 4 if sheet.is_narrow else 6)
    )
    return height, axis + "".join(
        row_of(sheet, place, scale, row, HEAD + number * place.height) for number, row in enumerate(rows)
    )


def interval(row: Ranked) -> str:
    """The rank with its interval, as short as it can be said."""
    if row.rank is None:
        return "–"
    if row.low is None or row.high is None or row.low == row.high:
        return figure(row.rank)
    return f"{figure(row.rank)} ({figure(row.low, 0)}–{figure(row.high, 0)})"


def row_of(sheet: Sheet, place: Layout, scale: Scale, row: Ranked, top: float) -> str:
    size, middle = sheet.letter, top + (place.height - 14 if place.is_above else place.height / 2)
    name = f"{cut(row.name, place.names - measure(row.code) * size - 14, size)} ({row.code})"
    foot = top + (16 if place.is_above else place.height / 2 + size * 0.35)
    told = interval(row)
    parts = [
        box(0, top + 1, sheet.width, place.height - 2, "own-row") if row.is_own else "",
        words(4, foot, name, size=size, look="strong" if row.is_own else ""),
        words(sheet.width - 4, foot, told, size=size, look="strong" if row.is_own else "", anchor="end"),
        marks(scale, row, middle),
    ]
    if row.rank is None:
        parts.append(words(place.begin, middle + 4, row.reason or _("no data"), size=size - 1, look="absent"))
    return linked("".join(parts), row.address, f"{row.name} ({row.code}): {told}")


def marks(scale: Scale, row: Ranked, middle: float) -> str:
    if row.rank is None:
        return ""
    look = " own" if row.is_own else ""
    if row.low is None or row.high is None:
        return dot(scale(row.rank), middle, 5, f"dot{look}")
    low, high = scale(row.low), scale(row.high)
    whisker = line((low, middle), (high, middle), f"span{look}")
    ends = "".join(line((x, middle - 4), (x, middle + 4), f"cap{look}") for x in (low, high))
    return whisker + ends + dot(scale(row.rank), middle, 5, f"dot{look}")
