"""Proposals of pilot actions: written by organisations, judged by people without an interest."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.forms import AppointForm
from platform_core.identity.access.selectors import require

from ..forms.proposals import ProposalForm
from ..models import Pilot, Proposal
from ..selectors import proposals as selectors, subjects
from ..selectors.schemes import band_words, call_for
from ..services import proposals as services
from .filling import clicked, filled
from .pilots import region_name

RIGHTS = ("change_proposal", "withdraw_proposal", "call_judges")


@login_required
def propose(request, pk):
    call = call_for(request.user, pk)
    require(request.user, "pilots.propose")
    form = ProposalForm(request.POST or None, person=request.user, call=call, own=selectors.proposing(request.user))
    return filled(
        request,
        form,
        lambda: services.propose(
            call, form.cleaned_data["organisation"], by=request.user, key=form.cleaned_data["key"], **form.typed
        ),
        told=_("Your proposal is kept as a draft. Submit it before the call closes."),
        title=_("Propose a pilot action"),
        action=_("Keep as a draft"),
        trail=[(str(call.title), call.get_absolute_url())],
        back=call.get_absolute_url(),
    )


@login_required
def proposal(request, pk):
    found = selectors.proposal_for(request.user, pk)
    judging = selectors.assessment_of(found)
    may_read = judging and request.user.has_perm("assessment.view_assessment", judging)
    context = {
        "proposal": found,
        "band": band_words(found.call.scheme.limits, found.band),
        "region": region_name(found),
        "subject": subjects.subject(found.subject),
        "judging": judging if may_read else None,
        "pilot": Pilot.objects.filter(proposal=found).first(),
        "may": {name: request.user.has_perm(f"pilots.{name}", found) for name in RIGHTS},
    }
    return render(request, "pilots/proposal.html", context)


@login_required
def change(request, pk):
    found = selectors.proposal_for(request.user, pk)
    require(request.user, "pilots.change_proposal", found)
    form = ProposalForm(request.POST or None, thing=found, person=request.user, call=found.call, own=[])
    return filled(
        request,
        form,
        lambda: services.change(found, by=request.user, **form.typed),
        told=_("Your proposal is kept."),
        title=_("Change the proposal"),
        action=_("Keep"),
        trail=[(str(found.title), found.get_absolute_url())],
        back=found.get_absolute_url(),
    )


@login_required
@require_POST
def submit(request, pk):
    found = selectors.proposal_for(request.user, pk)
    if found.state != Proposal.State.DRAFT:
        return redirect(found)
    return clicked(
        request,
        lambda: services.submit(found, by=request.user),
        told=_("Submitted. It cannot be changed any more."),
        back=found.get_absolute_url(),
    )


@login_required
@require_POST
def withdraw(request, pk):
    found = selectors.proposal_for(request.user, pk)
    return clicked(
        request,
        lambda: services.withdraw(found, by=request.user),
        told=_("The proposal is withdrawn."),
        back=found.get_absolute_url(),
    )


@login_required
def call_judges(request, pk):
    found = selectors.proposal_for(request.user, pk)
    if found.state in (Proposal.State.JUDGED, Proposal.State.SELECTED, Proposal.State.REFUSED):
        return redirect(found)
    require(request.user, "pilots.call_judges", found)
    people = assessment.eligible(assessment.kind_named(selectors.KIND), found, besides=request.user.pk)
    form = AppointForm(request.POST or None, people=people)
    return filled(
        request,
        form,
        lambda: appointed(services.call_judges, found, form, request.user),
        told=_("The evaluators are asked."),
        title=_("Ask who judges the proposal"),
        action=_("Ask the evaluators"),
        trail=[(str(found.title), found.get_absolute_url())],
        back=found.get_absolute_url(),
    )


def appointed(deed, thing, form, by):
    """Asked for an assessment, one goes back to the thing."""
    deed(thing, form.cleaned_data["evaluators"], by=by, due_on=form.cleaned_data["due_on"])
    return thing if isinstance(thing, Proposal) else reverse("pilots:workspace", args=[thing.pk])
