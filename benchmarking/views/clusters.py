"""Cluster maps as everybody reads them."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from platform_core.ground.reports.tables import csv_response
from platform_core.ground.texts.fields import printable
from platform_core.ground.ui.countries import country_name
from platform_core.ground.ui.guest_cache import cached_for_guests

from .. import cluster_charts as charts, cluster_pages as pages
from ..models import ClusterMap
from ..selectors import clusters as selectors, studies
from .benchmarks import gone
from .readings import as_file

PER_PAGE, REGIONS, ROWS = 20, 25, 100


@cached_for_guests
def listing(request):
    page = Paginator(studies.published(ClusterMap, request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "benchmarking/clusters.html", {"page": page})


@cached_for_guests
def overview(request, code):
    """Regions × sectors, narrowed by country, name, and the sector a region is strong in."""
    try:
        found = studies.study_for(ClusterMap, request.user, code)
    except Http404:
        return gone(request, studies.withdrawn(ClusterMap, code))
    if found.withdrawn_at:
        return gone(request, found)
    asked = {name: printable(request.GET.get(name, ""))[:80] for name in ("country", "words", "sector")}
    page = Paginator(selectors.regions(found, **asked), REGIONS).get_page(request.GET.get("page"))
    sectors = selectors.sectors(found)
    context = {
        **facts(found),
        "asked": asked,
        "page": page,
        "query": request.GET.urlencode(),
        "sectors": sectors,
        "countries": [(one, country_name(one)) for one in selectors.countries(found)],
        "rows": pages.heat_rows(page, selectors.cells(found, [row.area_id for row in page]), sectors),
    }
    return render(request, "benchmarking/cluster_map.html", context)


def facts(found: ClusterMap) -> dict:
    return {
        "map": found,
        "edition": pages.edition_name(found),
        "thresholds": pages.thresholds(found),
        "threshold_head": pages.threshold_head(),
    }


@cached_for_guests
def region(request, code, area):
    found = studies.study_for(ClusterMap, request.user, code)
    told = selectors.region_of(found, area)
    rows = selectors.of_region(found, told.area)
    context = {
        **facts(found),
        "region": told,
        "rows": pages.region_rows(rows),
        "strong": [row for row in rows if row.stars],
        "charts": charts.region_charts(found, rows),
        "indices": pages.indices(told),
        "changes": pages.sector_changes(rows),
        "change_head": pages.change_head(),
        "whole": pages.change_cells(told.change),
    }
    return render(request, "benchmarking/cluster_region.html", context)


def region_chart(request, code, area, chart, form):
    found = studies.study_for(ClusterMap, request.user, code)
    rows = selectors.of_region(found, selectors.region_of(found, area).area)
    return as_file(charts.region_charts(found, rows), chart, form, f"{code}-{area}-{chart}")


@cached_for_guests
def sector(request, code, sector):
    found = studies.study_for(ClusterMap, request.user, code)
    told = selectors.sector_for(found, sector)
    rows = selectors.of_sector(found, told)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        **facts(found),
        "sector": told,
        "page": page,
        "rows": pages.region_rows(page),
        "charts": charts.sector_charts(found, rows),
        "tiles": pages.tiles(found, rows),
        "map_chart": charts.sector_map(found, rows),
        "small": sum(row.is_small for row in rows),
        "missing": sum(row.employment is None for row in rows),
    }
    return render(request, "benchmarking/cluster_sector.html", context)


def sector_chart(request, code, sector, chart, form):
    found = studies.study_for(ClusterMap, request.user, code)
    told = selectors.sector_for(found, sector)
    rows = selectors.of_sector(found, told)
    made = [*charts.sector_charts(found, rows), charts.sector_map(found, rows)]
    return as_file(made, chart, form, f"{code}-{sector}-{chart}")


@cached_for_guests
def change(request, code):
    """Shift-share of all regions between the two years."""
    found = studies.study_for(ClusterMap, request.user, code)
    asked = country_of(request)
    regions = list(selectors.regions(found, **asked))
    page = Paginator(regions, ROWS).get_page(request.GET.get("page"))
    context = {
        **facts(found),
        "asked": asked,
        "page": page,
        "countries": [(one, country_name(one)) for one in selectors.countries(found)],
        "rows": pages.region_changes(found, page),
        "head": pages.change_head(),
        "chart": charts.region_parts(found, regions) if found.year_before else None,
        "address": f"{request.path}?{urlencode(asked)}" if asked["country"] else request.path,
    }
    return render(request, "benchmarking/cluster_change.html", context)


def country_of(request) -> dict[str, str]:
    return {"country": printable(request.GET.get("country", ""))[:2]}


def change_chart(request, code, chart, form):
    found = studies.study_for(ClusterMap, request.user, code)
    regions = selectors.regions(found, **country_of(request)) if found.year_before else ()
    return as_file([charts.region_parts(found, regions)], chart, form, f"{code}-{chart}")


def cells_file(request, code):
    found = studies.study_for(ClusterMap, request.user, code)
    rows = found.rows.select_related("area", "sector__employment").order_by("area__code", "sector")
    return csv_response(code, pages.FILE_HEAD, pages.file_rows(rows.iterator(chunk_size=500)))


def change_file(request, code):
    found = studies.study_for(ClusterMap, request.user, code)
    rows = selectors.regions(found).iterator(chunk_size=500)
    return csv_response(f"{code}-change", pages.CHANGE_HEAD, pages.change_file_rows(rows))
