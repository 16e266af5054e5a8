from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.exchange.messaging.selectors.following import muted_by
from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CalendarSource,
    EventKind,
    NoticeContent,
    NoticeKind,
    PersonalData,
    Reaction,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
)
from platform_core.ground.texts.notices import carrier
from platform_core.ground.ui.moments import moment_words
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Invitation
from platform_core.programme.events.ical import invitation

from ..models import Meeting, Participant
from ..selectors import meetings as selectors
from ..selectors.series import on_all_lists
from ..services import dates, meetings as services


def search_document(pk: int) -> SearchDocument | None:
    """What the agenda says; minutes are found by those who see the meeting once they are final."""
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None:
        return None
    items = "\n".join(f"{item.title}\n{item.text}" for item in meeting.items.all())
    code = meeting.language
    return SearchDocument(
        title={code: meeting.title, "_source": code},
        summary={code: meeting.text, "_source": code},
        body={code: f"{items}\n{selectors.final_text(meeting)}"},
        route="workinggroups:meeting",
        key=str(meeting.pk),
        day=(meeting.starts or meeting.changed_at).date(),
        facets={"topic": [str(meeting.group_id)], "language": [code]},
    )


def everybody(event) -> list[int]:
    """Those on the list; without those who are told of several meetings together."""
    rows = Participant.objects.filter(meeting=event.thing_id, is_open=True).exclude(person=None).order_by("pk")
    together = told_together(event)
    return [pk for pk in rows.values_list("person", flat=True) if pk not in together]


def told_together(event) -> set[int]:
    """Whoever muted the meeting that was opened gets no notice of all, but one of each of the others."""
    pks = event.payload.get("together", [])
    people = on_all_lists(pks) if len(pks) > 1 else set()
    return people - muted_by("workinggroups.meeting", event.payload["first"], people) if people else people


def those_coming(event) -> list[int]:
    """Those on the list who have not said that they do not come."""
    rows = Participant.objects.filter(meeting=event.thing_id, is_open=True).exclude(person=None)
    people = rows.exclude(answer=Participant.Answer.NO).order_by("pk").values_list("person", flat=True)
    together = told_together(event)
    return [pk for pk in people if pk not in together]


def without_dates(event) -> list[int]:
    """Those on the list who have said of none of the dates whether it suits."""
    rows = Participant.objects.filter(meeting=event.thing_id, is_open=True, dates=None).exclude(person=None)
    return list(rows.order_by("pk").values_list("person", flat=True))


def told_of_cancelling(event) -> list[int]:
    return those_coming(event) if event.payload.get("told") else []


def added(event) -> list[int]:
    """Whoever was put on the list of a meeting whose invitations are out."""
    row = Participant.objects.filter(pk=event.payload.get("participant"), meeting__state=Meeting.State.CALLED).first()
    return [row.person_id] if row and row.person_id else []


def facts(meeting: Meeting) -> str:
    """When, where and by which address, a line each; the rest stands on its page."""
    lines = [moment_words(meeting.starts, meeting.time_zone)] if meeting.starts else []
    lines += [meeting.place] if meeting.place else []
    if call := selectors.call_of(meeting):
        lines.append(gettext("Online room: %(address)s") % {"address": selectors.absolute(call)})
    agenda = "\n".join(f"{item.position}. {item.title}" for item in meeting.items.all())
    return "\n\n".join(part for part in ("\n".join(lines), meeting.text, agenda) if part)


def itself(event) -> tuple[dict, str, str]:
    meeting = Meeting.objects.get(pk=event.thing_id)
    words = {"title": meeting.title, "why": meeting.why_cancelled, "day": meeting.dates_until}
    return words, facts(meeting), meeting.get_absolute_url()


about = carrier(itself)  # notices that carry the meeting: when, where, the room and the agenda


def entry(event, person) -> str:
    """The meeting for one person's calendar: a request while it takes place, else that it is called off."""
    return entry_for(Meeting.objects.get(pk=event.thing_id), person)


def entry_for(meeting: Meeting, person) -> str:
    method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
    organiser = (str(meeting.group.topic.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    return invitation(selectors.entry(meeting, person), method, organiser, [(str(person), person.email)])


def farewell(event, person) -> str:
    """The same for somebody who was taken off the list."""
    meeting = Meeting.objects.get(pk=event.thing_id)
    organiser = (str(meeting.group.topic.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    told = replace(selectors.entry(meeting, person), sequence=event.payload["sequence"])
    return invitation(told, "CANCEL", organiser, [(str(person), person.email)])


def taken_off(event) -> NoticeContent:
    """Says that she is not expected, and nothing of the agenda."""
    meeting = Meeting.objects.get(pk=event.thing_id)
    words = {"title": meeting.title, "moment": moment_words(meeting.starts, meeting.time_zone)}
    return NoticeContent(
        subject=gettext("Not invited any more: %(title)s") % words,
        text=gettext("You were taken off the list of “%(title)s”, %(moment)s.") % words,
        address=meeting.group.get_absolute_url(),
    )


def removed(event) -> list[int]:
    """Whoever was taken off the list after invitations went out."""
    return [event.payload["person"]] if event.payload.get("told") and event.payload.get("person") else []


def take_in(event) -> None:
    """Whoever accepts an invitation to a meeting is on its list."""
    invitation = (
        Invitation.objects.filter(pk=event.thing_id, thing=selectors.LABEL).select_related("accepted_by").first()
    )
    meeting = find_thing(selectors.LABEL, invitation.object_id) if invitation else None
    if invitation and invitation.accepted_by and isinstance(meeting, Meeting):
        services.take_in_invited(User.objects.get(pk=invitation.accepted_by_id), meeting)


ANSWER = _("Please say on its page whether you come; what you answer in your calendar does not reach those who invite.")
VERBS = {
    "meeting_planned": _("A meeting was planned"),
    "meeting_changed": _("A meeting was changed"),
    "meeting_moved": _("Time, place or room of a meeting was changed"),
    "meeting_called": _("Invitations to a meeting went out"),
    "meeting_cancelled": _("A meeting was called off"),
    "meeting_answered": _("Somebody said whether she comes to a meeting"),
    "recording_kept": _("The address of the recording of a meeting was changed"),
    "meeting_near": _("A meeting is on the next day"),
    "participant_added": _("Somebody was invited to a meeting"),
    "participant_removed": _("Somebody was taken off the list of a meeting"),
    "agenda_changed": _("The agenda of a meeting was changed"),
    "dates_offered": _("Dates for a meeting were offered"),
    "dates_near": _("The last day to say which dates suit came near"),
    "dates_answered": _("Somebody said which dates suit"),
    "attendance_noted": _("Attendance at a meeting was noted"),
    "guests_ended": _("A meeting closed to its guests"),
}
MEETINGS = [
    Thing(
        label=selectors.LABEL,
        invitable=True,
        invite_right="workinggroups.lead_meeting",
        name=_("Meeting of a working group"),
        title=lambda meeting: meeting.title,
        address=lambda meeting: meeting.get_absolute_url(),
        visible=selectors.meetings,
        route="workinggroups:meeting",
        lookup="pk",
    ),
    Thing(
        label="workinggroups.agendaitem",
        name=_("Item of a meeting"),
        title=lambda item: f"{item.title} ({item.meeting.title})",
        address=lambda item: f"{item.meeting.get_absolute_url()}minutes/#item-{item.pk}",
        visible=selectors.items,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Meetings of working groups"),
        document=search_document,
        every=lambda: Meeting.objects.values_list("pk", flat=True),
        order=36,
    ),
    CalendarSource(
        code="workinggroups.meetings", name=_("Meetings of working groups"), entries=selectors.calendar_entries
    ),
    Reaction(code="workinggroups.take_in_invited", handle=take_in, verbs=frozenset({"members.invitation_accepted"})),
    Sweep(code="workinggroups.remind_of_meetings", perform=services.remind, minutes=5),
    Sweep(code="workinggroups.remind_of_dates", perform=dates.remind, minutes=60),
    Sweep(code="workinggroups.end_guests", perform=services.end_guests, minutes=60),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="workinggroups.meeting_called",
        name=_("You are invited to a meeting"),
        verb="workinggroups.meeting_called",
        urgent=True,
        calendar=entry,
        recipients=everybody,
        content=about(_("Invitation: %(title)s"), ANSWER),
    ),
    NoticeKind(
        code="workinggroups.participant_added",
        name=_("You are invited to a meeting"),
        verb="workinggroups.participant_added",
        urgent=True,
        calendar=entry,
        recipients=added,
        content=about(_("Invitation: %(title)s"), ANSWER),
    ),
    NoticeKind(
        code="workinggroups.meeting_moved",
        name=_("A meeting you are invited to was changed"),
        verb="workinggroups.meeting_moved",
        urgent=True,
        calendar=entry,
        recipients=everybody,
        content=about(
            _("Changed: %(title)s"),
            _("Time, place or room of this meeting has changed. It is now:"),
            _("What you had answered was for another time. Please say on its page whether you come."),
        ),
    ),
    NoticeKind(
        code="workinggroups.meeting_cancelled",
        name=_("A meeting you are invited to was called off"),
        verb="workinggroups.meeting_cancelled",
        urgent=True,
        calendar=entry,
        recipients=told_of_cancelling,
        content=about(_("Called off: %(title)s"), _("This meeting does not take place: %(why)s")),
    ),
    NoticeKind(
        code="workinggroups.meeting_near",
        name=_("A meeting you are invited to is near"),
        verb="workinggroups.meeting_near",
        urgent=True,
        recipients=those_coming,
        content=about(_("Soon: %(title)s")),
    ),
    NoticeKind(
        code="workinggroups.participant_removed",
        name=_("You are not invited to a meeting any more"),
        verb="workinggroups.participant_removed",
        urgent=True,
        calendar=farewell,
        recipients=removed,
        content=taken_off,
    ),
    NoticeKind(
        code="workinggroups.dates_offered",
        name=_("You are asked which dates suit you"),
        verb="workinggroups.dates_offered",
        recipients=everybody,
        content=about(
            _("Which dates suit you? %(title)s"), _("Please say on the page of the meeting which dates suit you.")
        ),
    ),
    NoticeKind(
        code="workinggroups.dates_near",
        name=_("You have not said yet which dates suit you"),
        verb="workinggroups.dates_near",
        recipients=without_dates,
        content=about(
            _("Which dates suit you? %(title)s"),
            _("You have not said yet which dates suit you. You can until %(day)s, on the page of the meeting."),
        ),
    ),
    PersonalData(
        label="workinggroups.meeting",
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who planned a meeting"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.participant",
        fields=("answer", "note", "answered_at", "attended", "way"),
        holder="person",
        purpose=_("To invite people to meetings and to know who was there"),
        erasure="unlink",
    ),
]
