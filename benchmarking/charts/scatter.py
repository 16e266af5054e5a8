"""Two figures of every region as points; names stand beside as many of them as there is room for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _, ngettext

from .bars import left_words
from .chart import Body, Chart, Sheet
from .lettering import figure, measure, wrapped
from .marks import dot, line, lines_of, linked, words
from .scales import Powers, Scale, extent, known, powers, ticks

Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Field:
    """What the points are, what those are that stand out, and where lines stand instead of at the medians."""

    of: str = ""
    marked: str = ""
    at: tuple[float | None, float | None] | None = None
    is_logarithmic: bool = False


PLAIN = Field()


@dataclass(frozen=True)
class Point:
    """Beside a mark stands its `label`, else its code."""

    code: str
    name: str
    x: float | None
    y: float | None
    address: str = ""
    is_own: bool = False
    is_peer: bool = False
    remarks: Sequence[str] = ("", "")
    label: str = ""

    @property
    def is_marked(self) -> bool:
        return any(self.remarks)


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    anchor: str
    area: Area


def scatter(
    *,
    title: str,
    description: str,
    across: str,
    up: str,
    points: Sequence[Point],
    field: Field = PLAIN,
    note: str = "",
) -> Chart:
    shown = [point for point in points if point.x is not None and point.y is not None]
    shown = [point for point in shown if not field.is_logarithmic or (point.y or 0) > 0]
    return Chart(
        code="scatter",
        title=title,
        description=description,
        head=[field.of or _("Region"), _("Code"), across, _("Flag"), up, _("Flag")],
        rows=[[one.name, one.code, one.x, one.remarks[0], one.y, one.remarks[1]] for one in points],
        draw=lambda sheet: drawn(sheet, across, up, shown, field),
        note=" ".join(filter(None, [note, gaps_told(len(points) - len(shown), field)])),
        leads=any(point.address for point in points),
        key=keys(shown, field),
    )


def gaps_told(gaps: int, field: Field) -> str:
    if field.of or not gaps:
        return left_words(gaps)
    told = ngettext(
        "%(n)s region lacks one of the two figures and is not drawn.",
        "%(n)s regions lack one of the two figures and are not drawn.",
        gaps,
    )
    return told % {"n": figure(gaps)}


def keys(points: Sequence[Point], field: Field = PLAIN) -> list[tuple[str, str]]:
    found = [("own", point.name) for point in points if point.is_own]
    found += [("peer-dot", field.marked or _("Peers"))] if any(point.is_peer for point in points) else []
    return [*found, ("flagged", _("with a remark: see the table"))] if any(one.is_marked for one in points) else found


def drawn(sheet: Sheet, across: str, up: str, points: Sequence[Point], field: Field = PLAIN) -> Body:
    title, left, right = wrapped(up, sheet.width - 20, sheet.letter, 2), 58, sheet.width - 14
    top = 18 + len(title) * sheet.letter * 1.2
    foot = top + (300 if sheet.is_narrow else 400)
    xs = Scale(*roomy([point.x for point in points]), left, right)
    ys = heights([point.y for point in points], (foot, top), field)
    below = wrapped(across, sheet.width - 20, sheet.letter, 2)
    parts = [
        lines_of(4, sheet.letter + 2, title, size=sheet.letter, look="strong"),
        grid(sheet, xs, ys),
        medians(xs, ys, points) if field.at is None else limits(xs, ys, field.at),
        "".join(marked(sheet, xs, ys, point) for point in sorted(points, key=importance, reverse=True)),
        "".join(labels(sheet, xs, ys, points, (left, top, right, foot))),
        lines_of(right, foot + 40, below, size=sheet.letter, look="strong", anchor="end"),
    ]
    return foot + 46 + len(below) * sheet.letter * 1.2, "".join(parts)


def roomy(values: Sequence[float | None]) -> tuple[float, float]:
    low, high = extent(values)
    room = (high - low) * 0.06
    return low - room, high + room


def heights(values: Sequence[float | None], ends: tuple[float, float], field: Field) -> Scale:
    if not field.is_logarithmic:
        return Scale(*roomy(values), *ends)
    found = known(values) or [1.0]
    return Powers(min(found) * 0.8, max(found) * 1.25, *ends)


def limits(xs: Scale, ys: Scale, at: tuple[float | None, float | None]) -> str:
    """Lines at the figures from which something counts, where these lie in the drawing."""
    across, up = at
    found = ""
    if across is not None and xs.low <= across <= xs.high:
        found += line((xs(across), ys.begin), (xs(across), ys.end), "middle")
    if up is not None and ys.low <= up <= ys.high:
        found += line((xs.begin, ys(up)), (xs.end, ys(up)), "middle")
    return found


def grid(sheet: Sheet, xs: Scale, ys: Scale) -> str:
    size = sheet.letter - 1
    found = [
        line((xs(tick), ys.begin), (xs(tick), ys.end), "grid")
        + words(xs(tick), ys.begin + 18, figure(tick), size=size, look="soft", anchor="middle")
        for tick in ticks(xs.low, xs.high, 3 if sheet.is_narrow else 6)
    ]
    found += [
        line((xs.begin, ys(tick)), (xs.end, ys(tick)), "grid")
        + words(xs.begin - 6, ys(tick) + size * 0.35, figure(tick), size=size, look="soft", anchor="end")
        for tick in (powers(ys.low, ys.high) if isinstance(ys, Powers) else ticks(ys.low, ys.high, 5))
    ]
    return "".join(found)


def medians(xs: Scale, ys: Scale, points: Sequence[Point]) -> str:
    if not points:
        return ""
    x = xs(median(point.x for point in points if point.x is not None))
    y = ys(median(point.y for point in points if point.y is not None))
    return line((x, ys.begin), (x, ys.end), "middle") + line((xs.begin, y), (xs.end, y), "middle")


def importance(point: Point) -> tuple[bool, bool, str]:
    """The chosen region is named first, then its peers."""
    return not point.is_own, not point.is_peer, point.code


def marked(sheet: Sheet, xs: Scale, ys: Scale, point: Point) -> str:
    look = "dot own" if point.is_own else "dot peer-dot" if point.is_peer else "dot other"
    look += " flagged" if point.is_marked else ""
    told = f"{point.name} ({point.code}): " + "; ".join(
        f"{figure(value)} [{remark}]" if remark else figure(value)
        for value, remark in zip((point.x, point.y), point.remarks, strict=True)
    )
    return linked(dot(xs(point.x or 0), ys(point.y or 0), 6 if point.is_own else 4, look), point.address, told)


def labels(sheet: Sheet, xs: Scale, ys: Scale, points: Sequence[Point], inside: Area) -> Iterator[str]:
    """Greedy: a name that would lie on a mark or on another name is left out; the table has them all."""
    taken = [around(xs(point.x or 0), ys(point.y or 0)) for point in points]
    for point in sorted(points, key=importance):
        size = sheet.letter - (0 if point.is_own else 1)
        text = point.name if point.is_own and not sheet.is_narrow else point.label or point.code
        own = around(xs(point.x or 0), ys(point.y or 0))
        for label in candidates(xs(point.x or 0), ys(point.y or 0), measure(text) * size, size):
            others = (area for area in taken if area != own)
            if within(label.area, inside) and not any(overlap(label.area, area) for area in others):
                taken.append(label.area)
                look = "strong over" if point.is_own else "over"
                yield words(label.x, label.y, text, size=size, look=look, anchor=label.anchor)
                break


def around(x: float, y: float) -> Area:
    return x - 5, y - 5, x + 5, y + 5


def candidates(x: float, y: float, width: float, size: float) -> Iterator[Label]:
    """To the right, to the left, above and below, then aslant."""
    for down in (size * 0.35, -6, size + 3):
        yield Label(x + 8, y + down, "start", (x + 7, y + down - size, x + 9 + width, y + down + 3))
        yield Label(x - 8, y + down, "end", (x - 9 - width, y + down - size, x - 7, y + down + 3))
        if down != size * 0.35:
            half = width / 2 + 1
            yield Label(x, y + down - 2, "middle", (x - half, y + down - size - 2, x + half, y + down + 1))


def overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def within(one: Area, other: Area) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]
