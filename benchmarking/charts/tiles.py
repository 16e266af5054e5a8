"""The tile map as one picture, key included; on pages the component of `ground/ui` draws the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.ui.components.maps import TILE, drawn_tile, key_of, limits, spread, tile

from .chart import Body, Chart, Sheet
from .lettering import measure
from .marks import box, words


def tiles(*, title: str, description: str, regions: Sequence[Mapping[str, Any]], figures: str, note: str = "") -> Chart:
    """`regions` as the component takes them; those without a place on the grid stand in the table alone."""
    return Chart(
        code="map",
        title=title,
        description=description,
        head=[_("Region"), _("Code"), figures, _("Flag")],
        rows=[
            [region.get("plain", region["name"]), region["code"], region.get("value"), region.get("remark", "")]
            for region in regions
        ],
        draw=lambda sheet: drawn(sheet, regions),
        note=note,
        leads=any(region.get("address") for region in regions),
    )


def drawn(sheet: Sheet, regions: Sequence[Mapping[str, Any]]) -> Body:
    placed = [region for region in regions if region["column"] is not None]
    if not placed:
        return 40, words(4, 24, _("None of the regions has a place on the map."), size=sheet.letter, look="absent")
    values = [region["value"] for region in regions if region.get("value") is not None]
    ends = limits(values)
    (left, columns), (top, lines) = spread(placed, "column"), spread(placed, "row")
    scale = min(sheet.width / (columns * TILE), 2.0)
    drawn_tiles = "".join(drawn_tile(tile(region, ends, "")) for region in placed)
    moved = f'<g class="map" transform="scale({scale:.3f}) translate({-left * TILE} {-top * TILE})">{drawn_tiles}</g>'
    foot, key = keyed(sheet, values, ends, lines * TILE * scale + 12, gaps=len(values) < len(regions))
    return foot, moved + key


def keyed(sheet: Sheet, values: Sequence[float], ends: Sequence[float], top: float, *, gaps: bool) -> Body:
    """Classes beside one another, on as many lines as they need."""
    entries = [*key_of(values, ends), *([(0, _("no data"))] if gaps else [])]
    x, found = 2.0, []
    for shade, told in entries:
        width = 30 + measure(str(told)) * sheet.letter + 14
        if x + width > sheet.width and x > 2:
            x, top = 2.0, top + 24
        found.append(box(x, top, 16, 16, f"shade-{shade} key-box"))
        found.append(words(x + 22, top + 13, str(told), size=sheet.letter))
        x += width
    return top + 26, "".join(found)
