"""What the catalogue knows, from the reference files themselves, so that reading is tested without a database."""

from functools import cache

from benchmarking.imports.reading import Found, Known, look
from benchmarking.imports.vintages import meanings
from benchmarking.services import areas


@cache
def known() -> Known:
    found = list(areas.areas_of_today())
    today = {area.code: area for area, _since in found}
    regions: dict[str, list[str]] = {}
    for area in today.values():
        if area.level == 2:
            regions.setdefault(area.country, []).append(area.code)
    codes = areas.codes(today, {area.code: since for area, since in found})
    return Known(meanings(codes), regions, frozenset({"gdp", "patents"}))


def read(text: str | bytes, **options) -> Found:
    return look(text.encode() if isinstance(text, str) else text, known(), options)


def cells(found: Found) -> list[tuple]:
    """Without the indicator, missing values as None."""
    rows = found.cells[["area", "year", "value", "flag", "provenance"]].itertuples(index=False)
    return sorted((a, int(y), None if v != v else float(v), f, p) for a, y, v, f, p in rows)


def noted(found: Found) -> dict[str, str]:
    return {note["code"]: note["told"].get("list", str(note["told"].get("count", ""))) for note in found.notes}
