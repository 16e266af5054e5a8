"""A heat table of correlations: rows and columns carry numbers, rows their names too; colour goes with the sign."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .chart import Body, Chart, Sheet
from .lettering import figure, wrapped
from .marks import box, lines_of, words

STEPS = (0.3, 0.7)


def shade(value: float | None) -> str:
    """neg-2 … none … pos-2; weak ones have no colour."""
    if value is None:
        return "heat-absent"
    size = sum(abs(value) >= step for step in STEPS)
    return "heat-none" if not size else f"heat-{'pos' if value > 0 else 'neg'}-{size}"


def correlations(
    *, title: str, description: str, names: Sequence[str], matrix: Sequence[Sequence[float | None]], note: str = ""
) -> Chart:
    head = [_("Indicator"), *(f"{number} {name}" for number, name in enumerate(names, 1))]
    return Chart(
        code="correlations",
        title=title,
        description=description,
        head=head,
        rows=[[name, *row] for name, row in zip(names, matrix, strict=True)],
        draw=lambda sheet: drawn(sheet, names, matrix),
        note=note,
        key=[
            ("heat-neg-2", _("strong, against each other")),
            ("heat-neg-1", _("middling, against each other")),
            ("heat-none", _("weak or none")),
            ("heat-pos-1", _("middling, in the same direction")),
            ("heat-pos-2", _("strong, in the same direction")),
        ],
    )


def drawn(sheet: Sheet, names: Sequence[str], matrix: Sequence[Sequence[float | None]]) -> Body:
    count, left = max(1, len(names)), 0 if sheet.is_narrow else 236
    side = min(46.0, (sheet.width - left - 30) / count)
    begin, top = left + 28, 28.0
    size = min(sheet.letter, side * 0.42)
    cells = "".join(
        cell(begin + column * side, top + row * side, side, value, size, f"{names[row]} × {names[column]}")
        for row, values in enumerate(matrix)
        for column, value in enumerate(values)
    )
    numbers = "".join(numbered(sheet, names, begin, top, side, place) for place in range(len(names)))
    height = top + count * side + 6
    if not sheet.is_narrow:
        return height, cells + numbers
    below, told = listed(sheet, names, height + 10)
    return below, cells + numbers + told


def numbered(sheet: Sheet, names: Sequence[str], begin: float, top: float, side: float, place: int) -> str:
    size = min(sheet.letter, max(7.0, side * 0.8))
    middle = (place + 0.5) * side
    found = words(begin + middle, top - 6, str(place + 1), size=size, look="soft", anchor="middle")
    found += words(begin - 6, top + middle + size * 0.35, str(place + 1), size=size, look="soft", anchor="end")
    if sheet.is_narrow:
        return found
    return found + lines_of(4, top + middle + size * 0.35, wrapped(names[place], 226, size, 1), size=size)


def cell(x: float, y: float, side: float, value: float | None, size: float, pair: str) -> str:
    look = shade(value)
    drawn_box = box(x, y, side - 1, side - 1, look, f"{pair}: {figure(value, 2)}")
    if size < 9:
        return drawn_box
    return drawn_box + words(
        x + side / 2,
        y + side / 2 + size * 0.35,
        figure(value, 1 if side < 40 else 2),
        size=size,
        look=f"on-{look}",
        anchor="middle",
    )


def listed(sheet: Sheet, names: Sequence[str], top: float) -> Body:
    step = sheet.letter * 1.5
    told = "".join(
        words(24, top + step * place, str(place), size=sheet.letter, look="strong", anchor="end")
        + lines_of(32, top + step * place, wrapped(name, sheet.width - 40, sheet.letter, 1), size=sheet.letter)
        for place, name in enumerate(names, 1)
    )
    return top + step * len(names) + 10, told
