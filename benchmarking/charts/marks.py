"""Pieces of a drawing. Colours and weights come from the classes; only places and sizes are written here."""

from collections.abc import Iterable, Sequence

from platform_core.ground.ui.components.markup import esc

Place = tuple[float, float]


def words(x: float, y: float, text: str, *, size: float, look: str = "", anchor: str = "") -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    kind = f' class="{look}"' if look else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{where}{kind}>{esc(text)}</text>'


def lines_of(x: float, y: float, lines: Sequence[str], *, size: float, look: str = "", anchor: str = "") -> str:
    """Lines under one another, the first on `y`."""
    return "".join(
        words(x, y + place * size * 1.2, line, size=size, look=look, anchor=anchor) for place, line in enumerate(lines)
    )


def line(begin: Place, end: Place, look: str) -> str:
    return f'<line class="{look}" x1="{begin[0]:.1f}" y1="{begin[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'


def dot(x: float, y: float, radius: float, look: str, title: str = "") -> str:
    told = f"<title>{esc(title)}</title>" if title else ""
    return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}">{told}</circle>'


def box(x: float, y: float, width: float, height: float, look: str, title: str = "") -> str:
    told = f"<title>{esc(title)}</title>" if title else ""
    return (
        f'<rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" height="{height:.1f}">{told}</rect>'
    )


def path(places: Iterable[Place], look: str, *, closed: bool = False) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    return f'<path class="{look}" d="M{steps}{"Z" if closed else ""}"/>' if steps else ""


def runs(places: Iterable[Place | None]) -> list[list[Place]]:
    """Stretches without a gap."""
    found: list[list[Place]] = [[]]
    for place in places:
        if place is None:
            found.append([])
        else:
            found[-1].append(place)
    return [stretch for stretch in found if stretch]


def broken(places: Iterable[Place | None], look: str) -> str:
    """A line that stops where there is nothing; a single place is a stretch of its own and needs a mark."""
    return "".join(path(stretch, look) for stretch in runs(places) if len(stretch) > 1)


def linked(content: str, address: str, title: str) -> str:
    told = f"<title>{esc(title)}</title>"
    if not address:
        return f"<g>{told}{content}</g>"
    return f'<a href="{esc(address)}" aria-label="{esc(title)}">{told}{content}</a>'
