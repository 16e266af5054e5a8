"""What a figure is made of: parts above nought to the right of it, those below to the left, and a dot on their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from django.utils.translation import gettext as _

from .bars import left_words
from .chart import Body, Chart, Sheet
from .lettering import figure, measure, wrapped
from .marks import box, dot, line, lines_of, linked, words
from .scales import Scale, extent, known, ticks

HEAD, MOST = 26, 40
LOOKS = ("whole", "total", "first")


@dataclass(frozen=True)
class Made:
    """`parts` in the order of their names, None where there is none; `told` says the sum."""

    name: str
    parts: Sequence[float | None]
    code: str = ""
    told: str = ""
    address: str = ""

    @property
    def sum(self) -> float | None:
        found = known(self.parts)
        return fsum(found) if found else None

    @property
    def end(self) -> str:
        return self.told or figure(self.sum)


def parts(
    *, code: str, title: str, description: str, of: str, unit: str, names: Sequence[str], rows: Sequence[Made], note=""
) -> Chart:
    """Of very many the first and the last are drawn, so `rows` come in order."""
    there = [row for row in rows if row.sum is not None]
    shown = there if len(there) <= MOST else [*there[: MOST // 2], *there[-MOST // 2 :]]
    left = len(there) - len(shown)
    between = _("The first and the last of the order are drawn.") if left else ""
    return Chart(
        code=code,
        title=title,
        description=description,
        head=[of, _("Code"), *names, _("Sum")],
        rows=[[row.name, row.code, *row.parts, row.sum] for row in rows],
        draw=lambda sheet: drawn(sheet, shown, unit),
        note=" ".join(filter(None, [note, between, left_words(left)])),
        leads=any(row.address for row in shown),
        key=[*zip(LOOKS, names, strict=True), ("own", _("Sum"))],
    )


def reach(row: Made) -> tuple[float, float]:
    found = known(row.parts)
    return fsum(part for part in found if part < 0), fsum(part for part in found if part > 0)


def drawn(sheet: Sheet, rows: Sequence[Made], unit: str) -> Body:
    room = max((measure(row.end) for row in rows), default=0) * sheet.letter + 22
    begin, end, step = (12, sheet.width - 12, 48) if sheet.is_narrow else (252, sheet.width - room, 30)
    low, high = extent([one for row in rows for one in reach(row)], zero=True)
    scale, top = Scale(low, high, begin, end), HEAD + sheet.letter
    foot = top + len(rows) * step + 4
    axis = words(sheet.width - 4, sheet.letter, unit, size=sheet.letter - 1, look="soft", anchor="end")
    axis += "".join(
        words(scale(tick), top - 8, figure(tick), size=sheet.letter - 1, look="soft", anchor="middle")
        + line((scale(tick), top - 4), (scale(tick), foot), "grid" if tick else "axis")
        for tick in ticks(low, high, 3 if sheet.is_narrow else 5)
    )
    return foot, axis + "".join(row_of(sheet, scale, row, top + number * step, step) for number, row in enumerate(rows))


def row_of(sheet: Sheet, scale: Scale, row: Made, top: float, step: float) -> str:
    size, names = sheet.letter, 236.0
    if sheet.is_narrow:
        names = sheet.width - measure(row.end) * size - 24
    foot = top + (16 if sheet.is_narrow else step / 2 + size * 0.35)
    above = top + (24 if sheet.is_narrow else step / 2 - 8)
    found = [lines_of(4, foot, wrapped(row.name, names, size, 1), size=size, look="over")]
    found.append(words(sheet.width - 4, foot, row.end, size=size, look="over", anchor="end"))
    found.append(stacked(scale, row.parts, above))
    if row.sum is not None:
        found.append(dot(scale(row.sum), above + 8, 5, "dot own"))
    return linked("".join(found), row.address, f"{row.name}: {row.end}")


def stacked(scale: Scale, values: Sequence[float | None], top: float) -> str:
    """Each part begins where the one before it on its side of nought ended."""
    down = up = 0.0
    found = []
    for look, value in zip(LOOKS, values, strict=True):
        if not value:
            continue
        begin = up if value > 0 else down
        ends = sorted((scale(begin), scale(begin + value)))
        found.append(box(ends[0], top, ends[1] - ends[0], 16, look))
        up, down = (up + value, down) if value > 0 else (up, down + value)
    return "".join(found)
