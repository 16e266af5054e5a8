"""Studies of peers as everybody reads them."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from platform_core.ground.reports.tables import csv_response
from platform_core.ground.ui.guest_cache import cached_for_guests

from .. import peer_charts, peer_pages
from ..models import PeerStudy
from ..selectors import peers as selectors, studies
from .benchmarks import gone
from .readings import as_file

PER_PAGE = 20


@cached_for_guests
def listing(request):
    page = Paginator(studies.published(PeerStudy, request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "benchmarking/peers.html", {"page": page})


@cached_for_guests
def study(request, code):
    """What the study is made of, and the regions to choose from; with `region` the way to that region's page."""
    try:
        found = studies.study_for(PeerStudy, request.user, code)
    except Http404:
        return gone(request, studies.withdrawn(PeerStudy, code))
    if found.withdrawn_at:
        return gone(request, found)
    areas = selectors.regions(found)
    wanted = request.GET.get("region", "")
    if any(area.code == wanted for area in areas):
        return redirect("benchmarking:peers_of", code, wanted)
    context = {
        "countries": peer_pages.by_country(areas),
        "unknown": wanted,
        **peer_pages.method_context(found),
    }
    return render(request, "benchmarking/peer_study.html", context)


@cached_for_guests
def region(request, code, area):
    found = studies.study_for(PeerStudy, request.user, code)
    row = selectors.row_of(found, area)
    wanted = peer_pages.asked(found, request.GET)
    context = peer_pages.region_context(found, row, wanted)
    context |= {
        "charts": peer_charts.drawn(found, row, context["near"], context["variables"], wanted),
        "map_chart": peer_charts.likeness_map(found, row, wanted),
        "here": f"{peer_pages.address(found, row.area.code)}?{wanted.query}",
    }
    return render(request, "benchmarking/peers_of.html", context)


def region_chart(request, code, area, chart, form):
    found = studies.study_for(PeerStudy, request.user, code)
    row = selectors.row_of(found, area)
    wanted = peer_pages.asked(found, request.GET)
    made = [*peer_charts.of_region(found, row, wanted), peer_charts.likeness_map(found, row, wanted)]
    return as_file(made, chart, form, f"{code}-{area}-{chart}")


def region_file(request, code, area):
    found = studies.study_for(PeerStudy, request.user, code)
    row = selectors.row_of(found, area)
    wanted = peer_pages.asked(found, request.GET)
    names = selectors.names_of(peer_pages.nearest(row, wanted))
    return csv_response(f"{code}-{area}", peer_pages.FILE_HEAD, peer_pages.file_rows(row, wanted, names))


def study_file(request, code):
    """The nearest of every region, as the study lists them unless asked for otherwise."""
    found = studies.study_for(PeerStudy, request.user, code)
    wanted = peer_pages.asked(found, request.GET)
    names = {area.code: area.name for area in selectors.regions(found)}
    rows = found.rows.select_related("area").order_by("area__code").iterator(chunk_size=50)
    told = (line for row in rows for line in peer_pages.file_rows(row, wanted, names))
    return csv_response(code, peer_pages.FILE_HEAD, told)
