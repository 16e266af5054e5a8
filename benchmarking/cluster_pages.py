"""What the pages and files of a cluster map show: a quotient never without the number of people behind it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, pgettext

from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.vocabulary import selectors as vocabulary

from .measures import NAMES, PROVENANCES, percent, quotient, threshold_rows
from .models import ClusterMap, ClusterRegion, ClusterRow, ClusterSector
from .statistics.editions import from_json

TINTS = (0.8, 1.2, 1.5, 2.0)  # quotients from which a cell is tinted one step more
PARTS = ("national", "mix", "regional")
SPLIT = ("competitive", "allocation", "born")


def tint(lq: float | None) -> int:
    return 0 if lq is None else sum(lq >= limit for limit in TINTS)


def people(value: float | None) -> str:
    return "–" if value is None else in_words(round(value))


def stars(row: ClusterRow) -> str:
    return "★" * (row.stars or 0)


def cell(row: ClusterRow | None) -> dict[str, Any]:
    if row is None or row.employment is None:
        return {"gap": True}
    return {
        "lq": quotient(row.lq),
        "people": people(row.employment),
        "stars": stars(row),
        "strengths": row.stars or 0,
        "small": row.is_small,
        "tint": tint(row.lq),
    }


def heat_rows(regions: Iterable[ClusterRegion], cells: Iterable[ClusterRow], sectors: list[ClusterSector]):
    held = {(row.area_id, row.sector_id): row for row in cells}
    return [
        {"region": region, "cells": [cell(held.get((region.area_id, sector.pk))) for sector in sectors]}
        for region in regions
    ]


def thresholds(found: ClusterMap) -> list[list[Any]]:
    return threshold_rows(from_json(found.edition_used).thresholds) if found.edition_used else []


def threshold_head() -> list[str]:
    return [_("Measure"), _("What it is"), _("A strength from"), _("Where the value comes from")]


def edition_name(found: ClusterMap) -> str:
    return found.edition_used.get("name", "")


def strengths_in_words(row: ClusterRow) -> str:
    return ", ".join(str(NAMES[name]) for name, passed in row.passed.items() if passed)


def notes(row: ClusterRow) -> str:
    told = [
        str(row.year or ""),
        row.flag,
        str(PROVENANCES.get(row.provenance, "")),
        _("small: fewer people than the edition asks for") if row.is_small else "",
    ]
    return ", ".join(note for note in told if note)


def region_rows(rows: Iterable[ClusterRow]) -> list[dict[str, Any]]:
    return [{"row": row, **figures(row)} for row in rows]


def figures(row: ClusterRow) -> dict[str, Any]:
    return {
        "people": _("not known") if row.employment is None else people(row.employment),
        "lq": quotient(row.lq),
        "focus": percent(row.focus),
        "size": percent(row.size),
        "productivity": quotient(row.productivity),
        "stars": stars(row),
        "strengths": strengths_in_words(row),
        "notes": notes(row),
    }


def indices(region: ClusterRegion) -> list[tuple[str, str]]:
    total = people(region.total)
    if region.is_estimated:
        total = _("%(people)s, estimated from the sectors reported; some are missing") % {"people": total}
    return [
        (_("People employed"), total),
        (_("Krugman index (0 as all regions together, 2 nothing in common)"), quotient(region.krugman)),
        (_("Herfindahl–Hirschman index (1 means a single sector)"), quotient(region.hhi)),
        (_("Hachman index (1 as all regions together)"), quotient(region.hachman)),
        (_("Entropy (and its share of the highest possible)"), entropy(region)),
        (_("Share of all regions' employment in the sectors reported"), percent(region.known)),
    ]


def entropy(region: ClusterRegion) -> str:
    return f"{quotient(region.entropy)} ({percent(region.evenness)})"


def signed(value: float | None) -> str:
    if value is None:
        return "–"
    return f"+{in_words(round(value))}" if round(value) > 0 else in_words(round(value)).replace("-", "−")


def change_head() -> list[str]:
    return [
        pgettext("difference over time", "Change"),
        _("as all regions together"),
        _("by its mix of sectors"),
        _("of its own"),
        _("competitive"),
        _("allocation"),
        _("new sectors"),
    ]


def change_cells(told: Mapping[str, float | None]) -> list[str]:
    return [signed(told.get(name)) for name in ("change", *PARTS, *SPLIT)]


def change_of(row: ClusterRow) -> dict[str, float | None]:
    parts = {name: getattr(row, name) for name in (*PARTS, *SPLIT)}
    whole = None if row.national is None else sum(parts[name] or 0 for name in PARTS)
    return {**parts, "change": whole}


def sector_changes(rows: Iterable[ClusterRow]) -> list[list[Any]]:
    ordered = sorted(rows, key=lambda row: -(row.regional or 0))
    return [[row.sector.employment.name, *change_cells(change_of(row))] for row in ordered if row.national is not None]


def region_changes(found: ClusterMap, regions: Iterable[ClusterRegion]) -> list[list[Any]]:
    rows = []
    for region in regions:
        factors = [quotient(region.change.get(name)) for name in ("total_factor", "mix_factor", "regional_factor")]
        covered = percent(region.change.get("covered"))
        rows.append([region_link(found, region.area), *change_cells(region.change), *factors, covered])
    return rows


def region_link(found: ClusterMap, area):
    return format_html('<a href="{}">{}</a> <small>{}</small>', region_address(found, area.code), area.name, area.code)


def region_address(found: ClusterMap, area: str) -> str:
    return reverse("benchmarking:cluster_region", args=[found.code, area])


def tiles(found: ClusterMap, rows: Iterable[ClusterRow]) -> list[dict[str, Any]]:
    """Quotients of a sector on the map of regions."""
    held = {row.area.code: row for row in rows}
    return [
        {
            "code": region.code,
            "name": region.name,
            "column": region.column,
            "row": region.row,
            "value": round(held[region.code].lq, 1)
            if region.code in held and held[region.code].lq is not None
            else None,
            "address": region_address(found, region.code) if region.code in held else "",
        }
        for region in vocabulary.regions()
    ]


FILE_HEAD = [
    "region", "region_name", "sector", "year", "employment", "flag", "lq", "size", "focus", "productivity", "small", "stars",
    "before", "national", "mix", "regional", "competitive", "allocation", "born",
]  # fmt: skip


def file_rows(rows: Iterable[ClusterRow]):
    for row in rows:
        yield [
            row.area.code,
            row.area.name,
            row.sector.employment.code,
            row.year,
            row.employment,
            row.flag,
            *(getattr(row, name) for name in ("lq", "size", "focus", "productivity")),
            int(row.is_small),
            row.stars,
            *(getattr(row, name) for name in ("before", *PARTS, *SPLIT)),
        ]


CHANGE_HEAD = ["region", "region_name", "before", "after", "change", *PARTS, *SPLIT, "total_factor", "mix_factor",
               "regional_factor", "covered"]  # fmt: skip


def change_file_rows(regions: Iterable[ClusterRegion]):
    for region in regions:
        yield [region.area.code, region.area.name, *(region.change.get(name) for name in CHANGE_HEAD[2:])]
