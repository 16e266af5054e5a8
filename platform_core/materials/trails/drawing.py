"""A trail drawn: on a wide page in columns from left to right, on a narrow one from top to bottom. Classes give colours."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from platform_core.ground.registry.kinds.things import Place
from platform_core.ground.ui.components.markup import esc, html
from platform_core.ground.ui.lettering import cut, wrapped

from .chains import Chain, Stop, layers
from .telling import fate, named

COLUMNS, ROWS = 5, 7
WIDE, NARROW = 760, 360
BOX, GAP = 56, 12
LETTER, SMALL = 13, 11


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Layout:
    """Where things stand; `more` tells by column how many had no place there."""

    width: int
    height: float
    boxes: dict[Place, Box]
    more: list[tuple[Box, int]]


def columns(chain: Chain) -> list[tuple[list[Stop], int]]:
    """The columns that are drawn, each with its stops and the number of those left out: the nearest to the thing."""
    numbers = layers(chain)
    lowest, highest = window(min(numbers.values()), max(numbers.values()))
    found = []
    for number in range(lowest, highest + 1):
        stops = sorted((chain.stops[place] for place, own in numbers.items() if own == number), key=lambda s: s.level)
        room = ROWS if len(stops) <= ROWS else ROWS - 1
        found.append((stops[:room], len(stops) - len(stops[:room])))
    return ordered(chain, found)


def window(lowest: int, highest: int) -> tuple[int, int]:
    """At most five columns with the thing's own, 0, in the middle where both sides are long."""
    while highest - lowest >= COLUMNS:
        if highest > -lowest:
            highest -= 1
        else:
            lowest += 1
    return lowest, highest


def ordered(chain: Chain, found: list[tuple[list[Stop], int]]) -> list[tuple[list[Stop], int]]:
    """Each column in the order of what its things came of, so that few lines cross."""
    sources: dict[Place, list[Place]] = {}
    for step in chain.steps:
        sources.setdefault(step.later, []).append(step.earlier)
    height: dict[Place, float] = {}
    for stops, _left in found:
        middle = {stop.place: [height[one] for one in sources.get(stop.place, []) if one in height] for stop in stops}
        stops.sort(key=lambda stop: sum(middle[stop.place]) / len(middle[stop.place]) if middle[stop.place] else 0)
        height |= {stop.place: (number + 0.5) / len(stops) for number, stop in enumerate(stops)}
    return found


def drawn(chain: Chain) -> tuple[SafeString, SafeString]:
    """The wide drawing and the narrow one."""
    found = columns(chain)
    return svg(chain, beside(found), is_wide=True), svg(chain, beneath(found), is_wide=False)


def beside(found: list[tuple[list[Stop], int]]) -> Layout:
    most = max(len(stops) + bool(left) for stops, left in found)
    height = most * (BOX + GAP) + GAP
    step = WIDE / len(found)
    width = min(step - 34, 210)
    boxes, more = {}, []
    for number, (stops, left) in enumerate(found):
        x = number * step + (step - width) / 2
        y = (height - (len(stops) + bool(left)) * (BOX + GAP) + GAP) / 2
        for stop in stops:
            boxes[stop.place] = Box(x, y, width)
            y += BOX + GAP
        if left:
            more.append((Box(x, y, width), left))
    return Layout(WIDE, height, boxes, more)


def beneath(found: list[tuple[list[Stop], int]]) -> Layout:
    boxes, more, y = {}, [], float(GAP)
    for number, (stops, left) in enumerate(found):
        x = 30 + number * 14
        for stop in stops:
            boxes[stop.place] = Box(x, y, NARROW - x - 4)
            y += BOX + GAP
        if left:
            more.append((Box(x, y, NARROW - x - 4), left))
            y += BOX + GAP
    return Layout(NARROW, y, boxes, more)


def svg(chain: Chain, layout: Layout, *, is_wide: bool) -> SafeString:
    pairs = dict.fromkeys((step.earlier, step.later) for step in chain.steps)
    joins = [
        join(layout.boxes[one], layout.boxes[other], is_wide=is_wide)
        for one, other in pairs
        if one in layout.boxes and other in layout.boxes
    ]
    boxes = [drawn_box(chain.stops[place], box) for place, box in layout.boxes.items()]
    boxes += [left_out(box, count) for box, count in layout.more]
    title = _("The trail of %(title)s") % {"title": named(chain.start)}
    told = _("What stands before a line came first, what stands after it came of it. The table says the same.")
    return html(
        f'<svg class="plot trail-plot" viewBox="0 0 {layout.width} {layout.height:.0f}" role="group">',
        f"<title>{esc(title)}</title><desc>{esc(told)}</desc>{''.join(joins)}{''.join(boxes)}</svg>",
    )


def join(one: Box, other: Box, *, is_wide: bool) -> str:
    """A line from what came first to what came of it, with a head where it ends."""
    if is_wide:
        x, y, to, down = one.x + one.width, one.y + BOX / 2, other.x, other.y + BOX / 2
        bend = max(14.0, (to - x) / 2)
        way = f"M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {to - bend:.1f} {down:.1f} {to - 6:.1f} {down:.1f}"
    else:
        x, y, to, down = one.x, one.y + BOX / 2, other.x, other.y + BOX / 2
        side = one.x - 24
        way = f"M{x:.1f} {y:.1f}C{side:.1f} {y:.1f} {side:.1f} {down:.1f} {to - 6:.1f} {down:.1f}"
    head = f"M{to:.1f} {down:.1f}l-7 -4v8z"
    return f'<path class="join" d="{way}"/><path class="tip" d="{head}"/>'


def drawn_box(stop: Stop, box: Box) -> str:
    look = "gone" if stop.tombstone else "here" if not stop.level else ""
    lines = wrapped(named(stop), box.width - 16, LETTER, 2)
    above = cut(stop.kind, box.width - 16, SMALL)
    letters = f'<text class="soft" x="{box.x + 8:.1f}" y="{box.y + 15:.1f}" font-size="{SMALL}">{esc(above)}</text>'
    letters += "".join(
        f'<text x="{box.x + 8:.1f}" y="{box.y + 31 + number * 16:.1f}" font-size="{LETTER}">{esc(line)}</text>'
        for number, line in enumerate(lines)
    )
    frame = f'<rect class="stop {look}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{BOX}" rx="3"/>'
    told = esc(" · ".join(filter(None, [stop.kind, named(stop), fate(stop)])))
    inside = f"<title>{told}</title>{frame}{letters}"
    return f'<a href="{esc(stop.address)}" aria-label="{told}">{inside}</a>' if stop.address else f"<g>{inside}</g>"


def left_out(box: Box, count: int) -> str:
    words = ngettext("and %(count)d more", "and %(count)d more", count) % {"count": count}
    x, y = box.x + box.width / 2, box.y + BOX / 2 + 4
    return f'<text class="soft" x="{x:.1f}" y="{y:.1f}" font-size="{LETTER}" text-anchor="middle">{esc(words)}</text>'
