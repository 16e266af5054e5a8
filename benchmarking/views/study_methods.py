"""What the methods of peers, cluster mapping and shift-share do, in words."""

from django.shortcuts import render

from platform_core.ground.ui.guest_cache import cached_for_guests

from ..cluster_pages import threshold_head
from ..measures import threshold_rows
from ..statistics.editions import editions


@cached_for_guests
def peers(request):
    return render(request, "benchmarking/methods/peers.html")


@cached_for_guests
def clusters(request):
    told = [(one.name, threshold_rows(one.thresholds)) for one in editions().values()]
    context = {"editions": told, "head": threshold_head()}
    return render(request, "benchmarking/methods/clusters.html", context)


@cached_for_guests
def shift_share(request):
    return render(request, "benchmarking/methods/shift_share.html")
