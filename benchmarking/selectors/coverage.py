"""What a version holds and lacks: areas × indicators, or areas × years of one indicator, a page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from ..models import Area, DataVersion, Indicator, Observation

MOST_INDICATORS = 12


@dataclass
class Asked:
    """What to show; areas of countries of which the version has nothing at all are left out unless named."""

    level: int = Area.Level.REGION
    country: str = ""
    indicator: str = ""
    first: int = 0


@dataclass
class Counts:
    cells: int = 0
    values: int = 0
    flagged: int = 0
    national: int = 0


@dataclass
class Line:
    area: Area
    cells: list[Any] = field(default_factory=list)


def areas(version: DataVersion, asked: Asked) -> QuerySet[Area]:
    """Every area of the level, so that one without any figure is seen to lack them."""
    rows = Area.objects.filter(level=asked.level)
    if asked.level == Area.Level.AGGREGATE:
        return rows
    held = [asked.country] if asked.country else version.report.get("countries", [])
    return rows.filter(country__in=held)


def indicators(version: DataVersion) -> QuerySet[Indicator]:
    return Indicator.objects.filter(held__version=version).order_by("code")


def by_indicator(version: DataVersion, shown: Sequence[Area], asked: Sequence[Indicator]) -> list[Line]:
    """How many years each area has a value for, by indicator, and how many of them carry a flag."""
    rows = (
        Observation.objects.filter(version=version, area__in=shown, indicator__in=asked)
        .values_list("area", "indicator")
        .order_by()
        .annotate(
            held=Count("year"),
            known=Count("value"),
            flagged=Count("year", filter=Q(value__isnull=False) & ~Q(flag="")),
            national=Count("year", filter=Q(provenance="national")),
        )
    )
    found = {(area, indicator): Counts(*counted) for area, indicator, *counted in rows}
    return [Line(area, [found.get((area.pk, one.pk), Counts()) for one in asked]) for area in shown]


def by_year(version: DataVersion, shown: Sequence[Area], indicator: Indicator, years: Sequence[int]) -> list[Line]:
    rows = Observation.objects.filter(
        version=version, indicator=indicator, area__in=shown, year__range=(years[0], years[-1])
    )
    found: Mapping[tuple[int, int], Observation] = {(row.area_id, row.year): row for row in rows}
    return [Line(area, [found.get((area.pk, year)) for year in years]) for area in shown]


def years_of(version: DataVersion, indicator: Indicator) -> list[int]:
    held = version.indicators.get(indicator=indicator)
    return list(range(held.first_year, held.last_year + 1))


def figures(version: DataVersion, indicator: str = "") -> Iterator[tuple]:
    """All observations of a version as they are written to files, as they are read."""
    rows = Observation.objects.filter(version=version)
    if indicator:
        rows = rows.filter(indicator__code=indicator)
    told = rows.values_list("indicator__code", "area__code", "area__name", "year", "value", "flag", "provenance")
    return told.order_by("indicator", "area", "year").iterator(chunk_size=5000)


def gaps(version: DataVersion, asked: Asked) -> Iterator[tuple]:
    """The coverage of every area and indicator, as lines of a file."""
    held = list(version.indicators.select_related("indicator"))
    shown = list(areas(version, asked))
    for start in range(0, len(shown), 100):
        page = shown[start : start + 100]
        for line in by_indicator(version, page, [one.indicator for one in held]):
            for one, counts in zip(held, line.cells, strict=True):
                span = one.last_year - one.first_year + 1
                flagged = (counts.cells - counts.values, counts.flagged, counts.national)
                yield (line.area.code, line.area.name, one.indicator.code, counts.values, span, *flagged)
