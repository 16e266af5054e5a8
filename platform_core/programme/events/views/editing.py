from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.exchange.messaging.selectors import would_be_told
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.drafts import selectors as drafts, services as keeping
from platform_core.materials.drafts.views import kept

from .. import selectors
from ..forms.events import CancelForm, ChangeEventForm, EventForm, initial_of
from ..forms.series import RepeatForm
from ..selectors.events import made_with, of_series, similar
from ..services import events as services, series

KIND = "events.event"


@login_required
def new(request):
    """An event, or a series; announced at once by the editors, proposed to them by members."""
    if not (request.user.has_perm("events.propose") or request.user.has_perm("events.announce")):
        raise PermissionDenied
    if "keep_draft" in request.POST:
        return kept(request, KIND, "")
    draft = drafts.draft_of(request.user, KIND)
    asked = partial(EventForm, user=request.user, language=active_code())
    form = asked(request.POST or None, initial=begun(request, draft, asked))
    repeat = RepeatForm(request.POST or None, initial=drafts.initial_of(draft, RepeatForm))
    twins: list = []
    if request.method == "POST" and form.is_valid() and repeat.is_valid():
        if made := made_with(request.user, form.key):
            return redirect(made)
        twins = [] if "in_spite" in request.POST else twins_of(request, form)
        if not twins and (made := put(request, form, repeat)):
            return redirect(made)
    is_wrong = form.errors or repeat.errors
    context = {"form": form, "repeat": repeat, "twins": twins, "draft": draft, "kind": KIND}
    context["announces"] = request.user.has_perm("events.announce")
    return render(request, "events/new.html", context, status=422 if is_wrong else 409 if twins else 200)


def begun(request, draft, form) -> dict:
    """What the form begins with: a copy of another event, what was kept, or the person's own zone."""
    if code := request.GET.get("copy"):
        copied = initial_of(selectors.event_for(request.user, code), active_code())
        return {name: value for name, value in copied.items() if name not in ("begins_on", "ends_on")}
    return {"time_zone": request.user.time_zone, "seen_by": "public"} | drafts.initial_of(draft, form)


def twins_of(request, form, besides: int | None = None) -> list:
    typed = form.cleaned_data
    return similar(request.user, starts=typed["starts"], title=typed["title"], url=typed["url"], besides=besides)


def put(request, form, repeat):
    """The event made, or None with the form told why not."""
    fields, again = form.event_fields(), repeat.series()
    announces = request.user.has_perm("events.announce")
    try:
        if again:
            made = series.begin(again, by=request.user, form_key=form.key, **fields)
        else:
            deed = services.announce if announces else services.propose
            made = deed(by=request.user, form_key=form.key, **fields)
    except ValidationError as problem:
        show_problem(problem, form, repeat)
        return None
    keeping.discard(request.user, KIND)
    told = _("It is in the calendar.") if announces else _("The editors decide on it; you are told what becomes of it.")
    messages.success(request, told)
    return made


@login_required
def change(request, code):
    """Change what is announced, or do what the editors asked for and propose it again."""
    found = selectors.event_for(request.user, code)
    if not request.user.has_perm("events.change_event", found):
        require(request.user, "events.revise_proposal", found)
    form = ChangeEventForm(
        request.POST or None,
        user=request.user,
        language=active_code(),
        event=found,
        initial=initial_of(found, active_code()),
    )
    if request.method == "POST" and form.is_valid() and changed(request, found, form):
        return redirect(found)
    context = {"form": form, "event": found, "scopes": foreseen(request.user, found, "events.moved")}
    return render(request, "events/change.html", context, status=422 if form.errors else 200)


def foreseen(user, event, verb: str) -> list[tuple[str, list]]:
    """Who would be told, by how much of a series it is done to; nobody of what is not announced."""
    if not event.is_announced:
        return []
    scopes = {label: of_series(event, code) for code, label in ChangeEventForm.SCOPES if event.series_id}
    scopes = scopes or {"": [event]}
    rows = {row.pk: row for rows in scopes.values() for row in rows if not row.is_cancelled}
    told = {pk: would_be_told(verb, row, by=user) for pk, row in rows.items()}
    return [(label, [kind for row in rows for kind in told.get(row.pk, [])]) for label, rows in scopes.items()]


def changed(request, event, form) -> bool:
    fields, typed = form.event_fields(), form.cleaned_data
    try:
        if event.state == event.State.RETURNED and request.user.has_perm("events.revise_proposal", event):
            services.propose_again(event, by=request.user, **fields)
        elif typed.get("scope", "one") == "one":
            services.change(event, by=request.user, why=typed.get("why", ""), **fields)
        else:
            rows = of_series(event, typed["scope"])
            series.change_together(event, rows, by=request.user, why=typed.get("why", ""), **fields)
    except ValidationError as problem:
        show_problem(problem, form)
        return False
    messages.success(request, _("Changed. Calendars of those who subscribed follow by themselves."))
    return True


@login_required
def cancel(request, code):
    found = selectors.event_for(request.user, code)
    require(request.user, "events.cancel_event", found)
    form = CancelForm(request.POST or None, event=found)
    if request.method == "POST" and form.is_valid():
        rows = of_series(found, form.cleaned_data.get("scope", "one"))
        number = services.cancel(rows, by=request.user, why=form.cleaned_data["why"])
        words = ngettext(
            "%(n)s event is cancelled and stays in the calendar, marked.",
            "%(n)s events are cancelled and stay in the calendar, marked.",
            number,
        )
        messages.success(request, words % {"n": number})
        return redirect(found)
    context = {"form": form, "event": found, "scopes": foreseen(request.user, found, "events.cancelled")}
    return render(request, "events/cancel.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def follow(request, code):
    found = selectors.event_for(request.user, code)
    if "stop" in request.POST:
        services.unfollow(found, by=request.user)
    else:
        services.follow(found, by=request.user)
        messages.success(request, _("It is among yours. You are told when it moves or is cancelled."))
    return redirect(found)


@login_required
@require_POST
def take_back(request, code):
    found = selectors.event_for(request.user, code)
    try:
        services.end_proposal(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Your proposal is taken back."))
    return redirect("events:mine")
