"""Bars from nought, one under another, with a line where something begins to count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from .chart import Body, Chart, Sheet
from .lettering import figure, measure, wrapped
from .marks import box, line, lines_of, linked, words
from .scales import Scale, known, ticks

HEAD, MOST = 26, 30
MARKED = "middle"


@dataclass(frozen=True)
class Bar:
    """`cells` are the row of the table, raw; `told` stands at the end of the bar, else the figure itself."""

    name: str
    value: float | None
    cells: Sequence[Any]
    told: str = ""
    address: str = ""
    look: str = "first"

    @property
    def end(self) -> str:
        return self.told or figure(self.value, 2)


@dataclass(frozen=True)
class Layout:
    begin: float
    end: float
    height: float


def bars(
    *,
    code: str,
    title: str,
    description: str,
    head: Sequence[str],
    rows: Sequence[Bar],
    marks: Sequence[tuple[float, str]] = (),
    key: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Chart:
    """`marks` are figures at which a line stands, with a look; what has no figure is in the table alone."""
    there = [row for row in rows if row.value is not None]
    return Chart(
        code=code,
        title=title,
        description=description,
        head=head,
        rows=[row.cells for row in rows],
        draw=lambda sheet: drawn(sheet, there[:MOST], marks),
        note=" ".join(filter(None, [note, left_words(len(there) - MOST)])),
        leads=any(row.address for row in there),
        key=key,
    )


def left_words(left: int) -> str:
    if left <= 0:
        return ""
    told = ngettext("%(n)s more is in the table.", "%(n)s more are in the table.", left)
    return told % {"n": figure(left)}


def layout(sheet: Sheet, rows: Sequence[Bar]) -> Layout:
    room = max((measure(row.end) for row in rows), default=0) * sheet.letter + 18
    return Layout(4, sheet.width - 8, 46) if sheet.is_narrow else Layout(252, sheet.width - room, 30)


def drawn(sheet: Sheet, rows: Sequence[Bar], marks: Sequence[tuple[float, str]]) -> Body:
    place = layout(sheet, rows)
    highest = max([*known(row.value for row in rows), *(value for value, _look in marks)], default=0) or 1.0
    scale = Scale(0, highest, place.begin, place.end)
    foot = HEAD + len(rows) * place.height + 4
    axis = "".join(
        words(scale(tick), 16, figure(tick), size=sheet.letter - 1, look="soft", anchor=side(tick, highest))
        + line((scale(tick), HEAD - 4), (scale(tick), foot), "grid" if tick else "axis")
        for tick in ticks(0, highest, 3 if sheet.is_narrow else 5)
    )
    tops = [HEAD + number * place.height for number in range(len(rows))]
    found = "".join(row_of(sheet, place, scale, row, top) for row, top in zip(rows, tops, strict=True))
    return foot, axis + found + marked(sheet, scale, marks, tops, foot)


def marked(sheet: Sheet, scale: Scale, marks: Sequence[tuple[float, str]], tops: Sequence[float], foot: float) -> str:
    """Across all bars; where names stand over the bars, across each bar alone."""
    ends = [(top + 21, top + 41) for top in tops] if sheet.is_narrow else [(HEAD - 4, foot)]
    return "".join(line((scale(at), begin), (scale(at), end), look) for at, look in marks for begin, end in ends)


def side(tick: float, highest: float) -> str:
    """Figures at both ends stay inside the drawing."""
    if not tick:
        return "start"
    return "end" if tick > highest * 0.97 else "middle"


def row_of(sheet: Sheet, place: Layout, scale: Scale, row: Bar, top: float) -> str:
    size, names = sheet.letter, 236.0
    if sheet.is_narrow:
        names = sheet.width - measure(row.end) * size - 20
    foot = top + (16 if sheet.is_narrow else place.height / 2 + size * 0.35)
    above = top + (23 if sheet.is_narrow else place.height / 2 - 8)
    parts = [
        lines_of(4, foot, wrapped(row.name, names, size, 1), size=size, look="over"),
        box(place.begin, above, scale(row.value or 0) - place.begin, 16, row.look),
        words(sheet.width - 4, foot, row.end, size=size, look="over", anchor="end"),
    ]
    return linked("".join(parts), row.address, f"{row.name}: {row.end}")
