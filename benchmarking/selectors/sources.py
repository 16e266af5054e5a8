"""Which data a benchmark may take its figures from, and how much of what it needs they hold."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from platform_core.identity.access.selectors import visible, visible_by

from ..models import Area, Benchmark, DataSet, DataVersion, Indicator, Observation, PeerStudy
from .texts import having

YEARS_BESIDE = 5


def usable(group_id: int) -> Q:
    """What a benchmark of a group may stand on, whoever chooses: published versions, and the group's own."""
    return Q(published_at__isnull=False) | Q(data_set__group=group_id)


def usable_versions(user, benchmark: Benchmark) -> QuerySet[DataVersion]:
    """Versions of data sets a person may see: published ones, and others of the benchmark's own group."""
    rows = DataVersion.objects.filter(usable(benchmark.group_id)).select_related("data_set")
    seen = visible_by(rows, user, DataSet, "data_set_id")
    return (seen | rows.filter(benchmarks__benchmark=benchmark)).distinct().order_by("data_set__code", "-number")


def usable_studies(user) -> QuerySet[PeerStudy]:
    """Published studies of peers: they neither change nor go any more."""
    rows = visible(PeerStudy.objects.filter(state=PeerStudy.State.PUBLISHED), user)
    return rows.order_by("-published_at", "-pk")


def of_others(benchmark: Benchmark) -> QuerySet[DataVersion]:
    """Chosen versions that another group has not published."""
    rows = DataVersion.objects.filter(benchmarks__benchmark=benchmark).exclude(usable(benchmark.group_id))
    return rows.select_related("data_set").order_by("data_set__code", "number")


def unpublished(benchmark: Benchmark) -> QuerySet[DataVersion]:
    rows = DataVersion.objects.filter(benchmarks__benchmark=benchmark, published_at=None)
    return rows.select_related("data_set")


def held_indicators(benchmark: Benchmark, words: str = "") -> QuerySet[Indicator]:
    """Indicators the chosen versions hold figures of, which the benchmark does not use yet; never structural ones."""
    versions = benchmark.sources.values("version")
    there = benchmark.nodes.exclude(indicator="").values("indicator")
    rows = Indicator.objects.filter(held__version__in=versions).exclude(code__in=there).distinct()
    rows = rows.exclude(role=Indicator.Role.STRUCTURAL)
    for word in words.split()[:5]:
        rows = rows.filter(having(word, "name", plain="code"))
    return rows.order_by("code")


def areas_by_country(level: int = Area.Level.REGION) -> dict[str, list[Area]]:
    found: dict[str, list[Area]] = {}
    for area in Area.objects.filter(level=level).order_by("country", "code"):
        found.setdefault(area.country, []).append(area)
    return found


def names_of(codes: Iterable[str]) -> dict[str, Area]:
    return Area.objects.in_bulk(list(codes), field_name="code")


def years_of(benchmark: Benchmark) -> dict[int, tuple[int, int]]:
    """By year, how many of all pairs of region and indicator have a figure, and how many pairs there are."""
    areas, indicators, rows = held(benchmark, benchmark.year - YEARS_BESIDE, benchmark.year + YEARS_BESIDE)
    counts = Counter(year for year, _area, _indicator in rows.values_list("year", "area", "indicator").distinct())
    return {year: (count, len(areas) * len(indicators)) for year, count in counts.items()}


def coverage(benchmark: Benchmark) -> tuple[dict[str, int], dict[str, int], int, int]:
    """How many indicators each region has a value of, and each indicator how many regions; then how many there are.

    One question of the database, whatever the number of either.
    """
    areas, indicators, rows = held(benchmark, benchmark.year - benchmark.years_back, benchmark.year)
    by_area, by_indicator = dict.fromkeys(areas, 0), dict.fromkeys(indicators, 0)
    for area, indicator in rows.values_list("area__code", "indicator__code").distinct():
        by_area[area] += 1
        by_indicator[indicator] += 1
    return by_area, by_indicator, len(areas), len(indicators)


def held(benchmark: Benchmark, first: int, last: int) -> tuple[list[str], list[str], QuerySet[Observation]]:
    """The regions and indicators of a benchmark, and the figures its sources have of them in these years."""
    indicators = list(benchmark.nodes.exclude(indicator="").values_list("indicator", flat=True))
    areas = list(benchmark.areas.values_list("code", flat=True))
    rows = Observation.objects.filter(
        version__in=benchmark.sources.values("version"),
        indicator__code__in=indicators,
        area__code__in=areas,
        year__range=(first, last),
        value__isnull=False,
    )
    return areas, indicators, rows.order_by()
