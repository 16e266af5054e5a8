"""Which conditions a region meets: read by everybody, declared by the region."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require

from ..forms.conditions import DeclareForm, SheetFilter
from ..selectors import conditions as selectors
from ..services import conditions as services

PER_PAGE = 25


@cached_for_guests
def listing(request):
    form = SheetFilter(request.GET)
    country = form.cleaned_data["country"] if form.is_valid() else ""
    page = Paginator(selectors.listed(request.user, country), PER_PAGE).get_page(request.GET.get("page"))
    query = f"country={country}" if country else ""
    return render(request, "pilots/conditions.html", {"page": page, "form": form, "query": query})


def region_named(code: str):
    if found := vocabulary.region(code):
        return found
    raise Http404


@cached_for_guests
def sheet(request, code):
    """Also of a region of which nobody has declared anything yet: it says so."""
    region = region_named(code)
    found = selectors.sheet_if_any(request.user, region)
    may = request.user.is_authenticated and request.user.has_perm(
        "pilots.declare_conditions", found or selectors.blank(region)
    )
    context = {
        "region": region,
        "name": vocabulary.region_labels()[region.code],
        "sheet": found,
        "parts": selectors.parts(found),
        "may_declare": may,
    }
    return render(request, "pilots/sheet.html", context)


def history(request, code):
    """Every answer that was ever declared."""
    found = selectors.sheet_for(request.user, code)
    page = Paginator(selectors.history(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {"sheet": found, "page": page, "name": vocabulary.region_labels()[found.region.code]}
    return render(request, "pilots/sheet_history.html", context)


@login_required
def declare(request, code, number):
    """The conditions of one topic."""
    region, topic = region_named(code), vocabulary.topic(number)
    held = selectors.sheet_if_any(request.user, region)
    subject = held or selectors.blank(region)
    if topic is None:
        raise Http404
    require(request.user, "pilots.declare_conditions", subject)
    lines = selectors.lines(held, number)
    own = selectors.declarers(request.user, subject)
    form = DeclareForm(request.POST or None, lines=lines, organisations=own)
    if form.is_valid():
        services.declare(region, form.cleaned_data["organisation"], form.answers, by=request.user)
        messages.success(request, _("It is kept. What was said before stays in the history."))
        return redirect("pilots:sheet", region.code)
    context = {"form": form, "region": region, "topic": topic, "name": vocabulary.region_labels()[region.code]}
    return render(request, "pilots/sheet_declare.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def still_correct(request, code):
    found = selectors.sheet_for(request.user, code)
    services.still_correct(found, by=request.user)
    messages.success(request, _("Thank you. You will be asked again in a year."))
    return redirect(found)
