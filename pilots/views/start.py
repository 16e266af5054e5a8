from django.shortcuts import render

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.panels import panels_for

PLACE = "pilots.index"


@cached_for_guests
def index(request):
    """What there is to learn from; every noun of the app brings its block."""
    return render(request, "pilots/index.html", {"panels": panels_for(PLACE, request)})
