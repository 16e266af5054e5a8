from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.identity.access.selectors import require

from .. import selectors as groups
from ..forms.calls import PARTS, CallForm, LongReasonForm, MomentForm, initial_of, initial_of_part, usual_call
from ..models import Call
from ..selectors import calls as selectors, expressions
from ..services import calls as services
from .asking import asked, done

PER_PAGE = 25
DEEDS = ("change_call", "open_call", "extend_call", "cancel_call", "check_expression", "answer_call")


@cached_for_guests
def listing(request, number=None):
    """Calls a reader may see, of all groups or of one, those that are open first."""
    group = groups.group_for(request.user, number) if number else None
    state = request.GET.get("state", "")
    state = state if state in Call.State.values else ""
    rows = selectors.calls(request.user, group=group, state=state)
    context = {
        "group": group,
        "frame": "workinggroups/workspace.html" if group else "layouts/desk.html",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": Call.State.choices,
        "query": request.GET.urlencode(),
        "may_draft": group is not None and request.user.has_perm("workinggroups.draft_call", group),
    }
    return render(request, "workinggroups/calls.html", context)


@cached_for_guests
def call(request, pk):
    """One call: what is sought, by whom it can be answered, how it is judged, and what became of it."""
    found = selectors.call_for(request.user, pk)
    conditions = [(one, selectors.condition_words(one)) for one in found.conditions.all()]
    context = {
        "call": found,
        "group": found.group,
        "rights": {name: request.user.has_perm(f"workinggroups.{name}", found) for name in DEEDS},
        "conditions": conditions,
        "own": selectors.expressed(found, request.user) if found.opened_at else [],
        "received": selectors.received(found),
        "lacking": selectors.lacks(found) if found.state == Call.State.DRAFT else [],
        "candidacies": candidacies(request.user, found),
        "seated": seated(request.user, found),
    }
    return render(request, "workinggroups/call.html", context)


def candidacies(user, found) -> list:
    return list(expressions.own_candidacies(user).filter(expression__call=found)) if user.is_authenticated else []


def seated(user, found) -> list:
    """The organisations that were accepted, once that is told."""
    if found.state != Call.State.CONCLUDED:
        return []
    rows = found.expressions.filter(outcome="accept").select_related("organisation").order_by("rank")
    return [one.organisation for one in rows]


@login_required
def draft(request, number):
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.draft_call", group)
    form = CallForm(request.POST or None, initial=usual_call())
    return asked(
        request,
        form,
        lambda form: services.draft(group, by=request.user, **form.fields_of_call()),
        title=_("Prepare a call for expressions of interest"),
        action=_("Keep the draft"),
        told=_("The draft is kept, with the usual conditions, questions and criteria. Change them, then open it."),
        back=reverse("workinggroups:group_calls", args=[number]),
        topic=group.pk,
        group=group,
    )


@login_required
def change(request, pk):
    found = selectors.call_for(request.user, pk)
    require(request.user, "workinggroups.change_call", found)
    form = CallForm(request.POST or None, initial=initial_of(found))
    return asked(
        request,
        form,
        lambda form: services.change(found, by=request.user, **form.fields_of_call(found)),
        title=_("Change the call"),
        action=_("Keep"),
        back=found,
        topic=found.group_id,
        group=found.group,
    )


def part_words(kind: str) -> tuple[str, str]:
    """What is added and what is changed, in words."""
    return {
        "questions": (_("Add a question"), _("Change the question")),
        "conditions": (_("Add a condition"), _("Change the condition")),
        "criteria": (_("Add a criterion"), _("Change the criterion")),
    }[kind]


@login_required
def part(request, pk, kind, part=None):
    """A question, a condition or a criterion of a call that is being prepared."""
    found = selectors.call_for(request.user, pk)
    require(request.user, "workinggroups.change_call", found)
    if kind not in PARTS:
        raise Http404
    held = selectors.part_of(found, kind, part) if part else None
    form = PARTS[kind](request.POST or None, initial=initial_of_part(held) if held else None)
    words = part_words(kind)[1 if held else 0]

    def perform(form) -> None:
        services.put_part(found, kind, by=request.user, pk=part, **form.fields_of_part(held))

    return asked(request, form, perform, title=words, action=_("Keep"), back=found, topic=found.group_id)


@login_required
@require_POST
def remove_part(request, pk, kind, part):
    found = selectors.call_for(request.user, pk)
    return done(
        request, lambda: services.remove_part(found, kind, part, by=request.user), _("It is taken away."), found
    )


@login_required
def open_call(request, pk):
    found = selectors.call_for(request.user, pk)
    require(request.user, "workinggroups.open_call", found)
    return asked(
        request,
        MomentForm(request.POST or None, call=found),
        lambda form: services.open_call(found, by=request.user, closes_at=form.cleaned_data["closes_at"]),
        title=_("Open the call"),
        lead=_(
            "From now until then it can be answered. Whoever may answer is told; questions and criteria change no more."
        ),
        action=_("Open it"),
        verb="workinggroups.call_opened",
        told=_("The call is open. Whoever may answer is told."),
        back=found,
        topic=found.group_id,
    )


@login_required
def extend(request, pk):
    found = selectors.call_for(request.user, pk)
    require(request.user, "workinggroups.extend_call", found)
    local = found.closes_at.astimezone(found.clock)
    return asked(
        request,
        MomentForm(request.POST or None, call=found, initial={"day": local.date(), "hour": local.time()}),
        lambda form: services.extend(found, by=request.user, closes_at=form.cleaned_data["closes_at"]),
        title=_("Give more time"),
        action=_("Extend"),
        verb="workinggroups.call_extended",
        told=_("The call has more time. Whoever may answer is told."),
        back=found,
        topic=found.group_id,
    )


@login_required
def cancel(request, pk):
    found = selectors.call_for(request.user, pk)
    require(request.user, "workinggroups.cancel_call", found)
    return asked(
        request,
        LongReasonForm(request.POST or None),
        lambda form: services.cancel(found, form.cleaned_data["reason"], by=request.user),
        title=_("Cancel the call"),
        lead=_("It ends without a result. Your reasons are shown with the call."),
        action=_("Cancel the call"),
        verb="workinggroups.call_cancelled",
        told=_("The call is cancelled."),
        back=found,
        topic=found.group_id,
    )
