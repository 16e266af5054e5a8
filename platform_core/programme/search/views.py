from django.shortcuts import render

from platform_core.ground.ui.guest_cache import cached_for_guests

from . import selectors
from .listing import listing


@cached_for_guests
def search(request):
    """One search over everything: `q` the words, `in` one kind of thing, facets as filters."""
    return render(request, "search/results.html", {**listing(request), "kinds": selectors.kinds()})
