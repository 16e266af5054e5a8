"""Guidelines for pilot actions and the calls under them: read by everybody, written and approved in a group."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.identity.access.selectors import require
from workinggroups.selectors.groups import group_for

from ..forms.schemes import ApproveForm, CallForm, ExtendForm, SchemeForm
from ..models import Scheme
from ..selectors import proposals as proposing, schemes as selectors
from ..services import schemes as services
from .filling import filled

PER_PAGE = 25


@cached_for_guests
def listing(request):
    """Approved guidelines, and calls by the day they close."""
    context = {
        "page": Paginator(selectors.calls(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "schemes": selectors.approved(request.user)[:PER_PAGE],
    }
    return render(request, "pilots/schemes.html", context)


@cached_for_guests
def scheme(request, pk):
    found = selectors.scheme_for(request.user, pk)
    names = ("change_scheme", "approve_scheme", "open_call")
    signed_in = request.user.is_authenticated
    context = {
        "scheme": found,
        "bands": [words for _number, words in selectors.band_choices(found)],
        "periods": found.periods.all(),
        "coming": services.periods(found) if found.state == Scheme.State.DRAFT else [],
        "calls": selectors.calls(request.user).filter(scheme=found),
        "may": {name: request.user.has_perm(f"pilots.{name}", found) for name in names} if signed_in else {},
    }
    return render(request, "pilots/scheme.html", context)


@cached_for_guests
def call(request, pk):
    found = selectors.call_for(request.user, pk)
    signed_in = request.user.is_authenticated
    context = {
        "call": found,
        "bands": [words for _number, words in selectors.band_choices(found.scheme)],
        "may_propose": signed_in and found.state == "open" and request.user.has_perm("pilots.propose"),
        "may_extend": signed_in and request.user.has_perm("pilots.extend_call", found),
        "proposals": proposing.of_call(request.user, found) if signed_in else [],
    }
    return render(request, "pilots/call.html", context)


def at_desk() -> list[tuple[str, str]]:
    return [(_("Pilot actions at your desk"), reverse("pilots:desk"))]


@login_required
def begin(request, number):
    group = group_for(request.user, number)
    require(request.user, "pilots.write_scheme", group)
    form = SchemeForm(request.POST or None)
    return filled(
        request,
        form,
        lambda: services.write(group, by=request.user, key=form.cleaned_data["key"], **form.typed),
        told=_("The guideline is kept. It is for the group until it is approved."),
        title=_("Write a guideline for pilot actions"),
        action=_("Keep"),
        trail=at_desk(),
        back=reverse("pilots:desk"),
    )


@login_required
def change(request, pk):
    found = selectors.scheme_for(request.user, pk)
    require(request.user, "pilots.change_scheme", found)
    form = SchemeForm(request.POST or None, thing=found)
    return filled(
        request,
        form,
        lambda: services.change(found, by=request.user, **form.typed),
        told=_("The guideline is kept."),
        title=_("Change the guideline"),
        action=_("Keep"),
        trail=[(str(found.title), found.get_absolute_url())],
        back=found.get_absolute_url(),
    )


@login_required
def approve(request, pk):
    found = selectors.scheme_for(request.user, pk)
    if found.state == Scheme.State.APPROVED:
        return redirect(found)
    require(request.user, "pilots.approve_scheme", found)
    form = ApproveForm(request.POST or None, scheme=found)
    return filled(
        request,
        form,
        lambda: services.approve(found, by=request.user),
        told=_("The guideline is approved. Calls can be opened under it."),
        title=_("Approve the guideline"),
        lead=_("Approved, it is for everybody to read and does not change any more; its periods are fixed."),
        action=_("Approve"),
        trail=[(str(found.title), found.get_absolute_url())],
        back=found.get_absolute_url(),
    )


@login_required
def open_call(request, pk):
    found = selectors.scheme_for(request.user, pk)
    require(request.user, "pilots.open_call", found)
    form = CallForm(request.POST or None)
    return filled(
        request,
        form,
        lambda: services.open_call(found, by=request.user, key=form.cleaned_data["key"], **form.typed),
        told=_("The call is kept, and everybody can read it."),
        title=_("Open a call"),
        action=_("Open it"),
        trail=[(str(found.title), found.get_absolute_url())],
        back=found.get_absolute_url(),
    )


@login_required
def extend_call(request, pk):
    found = selectors.call_for(request.user, pk)
    require(request.user, "pilots.extend_call", found)
    form = ExtendForm(request.POST or None, initial={"closes_on": found.closes_on})
    return filled(
        request,
        form,
        lambda: services.extend(found, form.cleaned_data["closes_on"], by=request.user),
        told=_("Proposals are taken longer; the members are told."),
        title=_("Take proposals longer"),
        action=_("Extend the call"),
        trail=[(str(found.title), found.get_absolute_url())],
        back=found.get_absolute_url(),
    )
