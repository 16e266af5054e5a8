from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from ..models import Area, ClusterMap, ClusterRegion, ClusterRow, ClusterSector
from . import studies

LABEL = "benchmarking.clustermap"


def cluster_maps(user) -> QuerySet[ClusterMap]:
    return studies.seen(ClusterMap, user)


def sectors(found: ClusterMap) -> list[ClusterSector]:
    return list(found.sectors.select_related("employment", "output"))


def sector_for(found: ClusterMap, code: str) -> ClusterSector:
    return get_object_or_404(found.sectors.select_related("employment", "output"), employment__code=code)


def region_of(found: ClusterMap, area: str) -> ClusterRegion:
    return get_object_or_404(ClusterRegion.objects.select_related("area"), map=found, area__code=area)


def region_if_any(found: ClusterMap, area: str) -> ClusterRegion | None:
    return ClusterRegion.objects.select_related("area").filter(map=found, area__code=area).first()


def regions(found: ClusterMap, country: str = "", words: str = "", sector: str = "") -> QuerySet[ClusterRegion]:
    """Regions of a map; with `sector` those where it is strong."""
    rows = found.regions.select_related("area").order_by("area__code")
    if country:
        rows = rows.filter(area__country=country)
    if words:
        rows = rows.filter(Q(area__name__icontains=words) | Q(area__code__istartswith=words))
    if sector:
        strong = ClusterRow.objects.filter(map=found, sector__employment__code=sector, stars__gt=0)
        rows = rows.filter(area__in=strong.values("area"))
    return rows


def cells(found: ClusterMap, areas: Iterable[int]) -> QuerySet[ClusterRow]:
    return ClusterRow.objects.filter(map=found, area__in=list(areas))


def of_region(found: ClusterMap, area: Area) -> list[ClusterRow]:
    """The sectors of a region, its strongest first."""
    rows = found.rows.filter(area=area).select_related("sector__employment", "sector__output")
    return sorted(rows, key=lambda row: (-(row.stars or 0), row.lq is None, -(row.lq or 0), row.sector_id))


def strong_in(found: ClusterMap, country: str) -> QuerySet[ClusterSector]:
    """Sectors with `places`, the regions of a country that are strong in them, and `people`, whom these employ there."""
    here = Q(rows__area__country=country, rows__stars__gt=0)
    rows = found.sectors.select_related("employment").annotate(
        places=Count("rows", filter=here), people=Sum("rows__employment", filter=here)
    )
    return rows.filter(places__gt=0).order_by("-places", F("people").desc(nulls_last=True), "employment__code")


def of_sector(found: ClusterMap, sector: ClusterSector) -> list[ClusterRow]:
    """The regions of a sector, the most specialised first, those without a figure at the end."""
    rows = found.rows.filter(sector=sector).select_related("area")
    return sorted(rows, key=lambda row: (row.lq is None, -(row.lq or 0), row.area.code))


def countries(found: ClusterMap) -> list[str]:
    rows = found.regions.order_by("area__country").values_list("area__country", flat=True)
    return list(rows.distinct())
