"""Meetings of a group: the list, one meeting, and what is done with it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.exchange.messaging.selectors import would_be_told
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.moments import moment_words, zone_for
from platform_core.ground.ui.problems import show_problem
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require

from .. import selectors as groups
from ..forms.meetings import (
    AnswerForm,
    CloneForm,
    MeetingForm,
    PeopleForm,
    RecordingForm,
    RepeatForm,
    meeting_initial,
)
from ..forms.series import SCOPES, CallOffForm, ChangeMeetingForm
from ..models import Meeting
from ..rooms import door
from ..selectors import meetings as selectors, minutes as writing
from ..selectors.series import reached, told_by_meeting
from ..services import meetings as services, series

PER_PAGE = 30
RIGHTS = ("lead_meeting", "answer_meeting", "write_minutes", "enter_group")


def meetings(request, number):
    """The meetings of a group: those to come first; `?past=1` those that were."""
    group = groups.group_for(request.user, number)
    past = "past" in request.GET
    rows = selectors.of_group(request.user, group, past=past)
    context = {
        "group": group,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "past": past,
        "query": "past=1" if past else "",
        "may_plan": request.user.has_perm("workinggroups.plan_meeting", group),
    }
    return render(request, "workinggroups/meetings.html", context)


def meeting(request, pk):
    """One meeting: when and where, who comes, the agenda with its papers, and what was left from the last one."""
    found = selectors.meeting_for(request.user, pk)
    own = selectors.own_row(request.user, found)
    context = {
        **frame(request.user, found),
        "places": selectors.agenda(request.user, found),
        "own": own,
        "answer": AnswerForm(initial={"answer": own.answer, "note": own.note, "way": own.way}) if own else None,
        "minutes": writing.minutes_of(found) if writing.may_read(request.user, found) else None,
        "call": selectors.call_of(found) if own and found.state == Meeting.State.CALLED else "",
        "facts": facts(found),
        "told": would_be_told("workinggroups.meeting_called", found, by=request.user)
        if may_call(request, found)
        else None,
        "left_open": [] if found.is_over else writing.left_open(request.user, found),
        **people(request.user, found),
    }
    return render(request, "workinggroups/meeting.html", context)


def may_call(request, meeting) -> bool:
    """Whether invitations can go out now."""
    ready = meeting.state == Meeting.State.PREPARED and meeting.starts is not None
    return ready and request.user.has_perm("workinggroups.lead_meeting", meeting)


def facts(meeting) -> list[tuple[str, str]]:
    """When and where; the time in the zone of the meeting and, where it differs, in the reader's own."""
    found = []
    if meeting.starts:
        here, there = moment_words(meeting.starts, ""), moment_words(meeting.starts, meeting.time_zone)
        found = [(_("Begins"), there), *([(_("Where you are"), here)] if here != there else [])]
        found.append((_("Ends"), moment_words(meeting.ends, meeting.time_zone)))
    return [*found, *([(_("Place"), meeting.place)] if meeting.place else [])]


def frame(user, meeting) -> dict:
    """What every page of a meeting knows."""
    rights = {name: user.has_perm(f"workinggroups.{name}", meeting) for name in RIGHTS}
    return {"meeting": meeting, "group": meeting.group, "rights": rights}


def inside(user, meeting) -> bool:
    return user.has_perm("workinggroups.enter_group", meeting) or selectors.own_row(user, meeting) is not None


def people(user, meeting) -> dict:
    """Names for those who work together; everybody else reads how many there are."""
    rows = list(selectors.participants(meeting))
    coming = sum(row.answer == "yes" for row in rows)
    return {"participants": rows if inside(user, meeting) else [], "invited": len(rows), "coming": coming}


@login_required
def plan(request, number):
    """A further meeting."""
    group = groups.group_for(request.user, number)
    require(request.user, "workinggroups.plan_meeting", group)
    zone = str(getattr(zone_for(""), "key", "Europe/Brussels"))
    initial = {"language": active_code(), "time_zone": zone, "form": "online", "marking": "group", "length": 120}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan(group, by=request.user, **form.told)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            return redirect("workinggroups:agenda", made.pk)
    context = {
        "group": group,
        "form": form,
        "title": _("Plan a meeting"),
        "back": f"{group.get_absolute_url()}meetings/",
    }
    return render(request, "workinggroups/meeting_form.html", context, status=400 if form.errors else 200)


@login_required
def change(request, pk):
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.lead_meeting", found)
    form = ChangeMeetingForm(request.POST or None, initial=meeting_initial(found), meeting=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        rows = form.rows
        deed = partial(series.change_together, rows=rows) if rows else services.change
        if done(request, form, deed, found, **form.told):
            return redirect(found)
    told = found.state == Meeting.State.CALLED and not found.is_over
    note = (
        _("When time, place or room change, those invited are told, and asked anew for another time.") if told else ""
    )
    verb = "workinggroups.meeting_moved" if told else ""
    return form_page(request, found, form, _("Change the meeting"), note, verb=verb)


def form_page(request, meeting, form, title: str, note: str = "", action: str = "", verb: str = ""):
    """`verb` is that of the event of which people are told; the page says whom, by how much of a series it is for."""
    context = {
        **frame(request.user, meeting),
        "form": form,
        "title": title,
        "note": note,
        "action": action,
        "verb": verb,
        "scopes": foreseen(request.user, meeting, verb) if verb and "scope" in form.fields else [],
        "back": meeting.get_absolute_url(),
    }
    return render(request, "workinggroups/meeting_form.html", context, status=400 if form.errors else 200)


def foreseen(user, meeting, verb: str) -> list[tuple[str, list]]:
    """Who would be told, by how many of its series it is done to, without those that were changed for themselves; nothing
    where it is the same people each time."""
    rows = {scope: [meeting, *reached(meeting, scope, by=user)] for scope, _label in SCOPES}
    called = {one.pk for some in rows.values() for one in some if one.state == Meeting.State.CALLED}
    told = told_by_meeting(called, coming=verb == "workinggroups.meeting_cancelled")
    found = [(label, [(verb, told.get(one.pk, [])) for one in rows[scope]]) for scope, label in SCOPES]
    people = {frozenset(person.pk for _verb, persons in some for person in persons) for _label, some in found}
    return found if len(people) > 1 else []


def done(request, form, deed, /, *args, **fields) -> bool:
    """Whether a deed could be done; what was wrong stands beside its field."""
    try:
        deed(*args, by=request.user, **fields)
    except ValidationError as problem:
        show_problem(problem, form)
        return False
    return True


@login_required
@require_POST
def call(request, pk):
    """Invitations go out."""
    found = selectors.meeting_for(request.user, pk)
    try:
        services.call(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The invitations go out."))
    return redirect(found)


@login_required
def cancel(request, pk):
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.lead_meeting", found)
    form = CallOffForm(request.POST or None, meeting=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        rows, why = form.rows, form.cleaned_data["why"]
        deed = partial(series.cancel_together, rows=rows) if rows else services.cancel
        if done(request, form, deed, found, why=why):
            number = len(rows) + 1
            told = ngettext(
                "The meeting is called off; those invited are told.",
                "%(n)s meetings are called off; those invited are told.",
                number,
            )
            messages.success(request, told % {"n": number})
            return redirect(found)
    verb = "workinggroups.meeting_cancelled" if found.state == Meeting.State.CALLED else ""
    return form_page(request, found, form, _("Call the meeting off"), action=_("Call it off"), verb=verb)


@login_required
def recording(request, pk):
    """Where it can be heard or seen again; also once the meeting is over."""
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.lead_meeting", found)
    form = RecordingForm(request.POST or None, initial={"recording": found.recording})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, services.keep_recording, found, form.cleaned_data["recording"])
    ):
        messages.success(request, _("The address of the recording is kept."))
        return redirect(found)
    return form_page(request, found, form, _("Recording of the meeting"))


@login_required
def invite(request, pk):
    """Further people: by their accounts here; others by mail, which opens them this meeting alone."""
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.lead_meeting", found)
    form = PeopleForm(request.POST or None, people=selectors.invitable(found))
    if request.method == "POST" and form.is_valid():
        try:
            number = services.invite(found, form.cleaned_data["people"], by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect(found)
        messages.success(
            request, ngettext("%(n)s person is on the list.", "%(n)s people are on the list.", number) % {"n": number}
        )
        return redirect(found)
    context = {**frame(request.user, found), "form": form, "participants": selectors.participants(found)}
    return render(request, "workinggroups/meeting_people.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def uninvite(request, pk, participant):
    found = selectors.meeting_for(request.user, pk)
    try:
        services.uninvite(get_object_or_404(found.participants.all(), pk=participant), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("workinggroups:meeting_people", pk)


@login_required
@require_POST
def answer(request, pk):
    """Whether the reader comes."""
    found = selectors.meeting_for(request.user, pk)
    form = AnswerForm(request.POST)
    if form.is_valid() and done(request, form, services.answer, found, **form.cleaned_data):
        messages.success(request, _("Your answer is kept."))
    else:
        messages.error(request, " ".join(message for told in form.errors.values() for message in told))
    return redirect(found)


@never_cache
@login_required
def room(request, pk):
    """The door of the online room, for those invited."""
    found = selectors.meeting_for(request.user, pk)
    if selectors.own_row(request.user, found) is None or found.state != Meeting.State.CALLED:
        raise Http404
    try:
        address = door(found, request.user, leads=request.user.has_perm("workinggroups.lead_meeting", found))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        address = ""
    return redirect(address or found)


@login_required
def repeat(request, pk):
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.plan_meeting", found.group)
    form = RepeatForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, services.repeat, found, **form.cleaned_data)
    ):
        messages.success(request, _("The further meetings are prepared; invitations go out when you call each."))
        return redirect("workinggroups:meetings", found.group_id)
    note = _("The same day of the week and the same hour on the clock, with the same agenda and the same people.")
    return form_page(request, found, form, _("Repeat the meeting"), note, _("Prepare them"))


@login_required
def clone(request, pk):
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.plan_meeting", found.group)
    form = CloneForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.clone(found, by=request.user, starts=form.cleaned_data["starts"]))
        except ValidationError as problem:
            show_problem(problem, form)
    note = _("A further meeting with the same agenda and the same people, without papers and minutes.")
    return form_page(request, found, form, _("Plan one like it"), note, _("Prepare it"))


@login_required
def attendance(request, pk):
    """Who was there."""
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.write_minutes", found)
    rows = list(selectors.participants(found))
    if request.method == "POST":
        asked = [row.pk for row in rows if f"way-{row.pk}" in request.POST]
        present = {pk: way for pk in asked if (way := request.POST[f"way-{pk}"]) in ("here", "online")}
        others = request.POST.get("others", "").replace("\0", "")
        try:
            services.note_attendance(found, present, by=request.user, others=others, asked=asked)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("It is kept who was there."))
        return redirect("workinggroups:minutes", pk)
    context = {**frame(request.user, found), "participants": rows, "minutes": writing.minutes_of(found)}
    return render(request, "workinggroups/attendance.html", context | {"today": platform_day()})
