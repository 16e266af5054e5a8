"""The tile map: regions on a grid, five shades, a table twin. The drawing is cut to the regions given."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import mean
from typing import Any
from zlib import crc32

from django.utils.translation import gettext

from platform_core.ground.registry.kinds import Words
from platform_core.ground.ui.countries import country_name

from .library import component
from .markup import esc, html
from .numbers import in_words, plain, with_unit

TILE = 30
SHADES = 5


def limits(values: Sequence[float], shades: int = SHADES) -> list[float]:
    """Upper ends of at most `shades` classes of about equal size; a count of nothing is a class of its own."""
    distinct = sorted(set(values))
    if len(distinct) <= shades:
        return distinct
    if distinct[0] == 0 and all(value >= 0 for value in distinct):
        return [0, *limits([value for value in values if value], shades - 1)]
    ordered = sorted(values)
    ends = {ordered[-(-len(ordered) * step // shades) - 1] for step in range(1, shades)}
    return sorted(ends | {distinct[-1]})


def key_of(values: Sequence[float], ends: Sequence[float]) -> list[tuple[int, str]]:
    """Words for every class: its lowest and highest value found."""
    entries, floor = [], float("-inf")
    for index, end in enumerate(ends):
        found = [value for value in values if floor < value <= end]
        low, high = in_words(min(found)), in_words(max(found))
        words = low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}
        entries.append((shade_of(index, len(ends)), words))
        floor = end
    return entries


def shade_of(index: int, classes: int) -> int:
    """Few classes are spread over the five shades, so that one and two still differ clearly."""
    return 1 + round(index * (SHADES - 1) / max(1, classes - 1))


def spread(regions: Sequence[Mapping[str, Any]], axis: str) -> tuple[int, int]:
    """First place on an axis and the number of places."""
    places = [region[axis] for region in regions] or [0]
    return min(places), max(places) - min(places) + 1


def tile(region: Mapping[str, Any], ends: Sequence[float], unit: str) -> dict[str, Any]:
    """A region's words, escaped, and its place in the drawing."""
    value = region.get("value")
    return {
        "code": esc(region["code"]),
        "name": esc(region["name"]),
        "address": esc(region.get("address", "")),
        "x": (region["column"] or 0) * TILE,
        "y": (region["row"] or 0) * TILE,
        "shade": 0 if value is None else shade_of(bisect_left(ends, value), len(ends)),
        "figure": "–" if value is None else in_words(value),
        "words": gettext("no data") if value is None else esc(with_unit(value, unit)),
    }


def drawn_tile(tile: dict[str, Any]) -> str:
    x, y, shade = tile["x"], tile["y"], tile["shade"]
    middle, words = x + TILE // 2, f"{tile['name']} ({tile['code']}): {tile['words']}"
    opening, closing = (f'<a href="{tile["address"]}"', "</a>") if tile["address"] else ('<g role="img"', "</g>")
    return (
        f'{opening} aria-label="{words}"><title>{words}</title>'
        f'<rect class="shade-{shade}" x="{x}" y="{y}" width="{TILE}" height="{TILE}"/>'
        f'<text class="on-{shade}" x="{middle}" y="{y + 14}">{tile["code"]}'
        f'<tspan x="{middle}" y="{y + 24}">{tile["figure"]}</tspan></text>{closing}'
    )


def table_row(tile: dict[str, Any]) -> str:
    name = f'<a href="{tile["address"]}">{tile["name"]}</a>' if tile["address"] else tile["name"]
    return (
        f'<tr><th scope="row">{name} <span class="code">{tile["code"]}</span></th>'
        f'<td class="figure">{tile["words"]}</td></tr>'
    )


def country_labels(regions: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Where a country's code stands on phones, whose tiles are too small to carry labels."""
    labels = []
    for code, found in by_country(regions):
        x, y = (mean(region[axis] for region in found) for axis in ("column", "row"))
        labels.append({"code": code, "x": plain((x + 0.5) * TILE), "y": plain((y + 0.5) * TILE)})
    return labels


def by_country(regions: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    ordered = sorted(regions, key=lambda region: region["code"])
    return [(code, list(found)) for code, found in groupby(ordered, key=lambda region: region["code"][:2])]


@component
def region_map(
    *, regions: Sequence[Mapping[str, Any]], title: Words, caption: Words = "", unit: str = ""
) -> dict[str, Any]:
    values = [region["value"] for region in regions if region.get("value") is not None]
    ends = limits(values)
    placed = [region for region in regions if region["column"] is not None]
    (left, columns), (top, lines) = spread(placed, "column"), spread(placed, "row")
    return {
        "frame": f"{left * TILE} {top * TILE} {columns * TILE} {lines * TILE}",
        "columns": columns,
        "id": f"map-{crc32(f'{title}{caption}'.encode()):08x}",
        "tiles": html(*(drawn_tile(tile(region, ends, unit)) for region in placed)),
        "key": key_of(values, ends),
        "gaps": len(values) < len(regions),
        "labels": country_labels(placed),
        "countries": [
            (country_name(code), html(*(table_row(tile(region, ends, unit)) for region in found)))
            for code, found in by_country(regions)
        ],
    }
