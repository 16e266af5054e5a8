from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.people.members.selectors import organisation_for, organisations, own_organisations

from ..forms.cooperation import (
    ActivityForm,
    AskInForm,
    EndTieForm,
    EntryForm,
    InitiativeForm,
    NetworkForm,
    SynergyForm,
    TieForm,
)
from ..models import Initiative, Seat
from ..selectors import cooperation as selectors
from ..selectors.initiatives import entries_of, entry_of
from ..services import initiatives as register, networks as services, ties as tying


def tie_rows(organisation, *, all_states: bool = False) -> list[dict]:
    names = vocabulary.term_labels("tie_kind")
    return [
        {"tie": tie, "other": other, "kind": names.get(tie.kind, tie.kind)}
        for tie, other in selectors.ties_of(organisation, all_states=all_states)
    ]


def speaks_for(request, organisation) -> bool:
    return request.user.is_authenticated and request.user.has_perm("network.tie", organisation)


@cached_for_guests
def ties_of(request, code):
    """With whom an organisation works, as both sides have confirmed."""
    organisation = organisation_for(request.user, code)
    speaks = speaks_for(request, organisation)
    context = {"organisation": organisation, "rows": tie_rows(organisation, all_states=speaks), "speaks": speaks}
    return render(request, "network/ties.html", context)


@login_required
def new_tie(request, code):
    organisation = organisation_for(request.user, code)
    require(request.user, "network.tie", organisation)
    others = organisations(request.user).exclude(pk=organisation.pk)
    form = TieForm(request.POST or None, others=others, initial={"begins": platform_day().year})
    if request.method == "POST" and form.is_valid():
        try:
            tying.propose_tie(organisation, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The other side is asked to confirm. Until then only both of you see it."))
            return redirect("network:ties_of", code)
    context = {"form": form, "organisation": organisation}
    return render(request, "network/tie_new.html", context, status=422 if form.errors else 200)


@login_required
def end_tie(request, code, pk):
    organisation = organisation_for(request.user, code)
    require(request.user, "network.tie", organisation)
    tie = selectors.tie_of(organisation, pk)
    form = EndTieForm(request.POST or None, initial={"year": platform_day().year})
    if request.method == "POST" and form.is_valid():
        try:
            tying.end_tie(tie, organisation, by=request.user, year=form.cleaned_data["year"])
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect("network:ties_of", code)
    context = {"form": form, "organisation": organisation, "tie": tie}
    return render(request, "network/tie_end.html", context, status=422 if form.errors else 200)


@cached_for_guests
def networks(request):
    rows = [(network, selectors.is_recognised(network)) for network in selectors.networks()]
    return render(request, "network/networks.html", {"rows": rows})


@cached_for_guests
def network(request, code):
    found = selectors.network_for(code)
    runs = request.user.is_authenticated and request.user.has_perm("network.run", found)
    own = set(own_organisations(request.user).values_list("pk", flat=True)) if runs else set()
    context = {
        "network": found,
        "seats": [seat for seat in found.seats.all() if runs or seat.state == Seat.State.CONFIRMED],
        "recognised": selectors.is_recognised(found),
        "runs": runs,
        "own": own,
        "activity_form": ActivityForm(initial={"day": platform_day()}) if runs else None,
    }
    return render(request, "network/network.html", context)


@login_required
@permission_required("network.found", raise_exception=True)
def new_network(request):
    own = own_organisations(request.user)
    form = NetworkForm(request.POST or None, own=own, others=organisations(request.user), language=active_code())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.found_network(typed["founder"], typed["others"], by=request.user, **form.network())
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The network is there; those you asked decide for themselves."))
            return redirect(made)
    return render(request, "network/network_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def ask_in(request, code):
    found = selectors.network_for(code)
    require(request.user, "network.run", found)
    sitting = found.seats.exclude(state=Seat.State.DECLINED).values("organisation")
    form = AskInForm(request.POST or None, others=organisations(request.user).exclude(pk__in=sitting))
    if request.method == "POST" and form.is_valid():
        services.ask_in(found, form.cleaned_data["organisations"], by=request.user)
        messages.success(request, _("They are asked."))
        return redirect(found)
    context = {"form": form, "network": found}
    return render(request, "network/ask_in.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def tell_activity(request, code):
    found = selectors.network_for(code)
    require(request.user, "network.run", found)
    form = ActivityForm(request.POST)
    if form.is_valid():
        services.tell_activity(found, by=request.user, language=active_code(), **form.cleaned_data)
        return redirect(found)
    return render(request, "network/activity.html", {"form": form, "network": found}, status=422)


@login_required
@require_POST
def leave(request, code, organisation):
    found = selectors.network_for(code)
    services.leave(found, organisation_for(request.user, organisation), by=request.user)
    messages.success(request, _("Your organisation has left the network."))
    return redirect(found)


@cached_for_guests
def initiatives(request):
    keeps = request.user.is_authenticated and request.user.has_perm("network.keep_register")
    return render(request, "network/initiatives.html", {"initiatives": selectors.initiatives(), "keeps": keeps})


@cached_for_guests
def initiative(request, code):
    """Everyone sees what it is and how far cooperation has come; members read the register."""
    found = selectors.initiative_for(code)
    reads = request.user.is_authenticated and request.user.has_perm("network.read_register")
    keeps = request.user.is_authenticated and request.user.has_perm("network.keep_register")
    context = {"initiative": found, "entries": entries_of(found, request.user) if reads else None, "keeps": keeps}
    return render(request, "network/initiative.html", context)


@login_required
@permission_required("network.keep_register", raise_exception=True)
def change_initiative(request, code=""):
    found = selectors.initiative_for(code) if code else Initiative()
    form = InitiativeForm(request.POST or None, initiative=found, language=active_code())
    if request.method == "POST" and form.is_valid():
        topics = [int(number) for number in form.cleaned_data["topics"]]
        kept = register.keep_initiative(form.applied(), topics, by=request.user)
        messages.success(request, _("The initiative is kept."))
        return redirect(kept)
    context = {"form": form, "initiative": found}
    return render(request, "network/initiative_change.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("network.keep_register", raise_exception=True)
def note_contact(request, code):
    found = selectors.initiative_for(code)
    begun = {"day": platform_day(), "state": found.state}
    form = SynergyForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        register.note_contact(found, by=request.user, language=active_code(), **form.cleaned_data)
        messages.success(request, _("The entry is in the register."))
        return redirect(found)
    context = {"form": form, "initiative": found}
    return render(request, "network/synergy_new.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("network.keep_register", raise_exception=True)
def correct_entry(request, code, pk):
    entry = entry_of(selectors.initiative_for(code), pk)
    require(request.user, "network.correct_entry", entry)
    form = EntryForm(request.POST or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        changed = register.correct_entry(entry, by=request.user, **form.entry())
        messages.success(request, _("Kept.") if changed else _("Nothing was changed."))
        return redirect(entry.initiative)
    context = {"form": form, "initiative": entry.initiative, "entry": entry}
    return render(request, "network/synergy_new.html", context, status=422 if form.errors else 200)
