"""What a newer version of a data set added, dropped and revised."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ..models import DataVersion, Indicator, Observation

ADDED, DROPPED, REVISED = "added", "dropped", "revised"
KINDS = (ADDED, DROPPED, REVISED)
MOST_AT_ONCE = 200_000  # cells that are compared while a reader waits


def same_cell(version: DataVersion) -> QuerySet[Observation]:
    keys = {name: OuterRef(name) for name in ("indicator", "area", "year")}
    return Observation.objects.filter(version=version, **keys)


def alike(version: DataVersion) -> QuerySet[Observation]:
    """The same cell with the same value and flag; two that are both missing are alike."""
    value = Q(value=OuterRef("value")) | Q(value__isnull=True, flag=OuterRef("flag"))
    return same_cell(version).filter(value, flag=OuterRef("flag"), provenance=OuterRef("provenance"))


def changed(old: DataVersion, new: DataVersion, kind: str) -> QuerySet[Observation]:
    """Cells of the newer version, of the older one where they were dropped."""
    if kind == DROPPED:
        return Observation.objects.filter(~Exists(same_cell(new)), version=old)
    rows = Observation.objects.filter(version=new)
    if kind == ADDED:
        return rows.filter(~Exists(same_cell(old)))
    return rows.filter(Exists(same_cell(old)), ~Exists(alike(old)))


def counts(old: DataVersion, new: DataVersion) -> list[tuple[Indicator, dict[str, int]]]:
    """By indicator, how many cells of each kind; what did not change is left out."""
    found: dict[int, dict[str, int]] = {}
    for kind in KINDS:
        rows = changed(old, new, kind).order_by().values_list("indicator").annotate(Count("year"))
        for indicator, number in rows:
            found.setdefault(indicator, dict.fromkeys(KINDS, 0))[kind] = number
    return [(one, found[one.pk]) for one in Indicator.objects.filter(pk__in=found)]


def told(old: DataVersion, new: DataVersion) -> list[tuple[Indicator, dict[str, int]]] | None:
    """As they were counted when the newer one was stored, or now; None where that would take a reader too long."""
    kept = new.report.get("changes", {})
    if kept.get("of") == old.number:
        rows = Indicator.objects.filter(code__in=kept["counts"])
        return [(one, kept["counts"][one.code]) for one in rows]
    return counts(old, new) if max(old.cells, new.cells) <= MOST_AT_ONCE else None


def since(old: DataVersion, new: DataVersion) -> dict[str, Any]:
    """What `told` keeps with the newer version."""
    return {"of": old.number, "counts": {one.code: found for one, found in counts(old, new)}}


def cells(old: DataVersion, new: DataVersion, kind: str, indicator: str) -> QuerySet[Observation]:
    rows = changed(old, new, kind).filter(indicator__code=indicator).order_by("area", "year")
    return rows.select_related("area").only("value", "flag", "provenance", "area__code", "area__name")


def with_former(rows: list[Observation], old: DataVersion, kind: str) -> list[tuple[Observation, Observation | None]]:
    """Each beside what the older version said of its cell."""
    if kind != REVISED or not rows:
        return [(row, None) for row in rows]
    former = Observation.objects.filter(
        version=old,
        indicator=rows[0].indicator_id,
        area__in=[row.area_id for row in rows],
        year__range=(min(row.year for row in rows), max(row.year for row in rows)),
    )
    found = {(row.area_id, row.year): row for row in former}
    return [(row, found.get((row.area_id, row.year))) for row in rows]


def lines(old: DataVersion, new: DataVersion) -> Iterator[tuple]:
    """Everything that changed, as lines of a file."""
    for kind in (ADDED, DROPPED):
        rows = changed(old, new, kind).values_list("indicator__code", "area__code", "year", "value", "flag")
        for code, area, year, value, flag in rows.iterator(chunk_size=5000):
            new_part = (value, flag) if kind == ADDED else ("", "")
            yield (kind, code, area, year, *(("", "") if kind == ADDED else (value, flag)), *new_part)
    former = same_cell(old)
    revised = changed(old, new, REVISED).annotate(
        old_value=former.values("value")[:1], old_flag=former.values("flag")[:1], code=F("indicator__code")
    )
    told = revised.values_list("code", "area__code", "year", "old_value", "old_flag", "value", "flag")
    for line in told.iterator(chunk_size=5000):
        yield (REVISED, *line)
