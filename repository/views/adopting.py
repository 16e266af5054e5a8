from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.identity.access.selectors import require

from .. import adoptions, selectors
from ..forms import AdoptForm, AdoptionFilter, initial_adoption

PER_PAGE = 25


@cached_for_guests
def listing(request):
    """What was taken over, in a region or a country where one is chosen."""
    form = AdoptionFilter(request.GET)
    places = form.places()
    page = Paginator(adoptions.adoptions_in(request.user, **places), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: place.code for name, place in places.items() if place})
    return render(request, "repository/adoptions.html", {"page": page, "form": form, "query": query})


@login_required
def adopt(request, code):
    """An organisation tells how it took over what the record describes; later it may say what came of it."""
    found = selectors.record_for(request.user, code)
    require(request.user, "repository.adopt_record", found)
    own = adoptions.adopters(request.user)
    held = adoptions.adoptions_of(found).filter(organisation__in=own).first()
    form = AdoptForm(request.POST or None, adopters=own, initial=initial_adoption(held))
    if request.method == "POST" and form.is_valid():
        adoptions.adopt(found, by=request.user, **form.adoption())
        messages.success(request, _("Thank you. It is shown on the record's page."))
        return redirect(found)
    context = {"record": found, "form": form, "held": held}
    return render(request, "repository/adopt.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def take_back(request, code, organisation):
    found = selectors.record_for(request.user, code)
    speaker = get_object_or_404(adoptions.adopters(request.user), pk=organisation)
    adoptions.take_back(found, speaker, by=request.user)
    messages.success(request, _("Taken back."))
    return redirect(found)
