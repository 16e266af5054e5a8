"""What every chart is: a title, a description, its figures as a table, and a drawing for any width."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from platform_core.ground.ui.components.markup import esc, html

from .lettering import figure

Body = tuple[float, str]


@dataclass(frozen=True)
class Sheet:
    """A width and the size of letters, both in pixels at full size."""

    width: int
    letter: int = 14

    @property
    def is_narrow(self) -> bool:
        return self.width < 500


WIDE, NARROW = Sheet(760), Sheet(360, 13)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`draw(sheet)` gives the height and what stands inside the SVG. `rows` are raw figures, None where there is none."""

    code: str
    title: str
    description: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    draw: Callable[[Sheet], Body]
    note: str = ""
    leads: bool = False
    key: Sequence[tuple[str, str]] = field(default_factory=list)

    def svg(self, sheet: Sheet, more: str = "") -> SafeString:
        """`more` stands before the drawing; with links inside, the drawing is a group and no image."""
        height, body = self.draw(sheet)
        role = "group" if self.leads else "img"
        return html(
            f'<svg class="plot" viewBox="0 0 {sheet.width} {height:.0f}" role="{role}">',
            f"<title>{esc(self.title)}</title><desc>{esc(self.description)}</desc>{more}{body}</svg>",
        )

    @property
    def wide(self) -> SafeString:
        return self.svg(WIDE)

    @property
    def narrow(self) -> SafeString:
        return self.svg(NARROW)

    @cached_property
    def numeric(self) -> list[int]:
        """Columns that hold numbers."""
        return [place for place in range(1, len(self.head)) if any(is_number(row[place]) for row in self.rows)]

    def told_rows(self) -> list[list[str]]:
        return [[told(cell) for cell in row] for row in self.rows]


def is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def told(cell: Any) -> str:
    """A cell in the reader's language; a dash where there is no figure."""
    if cell is None or cell == "":
        return "–"
    return figure(cell) if is_number(cell) else str(cell)


def columns(head: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    return [[row.get(name) for name in head] for row in rows]
