"""A chart as a file of its own: its title over it, its note under it, and colours written out, since nothing else is there
to give them. `static/css/components/plot.css` says the same for pages."""

from hashlib import sha256

from platform_core.ground.ui.components.markup import html

from .chart import WIDE, Chart, Sheet
from .lettering import measure, wrapped
from .marks import box, lines_of, words

INK, SOFT, PAPER, LINE, EDGE, WARM, ACCENT = "#1b2430", "#55606d", "#ffffff", "#dcd7ca", "#7b8590", "#9a4d16", "#0d4f8b"
SHADES = ("#ffffff", "#dde5ef", "#b6c8dd", "#91accb", "#4573a4", ACCENT)
LOOKS = {
    "text": f"fill:{INK}",
    ".soft": f"fill:{SOFT}",
    ".strong": "font-weight:600",
    ".over": f"paint-order:stroke;stroke:{PAPER};stroke-width:3px;stroke-linejoin:round",
    ".absent": f"fill:{SOFT};font-style:italic",
    ".grid": f"stroke:{LINE};stroke-width:1;fill:none",
    ".thread": f"stroke:{LINE};stroke-width:1;fill:none",
    ".axis": f"stroke:{EDGE};stroke-width:1",
    ".span": f"stroke:{SHADES[4]};stroke-width:3",
    ".cap": f"stroke:{SHADES[4]};stroke-width:2",
    ".span.own": f"stroke:{WARM}",
    ".cap.own": f"stroke:{WARM}",
    ".own-row": "fill:#f1ede2",
    ".dot": f"fill:{ACCENT};stroke:{PAPER};stroke-width:1",
    ".dot.own": f"fill:{WARM}",
    ".dot.peer": f"fill:{EDGE};stroke:none",
    ".dot.peer-dot": f"fill:{ACCENT}",
    ".dot.other": f"fill:{PAPER};stroke:{EDGE};stroke-width:1.5",
    ".dot.hollow": f"fill:{PAPER};stroke:{EDGE};stroke-width:1.5",
    ".dot.own.hollow": f"fill:{PAPER};stroke:{WARM};stroke-width:2",
    ".dot.flagged": f"stroke:{INK};stroke-width:2;stroke-dasharray:3 2",
    ".own-line": f"stroke:{WARM};stroke-width:3;fill:none",
    ".peer-line": f"stroke:{EDGE};stroke-width:1;fill:none;opacity:.55",
    ".middle": f"stroke:{SOFT};stroke-width:1.5;stroke-dasharray:5 4;fill:none",
    ".band": f"fill:{SHADES[1]}",
    ".break": "stroke:#a8201f;stroke-width:2;stroke-dasharray:3 2",
    ".gain": f"fill:{ACCENT}",
    ".loss": f"fill:{WARM}",
    ".whole": f"fill:{EDGE}",
    ".first": f"fill:{ACCENT}",
    ".total": f"fill:{SHADES[3]}",
    ".whisk": f"stroke:{INK};stroke-width:1.5",
    ".heat-neg-2": f"fill:{WARM}",
    ".heat-neg-1": "fill:#dbbaa8",
    ".heat-none": "fill:#f1ede2",
    ".heat-pos-1": f"fill:{SHADES[2]}",
    ".heat-pos-2": f"fill:{ACCENT}",
    ".heat-absent": f"fill:{PAPER};stroke:{LINE}",
    ".on-heat-neg-2": f"fill:{PAPER}",
    ".on-heat-pos-2": f"fill:{PAPER}",
    ".map text": "font-size:8.5px;text-anchor:middle",
    ".map rect": f"stroke:{PAPER};stroke-width:2",
    ".map rect.shade-0": f"stroke:{LINE};stroke-width:1",
    ".key-box": f"stroke:{EDGE};stroke-width:1",
    **{f".shade-{number}": f"fill:{colour}" for number, colour in enumerate(SHADES)},
    ".on-4": f"fill:{PAPER}",
    ".on-5": f"fill:{PAPER}",
}
STYLE = "".join(f"{look}{{{said}}}" for look, said in LOOKS.items())
FACES = "'Source Sans 3','Noto Sans','DejaVu Sans',Arial,sans-serif"
MARGIN, BAND = 16, 26


def alone(chart: Chart, sheet: Sheet = WIDE) -> bytes:
    """The whole picture as SVG, with the words a page writes around it."""
    height, body = chart.draw(sheet)
    title, top = titled(chart, sheet)
    key, top = keyed(chart, sheet, top)
    notes = [line for text in filter(None, [chart.note]) for line in wrapped(text, sheet.width, 12, 6)]
    foot = top + height + 18
    full = foot + len(notes) * 16 + MARGIN
    return html(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width + 2 * MARGIN}" height="{full + MARGIN:.0f}"',
        f' viewBox="{-MARGIN} {-MARGIN} {sheet.width + 2 * MARGIN} {full + MARGIN:.0f}" font-family="{FACES}">',
        f"<style>{STYLE}</style>",
        f'<rect x="{-MARGIN}" y="{-MARGIN}" width="100%" height="100%" fill="{PAPER}"/>',
        f'{title}{key}<g transform="translate(0 {top:.0f})">{body}</g>',
        lines_of(0, foot, notes, size=12, look="soft"),
        "</svg>",
    ).encode()


def titled(chart: Chart, sheet: Sheet) -> tuple[str, float]:
    lines = wrapped(chart.title, sheet.width * 0.92, 19, 3)
    return lines_of(0, 18, lines, size=19, look="strong"), 18 + len(lines) * 23


def keyed(chart: Chart, sheet: Sheet, top: float) -> tuple[str, float]:
    if not chart.key:
        return "", top
    x, found = 0.0, []
    for look, told in chart.key:
        width = 30 + measure(told) * sheet.letter + 14
        if x and x + width > sheet.width:
            x, top = 0.0, top + BAND
        found += [swatch(look, x, top), words(x + 24, top + 13, told, size=sheet.letter)]
        x += width
    return "".join(found), top + BAND + 8


def swatch(look: str, x: float = 0, y: float = 0) -> str:
    """A sample of a look, 18 wide and 16 high."""
    if look in ("own", "peer", "peer-dot"):
        return f'<circle class="dot {look}" cx="{x + 9:.1f}" cy="{y + 8:.1f}" r="6"/>'
    if look == "flagged":
        return f'<circle class="dot other flagged" cx="{x + 9:.1f}" cy="{y + 8:.1f}" r="6"/>'
    if look == "middle":
        return f'<line class="middle" x1="{x:.1f}" y1="{y + 8:.1f}" x2="{x + 18:.1f}" y2="{y + 8:.1f}"/>'
    return box(x, y, 18, 16, look)


def digest(drawing: bytes) -> str:
    return sha256(drawing).hexdigest()
