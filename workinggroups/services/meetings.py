import uuid
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.selectors import holders, require
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.people.members import invitations
from platform_core.people.members.selectors import acting_for

from ..models import AgendaItem, Document, Meeting, Participant, WorkingGroup
from ..rooms import demand_address, demand_recording, make_room
from ..selectors.meetings import before_in_series, last_meeting, sitting
from . import documents
from .minutes import writing

GUEST_DAYS = 30
REMIND = timedelta(hours=24)
MOST_TIMES = 26
TOLD = ("title", "starts", "ends", "time_zone", "place", "call", "form")


@transaction.atomic
def plan(group: WorkingGroup, *, by, previous: Meeting | None = None, **fields) -> Meeting:
    """A meeting in preparation; who sits in the group is invited with it, and the minutes of the meeting before it are up
    for approval: of the last one that took place, unless another is named.
    """
    require(by, "workinggroups.plan_meeting", group)
    meeting = Meeting(group=group, made_by=by, previous=previous or last_meeting(group), **fields)
    check(meeting)
    make_room(meeting)
    meeting.save()
    for pk in {*sitting(group), by.pk}:
        meeting.participants.create(person_id=pk)
    if meeting.previous and approvable(meeting.previous):
        told = {"title": _("Minutes of the last meeting"), "approves": meeting.previous, "duration": 5}
        meeting.items.create(position=1, kind=AgendaItem.Kind.APPROVAL, **told)
    show(meeting)
    audit.record("workinggroups.meeting_planned", meeting, by=by)
    return meeting


def approvable(meeting: Meeting) -> bool:
    """Whether a later meeting has to approve its minutes; one to come, or one of a series, will have some."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is None:
        return meeting.series is not None or not meeting.is_over
    return minutes.approved_in_id is None


def check(meeting: Meeting) -> None:
    if meeting.starts and meeting.ends and meeting.ends <= meeting.starts:
        raise ValidationError({"ends": _("It cannot end before it begins.")})
    if meeting.form != Meeting.Form.ONLINE and meeting.state == Meeting.State.CALLED and not meeting.place:
        raise ValidationError({"place": _("Please say where you meet.")})
    demand_address(meeting.room, meeting.call)


def demand_open(meeting: Meeting) -> None:
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.state == minutes.State.FINAL:
        raise ValidationError(_("The minutes are final."))


def held(meeting: Meeting) -> Meeting:
    """The meeting under lock, so that of two changes at once the second sees the first."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def leading(meeting: Meeting, by) -> Meeting:
    """The same, for those who may change it; what is called off stays as it is."""
    found = held(meeting)
    require(by, "workinggroups.lead_meeting", found)
    if found.state == Meeting.State.CANCELLED:
        raise ValidationError(_("This meeting was called off."))
    return found


@transaction.atomic
def change(meeting: Meeting, *, by, **fields) -> Meeting:
    """Change it; once invitations are out, everybody on the list is told of another time, place or room, and of another
    time is asked anew whether she comes. What is changed of one of a series alone is its own from then on.
    """
    found = leading(meeting, by)
    if found.series is not None:
        found.apart = sorted({*found.apart, *differing(found, fields)})
    moved, told = changed(found, fields)
    audit.record("workinggroups.meeting_moved" if moved else "workinggroups.meeting_changed", found, by=by, **told)
    return found


def differing(meeting: Meeting, fields: dict) -> list[str]:
    """The names of the fields that would change; the address of a room that is made here is none of them."""
    own_room = fields.get("room", meeting.room) == Meeting.Room.ADDRESS
    return [name for name, value in fields.items() if getattr(meeting, name) != value and (name != "call" or own_room)]


def changed(found: Meeting, fields: dict) -> tuple[bool, dict]:
    """Change a meeting under lock; gives whether those invited must be told, and what the event says."""
    before = {name: getattr(found, name) for name in TOLD}
    for name, value in fields.items():
        setattr(found, name, value)
    check(found)
    if any(getattr(found, name) != before[name] for name in ("title", "starts", "ends")):
        demand_open(found)
    make_room(found)
    names = sorted(name for name in TOLD if getattr(found, name) != before[name])
    moved = bool(names) and found.state == Meeting.State.CALLED and not found.is_over
    asked = moved and not {"starts", "ends"}.isdisjoint(names)
    if asked:
        ask_anew(found)
    found.sequence += moved
    if found.starts != before["starts"]:
        found.reminded = False
    found.save()
    show(found)
    return moved, {"fields": names, "asked": asked}


def ask_anew(meeting: Meeting) -> None:
    """Nobody has said yet whether she comes; what was said of the time before stays in the log of events."""
    meeting.participants.update(answer="", note="", way="", answered_at=None)


@transaction.atomic
def call(meeting: Meeting, *, by) -> Meeting:
    """Invitations go out to everybody on the list."""
    found = leading(meeting, by)
    if found.state == Meeting.State.CALLED:
        raise ValidationError(_("The invitations are out already."))
    if found.starts is None:
        raise ValidationError(_("Please set the date first, or find one together."))
    if found.is_over:
        raise ValidationError(_("This date has passed."))
    found.state = Meeting.State.CALLED
    check(found)
    found.save()
    show(found)
    audit.record("workinggroups.meeting_called", found, by=by)
    return found


@transaction.atomic
def cancel(meeting: Meeting, why: str, *, by) -> Meeting:
    """It stays in calendars and lists, marked; those who had been invited are told why."""
    found = leading(meeting, by)
    told = called_off(found, why)
    audit.record("workinggroups.meeting_cancelled", found, by=by, told=told)
    return found


def called_off(found: Meeting, why: str) -> bool:
    """Call a meeting under lock off; gives whether those invited must be told. One nobody was invited to stays inside."""
    if not why.strip():
        raise ValidationError({"why": _("Please say why; those invited read it.")})
    if found.is_over:
        raise ValidationError(_("This meeting is over."))
    told = found.state == Meeting.State.CALLED
    found.state, found.why_cancelled, found.sequence = Meeting.State.CANCELLED, why.strip(), found.sequence + 1
    if not told:
        found.marking = Meeting.Marking.GROUP
    found.save()
    show(found)
    leave_out(found)
    return told


def leave_out(meeting: Meeting) -> None:
    """Meetings that were to follow one that does not take place follow the one before it, and approve the minutes of that."""
    before = meeting.previous
    meeting.following.update(previous=before)
    if before is not None and approvable(before):
        meeting.approvals.update(approves=before)
    else:
        meeting.approvals.filter(revisions=None).delete()


@transaction.atomic
def invite(meeting: Meeting, people: Iterable, *, by) -> int:
    """Further people; whoever does not sit in the group is a guest of this meeting alone. Gives how many are new."""
    found = leading(meeting, by)
    seated, here = set(sitting(found.group)), set(found.participants.values_list("person", flat=True))
    new = [person for person in people if person.pk not in here]
    for person in new:
        row = found.participants.create(person=person, is_guest=person.pk not in seated)
        audit.record("workinggroups.participant_added", found, by=by, participant=row.pk)
    show(found)
    return len(new)


@transaction.atomic
def uninvite(participant: Participant, *, by) -> None:
    """Somebody is not asked to come any more; a called meeting leaves her calendar."""
    found = leading(participant.meeting, by)
    demand_open(found)
    if participant.attended:
        raise ValidationError(_("The minutes say that she was there; she stays on the list."))
    told = found.state == Meeting.State.CALLED and not found.is_over
    found.sequence += told
    found.save()
    audit.record(
        "workinggroups.participant_removed",
        found,
        by=by,
        person=participant.person_id,
        told=told,
        sequence=found.sequence,
    )
    if participant.person_id:
        invitations.end_for(found, [participant.person_id])
    participant.delete()
    show(found)


@transaction.atomic
def take_in_invited(person: User, meeting: Meeting) -> None:
    """Somebody accepted an invitation to this meeting that came by mail."""
    row, new = meeting.participants.get_or_create(person=person, defaults={"is_guest": True})
    if new:
        show(meeting)
        audit.record("workinggroups.participant_added", meeting, participant=row.pk)


@transaction.atomic
def answer(meeting: Meeting, *, by, answer: str, note: str = "", way: str = "") -> Participant:
    """Whether somebody comes, and how; until the meeting is over she can change it."""
    found = held(meeting)
    require(by, "workinggroups.answer_meeting", found)
    if found.state == Meeting.State.CANCELLED or found.is_over:
        raise ValidationError(_("This meeting is over, or called off."))
    row = found.participants.get(person=by)
    row.answer, row.note, row.way, row.answered_at = answer, note, way, timezone.now()
    row.save()
    audit.record("workinggroups.meeting_answered", found, by=by, answer=answer)
    return row


@transaction.atomic
def keep_recording(meeting: Meeting, address: str, *, by) -> Meeting:
    """Where the meeting can be heard or seen again, empty for nowhere; nobody is invited anew for it."""
    found = leading(meeting, by)
    if not found.has_begun:
        raise ValidationError(_("There can be a recording once the meeting has begun."))
    demand_recording(address)
    found.recording = address
    found.save(update_fields=["recording"])
    audit.record("workinggroups.recording_kept", found, by=by)
    return found


def show(meeting: Meeting) -> None:
    """The group sees its meetings, guests theirs; others by its marking once invitations are out."""
    keys = {meeting.scope, f"role:wg_leader@{meeting.scope}", "role:lead_partner"}
    rows = meeting.participants.filter(is_open=True).exclude(person=None)
    keys |= {f"person:{pk}" for pk in rows.values_list("person", flat=True)}
    if meeting.state != Meeting.State.PREPARED:
        keys |= {Meeting.Marking.PUBLIC: {PUBLIC}, Meeting.Marking.MEMBERS: {MEMBERS}}.get(meeting.marking, set())
    access.set_audience(meeting, keys)
    show_papers(meeting)


def show_papers(meeting: Meeting) -> None:
    """The papers of a meeting are open to its guests for as long as the meeting is."""
    for document in Document.objects.filter(agenda_items__meeting=meeting).distinct():
        documents.show(document)


@transaction.atomic
def clone(meeting: Meeting, *, by, starts: datetime | None, series: uuid.UUID | None = None) -> Meeting:
    """The same meeting on another day: agenda and people, without answers, papers and minutes.

    In a series it follows the meeting of the series before it, whether that has taken place by now or not.
    """
    require(by, "workinggroups.plan_meeting", meeting.group)
    kept = ("title", "text", "language", "time_zone", "form", "place", "room", "marking")
    told = {name: getattr(meeting, name) for name in kept}
    if meeting.room == Meeting.Room.ADDRESS:
        told["call"] = meeting.call
    ends = starts.astimezone(UTC) + meeting.duration if starts else None
    before = before_in_series(series, starts) if series and starts else None
    made = plan(meeting.group, by=by, previous=before, starts=starts, ends=ends, series=series, **told)
    position = made.items.count()
    for item in meeting.items.exclude(kind=AgendaItem.Kind.APPROVAL):
        position += 1
        fields = ("title", "text", "kind", "duration", "speaker")
        made.items.create(position=position, **{name: getattr(item, name) for name in fields})
    guests = User.objects.filter(pk__in=meeting.participants.filter(is_guest=True).values("person"))
    invite(made, guests, by=by)
    return made


@transaction.atomic
def repeat(meeting: Meeting, *, by, weeks: int, times: int) -> list[Meeting]:
    """The same meeting every so many weeks at the same hour on the clock, whatever daylight saving does."""
    if meeting.local_starts is None:
        raise ValidationError(_("Please set the date first, or find one together."))
    if not 1 <= weeks <= 52 or not 1 <= times <= MOST_TIMES:
        raise ValidationError(_("At most %(most)s further meetings, up to a year apart.") % {"most": MOST_TIMES})
    series = meeting.series or uuid.uuid4()
    Meeting.objects.filter(pk=meeting.pk).update(series=series)
    days = (meeting.local_starts + timedelta(weeks=weeks * step) for step in range(1, times + 1))
    return [clone(meeting, by=by, starts=day, series=series) for day in days]


@transaction.atomic
def note_attendance(
    meeting: Meeting, present: dict[int, str], *, by, others: str = "", asked: Collection[int] | None = None
) -> None:
    """Who was there, by participant and way; the organisation each acted for that day is kept with it.

    Rows that were not `asked` about stay as they are; without it all were.
    """
    found, minutes = meeting, writing(meeting, by)
    minutes.others_present = others.strip()[:1000]
    minutes.save(update_fields=["others_present"])
    rows = [row for row in found.participants.all() if asked is None or row.pk in asked]
    day = found.starts.astimezone(found.zone).date()
    acts = acting_for([row.person_id for row in rows if row.person_id], day)
    for row in rows:
        row.attended, row.way = row.pk in present, present.get(row.pk, "")
        row.organisation = acts.get(row.person_id, row.organisation)
        row.save(update_fields=["attended", "way", "organisation"])
    audit.record("workinggroups.attendance_noted", found, by=by, present=len(present))


def remind() -> int:
    """The day before, once; run by the tick."""
    soon = Meeting.objects.filter(state=Meeting.State.CALLED, reminded=False, starts__gt=timezone.now())
    done = 0
    for meeting in soon.filter(starts__lte=timezone.now() + REMIND):
        with transaction.atomic():
            if Meeting.objects.filter(pk=meeting.pk, reminded=False).update(reminded=True):
                audit.record("workinggroups.meeting_near", meeting)
                done += 1
    return done


def end_guests() -> int:
    """Meetings close to their guests some time after their end."""
    before = timezone.now() - timedelta(days=GUEST_DAYS)
    ended = Q(meeting__ends__lt=before) | Q(meeting__ends=None, meeting__state=Meeting.State.CANCELLED)
    rows = Participant.objects.filter(ended, is_guest=True, is_open=True)
    meetings = list(Meeting.objects.filter(participants__in=rows).distinct())
    for meeting in meetings:
        close_to(meeting, meeting.participants.filter(is_guest=True, is_open=True))
    return len(meetings) + close_to_former()


def close_to_former() -> int:
    """Meetings to come close to those who sat in the group and do so no longer."""
    open_rows = Participant.objects.filter(is_guest=False, is_open=True).exclude(person=None)
    coming = Meeting.objects.filter(Q(ends__gte=timezone.now()) | Q(ends=None), participants__in=open_rows).distinct()
    done = 0
    for meeting in coming.select_related("group"):
        former = meeting.participants.filter(is_guest=False, is_open=True).exclude(person__in=sitting(meeting.group))
        former = former.exclude(person=None).exclude(person__in=holders("lead_partner", ""))
        if former.exists():
            close_to(meeting, former)
            done += 1
    return done


@transaction.atomic
def close_to(meeting: Meeting, rows: QuerySet[Participant]) -> None:
    people = [pk for pk in rows.values_list("person", flat=True) if pk]
    rows.update(is_open=False)
    invitations.end_for(meeting, people)
    show(meeting)
    audit.record("workinggroups.guests_ended", meeting)
