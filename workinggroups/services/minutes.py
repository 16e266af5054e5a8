import hashlib
import json
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.discussions import services as discussions
from platform_core.ground.texts.merging import merge
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.programme.governance import selectors as governing, services as governance
from platform_core.programme.governance.models import Decision

from ..models import AgendaItem, Meeting, Minutes, MinutesRevision, Task, Writing
from ..selectors.minutes import last_revision, takes_comments, texts_of
from . import tasks

State = Minutes.State
APPROVING = (AgendaItem.Outcome.APPROVED, AgendaItem.Outcome.CORRECTED)
OPEN_FOR = timedelta(minutes=10)


class ConflictError(ValidationError):
    """Two people changed the same lines; `text` holds both, with marks, and `number` is the revision it was joined with."""

    def __init__(self, text: str, number: int) -> None:
        super().__init__(
            _("Somebody has changed the same lines meanwhile. Both stand below, between marks; choose and send.")
        )
        self.text, self.number = text, number


def writing(meeting: Meeting, by, right: str = "workinggroups.write_minutes") -> Minutes:
    """The minutes under lock, begun when there are none; for those who have the right, until they are final."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require(by, right, found)
    if not found.has_begun or found.state == Meeting.State.CANCELLED:
        raise ValidationError(_("Minutes can be written once the meeting has begun."))
    minutes, _new = Minutes.objects.get_or_create(meeting=found)
    if minutes.state == State.FINAL:
        raise ValidationError(_("The minutes are final."))
    return minutes


@transaction.atomic
def open_item(item: AgendaItem, *, by) -> list[Writing]:
    """Somebody opens an item to write; gives who else has it open for less than ten minutes."""
    writing(item.meeting, by)
    Writing.objects.update_or_create(item=item, person=by, defaults={"since": timezone.now()})
    fresh = timezone.now() - OPEN_FOR
    return list(item.writings.filter(since__gt=fresh).exclude(person=by).select_related("person"))


@transaction.atomic
def write(item: AgendaItem, text: str, base: int, *, by, outcome: str = "") -> MinutesRevision:
    """What the minutes say of an item. `base` is the revision it was written from: with a newer one it is merged.

    `outcome` is what became of the minutes the item approves; without it that stays as it was noted.
    """
    minutes = writing(item.meeting, by)
    if outcome:
        note_outcome(item, AgendaItem.Outcome(outcome), by=by)
    last = last_revision(item)
    number, said = (last.number, last.text) if last else (0, "")
    if base != number:
        text = merged(item, base, text, last)
    Writing.objects.filter(item=item, person=by).delete()
    if last is not None and text == said:
        return last
    made = item.revisions.create(number=number + 1, text=text, author=by)
    audit.record("workinggroups.minutes_written", minutes.meeting, by=by, item=item.pk, revision=made.number)
    return made


def note_outcome(item: AgendaItem, outcome: str, *, by) -> None:
    if not item.decides_minutes:
        raise ValidationError(_("This item approves no minutes."))
    if item.outcome != outcome:
        item.outcome = outcome
        item.save(update_fields=["outcome"])
        audit.record("workinggroups.approval_noted", item.meeting, by=by, item=item.pk, outcome=outcome)


def merged(item: AgendaItem, base: int, text: str, last: MinutesRevision) -> str:
    before = item.revisions.filter(number=base).first()
    names = {"my_name": _("Yours"), "their_name": str(last.author or last.number)}
    found = merge(before.text if before else "", text, last.text, **names)
    if found.conflicts:
        raise ConflictError(found.text, last.number)
    return found.text


@transaction.atomic
def restore(revision: MinutesRevision, base: int, *, by) -> MinutesRevision:
    """What an earlier revision said becomes the last one."""
    last = last_revision(revision.item)
    if last is not None and last.number != base:
        raise ValidationError(_("Somebody has written meanwhile. Look at the last revision first."))
    return write(revision.item, revision.text, base, by=by)


@transaction.atomic
def circulate(meeting: Meeting, *, by, until: date) -> Minutes:
    """Those who were there are asked whether the minutes are right."""
    minutes = writing(meeting, by)
    if until < platform_day():
        raise ValidationError({"until": _("This day has passed.")})
    if not any(texts_of(meeting)):
        raise ValidationError(_("The minutes are still empty."))
    if not meeting.participants.filter(attended=True).exists():
        raise ValidationError(_("Please note first who was there."))
    minutes.state, minutes.comments_until = State.COMMENTS, until
    minutes.save()
    audit.record("workinggroups.minutes_circulated", minutes.meeting, by=by)
    return minutes


@transaction.atomic
def comment(item: AgendaItem, text: str, *, by) -> None:
    """Said of an item while the minutes are for comment; by those of the group and those who were invited."""
    minutes = Minutes.objects.select_for_update().get(meeting=item.meeting_id)
    require(by, "workinggroups.comment_minutes", minutes.meeting)
    if minutes.state != State.COMMENTS or minutes.comments_until < platform_day():
        raise ValidationError(_("The minutes are not for comment now."))
    last = last_revision(item)
    discussions.say(minutes.meeting, text, by=by, anchor=item.pk, version=str(last.number if last else 0))


@transaction.atomic
def finalise(meeting: Meeting, *, by, early: bool = False) -> Minutes:
    """From now on nothing of them changes; the fingerprint is of all they say, and of who was there.

    While they can still be commented on, only with `early`.
    """
    minutes = writing(meeting, by, "workinggroups.finalise_minutes")
    is_early = takes_comments(minutes)
    if is_early and not early:
        raise ValidationError({"early": _("They can still be commented on. Say that this ends now.")})
    if not any(texts_of(meeting)):
        raise ValidationError(_("The minutes are still empty."))
    if not meeting.participants.filter(attended=True).exists():
        raise ValidationError(_("Please note first who was there."))
    minutes.state, minutes.final_at, minutes.final_by = State.FINAL, timezone.now(), by
    minutes.fingerprint = fingerprint_of(meeting, minutes)
    minutes.save()
    for item in meeting.items.filter(kind=AgendaItem.Kind.APPROVAL, outcome__in=APPROVING).exclude(approves=None):
        approve_earlier(item, by=by)
    for item in meeting.items.filter(kind=AgendaItem.Kind.APPROVAL, outcome=AgendaItem.Outcome.REFUSED):
        take_approval_back(item, by=by)
    told = {"fingerprint": minutes.fingerprint} | ({"early": True} if is_early else {})
    audit.record("workinggroups.minutes_final", minutes.meeting, by=by, **told)
    return minutes


def approve_earlier(item: AgendaItem, *, by) -> None:
    """The item under which earlier minutes were approved, once the minutes that say so are final themselves."""
    earlier = Minutes.objects.filter(meeting=item.approves, state=State.FINAL, approved_in=None).first()
    if earlier is not None:
        earlier.approved_in = item
        earlier.save(update_fields=["approved_in"])
        audit.record("workinggroups.minutes_approved", earlier.meeting, by=by, item=item.pk)


def take_approval_back(item: AgendaItem, *, by) -> None:
    """What had been approved under the item, before its own minutes were opened again and said otherwise, is so no longer."""
    for earlier in Minutes.objects.filter(approved_in=item).select_related("meeting"):
        earlier.approved_in = None
        earlier.save(update_fields=["approved_in"])
        audit.record("workinggroups.minutes_unapproved", earlier.meeting, by=by, item=item.pk)


def fingerprint_of(meeting: Meeting, minutes: Minutes) -> str:
    """SHA-256 over title, moments, who was there, and each item with its text and what it said of earlier minutes, in the
    order of the agenda.
    """
    there = sorted(meeting.participants.filter(attended=True).values_list("pk", "organisation", "way"))
    rows = zip(meeting.items.all(), texts_of(meeting), strict=True)
    items = [[item.title, text, *([item.outcome] if item.outcome else [])] for item, text in rows]
    moments = [moment.isoformat() if moment else "" for moment in (meeting.starts, meeting.ends)]
    said = [meeting.title, moments, there, minutes.others_present, items]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def act(item: AgendaItem, *, by, title: str, owner=None, due_on: date | None = None, key: str = "") -> Task:
    """An action point: a task of the group, born from an item."""
    require(by, "workinggroups.write_minutes", item.meeting)
    place = _("Item %(number)s") % {"number": item.position}
    told = {"title": title, "owner": owner, "due_on": due_on, "key": key, "language": item.meeting.language}
    return tasks.add(item.meeting.group, by=by, origin=item, origin_place=place, **told)


@transaction.atomic
def decide(item: AgendaItem, *, by, title: str, text: str) -> Decision:
    """What the group has decided under an item goes into the register; the organisations that were there count."""
    meeting = item.meeting
    if not meeting.has_begun or meeting.state == Meeting.State.CANCELLED:
        raise ValidationError(_("Minutes can be written once the meeting has begun."))
    body = governing.body_of(meeting.scope)
    there = meeting.participants.filter(attended=True).exclude(organisation=None)
    present = there.values_list("organisation", flat=True)
    told = {"title": Text({meeting.language: title}), "text": Text({meeting.language: text})}
    taken_at = meeting.starts.astimezone(meeting.zone)
    return governance.record_taken(body, by=by, taken_at=taken_at, present=present, origin=item, **told)


@transaction.atomic
def reopen(meeting: Meeting, why: str, *, by) -> Minutes:
    """Final minutes that are wrong are opened again, with a reason; not once a later meeting has approved them."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require(by, "workinggroups.finalise_minutes", found)
    minutes = Minutes.objects.select_for_update().get(meeting=found)
    if minutes.state != State.FINAL:
        raise ValidationError(_("The minutes are not final."))
    if minutes.approved_in_id is not None:
        raise ValidationError(_("A later meeting has approved these minutes; say there what was wrong."))
    discussions.say(minutes.meeting, why, by=by)
    minutes.state, minutes.fingerprint, minutes.final_at, minutes.final_by = State.DRAFT, "", None, None
    minutes.save()
    audit.record("workinggroups.minutes_reopened", minutes.meeting, by=by)
    return minutes
