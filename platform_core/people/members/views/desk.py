from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.audit import selectors as audit

from .. import merging, selectors, services
from ..forms.memberships import AdmitForm, MergeForm, SuspendForm
from ..models import Tier
from ..partnership import checklist
from .directory import listing


@login_required
@permission_required("members.view_desk", raise_exception=True)
def desk(request):
    return listing(request, "members/desk.html", counts=selectors.counts_by_tier(request.user))


@login_required
@permission_required("members.view_desk", raise_exception=True)
def organisation(request, code):
    found = selectors.organisation_for_desk(request.user, code)
    names, history = audit.verb_names(), audit.history_of("members.organisation", found.pk)[:50]
    events = [(event, names.get(event.verb, event.verb)) for event in history]
    return render(request, "members/desk_organisation.html", {"organisation": found, "events": events})


@login_required
@permission_required("members.view_desk", raise_exception=True)
def partnership(request):
    """The rules of the terms of reference as a checklist of today."""
    return render(request, "members/partnership.html", {"rules": checklist()})


@login_required
@permission_required("members.end_membership", raise_exception=True)
def suspend(request, code):
    """Suspend a membership, or let it go on; which of the two follows from how it stands."""
    found = selectors.organisation_for_desk(request.user, code)
    held = next((one for one in found.memberships.all() if one.suspended_at), None)
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            (services.resume if held else services.suspend)(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("The membership goes on.") if held else _("The membership is suspended."))
            return redirect("members:desk_organisation", code=code)
    context = {"organisation": found, "form": form, "held": held}
    return render(request, "members/suspend.html", context, status=400 if form.errors else 200)


@login_required
@permission_required("members.merge_organisations", raise_exception=True)
def merge(request, code):
    """What would go with it, and who would act for the other, is shown before anything is done."""
    if request.method == "POST" and (now := selectors.successor_if_any(code)):  # pressed twice
        return redirect("members:desk_organisation", code=now.code)
    found = selectors.organisation_for_desk(request.user, code)
    form = MergeForm(request.POST or None, organisation=found)
    if form.is_valid():
        try:
            into = merging.merge(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("They are one now; the old address leads to this one."))
            return redirect("members:desk_organisation", code=into.code)
    context = {
        "organisation": found,
        "form": form,
        "belongings": merging.belongings(found),
        "acting": selectors.affiliations_from_today(found),
        "today": platform_day(),
    }
    return render(request, "members/merge.html", context, status=400 if form.errors else 200)


@login_required
@permission_required("members.admit_organisation", raise_exception=True)
def admit(request, code):
    found = selectors.organisation_for_desk(request.user, code)
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.admit(found, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            told = _("%(organisation)s is admitted as %(tier)s. Its contact is told.")
            messages.success(request, told % {"organisation": found, "tier": Tier(form.cleaned_data["tier"]).label})
            return redirect("members:desk_organisation", code=code)
    context = {"organisation": found, "form": form}
    return render(request, "members/admit.html", context, status=400 if form.errors else 200)
