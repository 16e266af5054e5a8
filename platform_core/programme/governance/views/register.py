from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render

from platform_core.ground.ui.guest_cache import cached_for_guests

from .. import selectors
from ..forms import RegisterFilter


@cached_for_guests
def register(request):
    """What was decided: number, text, day and result, for everyone."""
    form = RegisterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.register(request.user, **chosen), 25).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    return render(request, "governance/register.html", {"page": page, "form": form, "query": query})


@login_required
def running(request):
    """What is prepared, discussed and voted on."""
    page = Paginator(selectors.running(request.user), 25).get_page(request.GET.get("page"))
    rows = [(one, bool(selectors.votes_for(request.user, one))) for one in page]
    return render(request, "governance/running.html", {"page": page, "rows": rows})


@cached_for_guests
def committees(request):
    """Who sits where, and since when."""
    rows = [(body, selectors.members_of(request.user, body)) for body in selectors.bodies()]
    return render(request, "governance/committees.html", {"rows": rows})
