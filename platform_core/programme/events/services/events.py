from collections.abc import Iterable, Sequence
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.texts.analysis import fold
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.names import free_code
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import CalendarEvent, Follow

State = CalendarEvent.State
KEEPERS = {"role:lead_partner", "role:editor"}
NO_CODES = {"new", "mine", "feeds", "sources", "map"}  # these are other pages of the calendar
TIMES = ("starts", "ends", "is_whole_day", "time_zone")


def save(event: CalendarEvent, topics: Iterable[int]) -> CalendarEvent:
    event.code = event.code or code_for(event)
    event.words = words_of(event)
    event.full_clean()
    event.save()
    event.topics.set(topics)
    return event


def code_for(event: CalendarEvent) -> str:
    taken = CalendarEvent.objects.values_list("code", flat=True)
    title = as_text(event.title).localise("en").text[:40]
    return free_code(title, lambda stem: NO_CODES | set(taken.filter(code__startswith=stem)))


def words_of(event: CalendarEvent) -> str:
    """What a search by words looks into: every language, folded as the words looked for are."""
    texts = chain(*(getattr(event, name).values() for name in ("title", "summary", "place")), [event.organiser])
    return " ".join(fold(word) for word in " ".join(texts).split())


def show(event: CalendarEvent) -> None:
    """Who sees it follows from its state: those it is meant for once announced, before that its proposer and the editors."""
    known = {f"person:{event.proposed_by_id}"} if event.proposed_by_id else set()
    if event.state == State.ANNOUNCED and event.seen_by == "public":
        access.set_audience(event, {"public"})
    elif event.state == State.ANNOUNCED:
        access.set_audience(event, {event.seen_by, *KEEPERS, *known})
    else:
        access.set_audience(event, KEEPERS | known)


@transaction.atomic
def announce(*, topics: Iterable[int], by=None, **fields) -> CalendarEvent:
    """Put an event into the calendar; `by` None is the platform itself, at set-up."""
    if by is not None:
        require(by, "events.announce")
    return announced(save(CalendarEvent(**fields), topics), by=by)


def announced(event: CalendarEvent, *, by) -> CalendarEvent:
    note_translations(event)
    show(event)
    audit.record("events.announced", event, by=by)
    return event


@transaction.atomic
def propose(*, topics: Iterable[int], by, **fields) -> CalendarEvent:
    """A member's event; the editors decide on it as a case."""
    require(by, "events.propose")
    event = save(CalendarEvent(**fields, state=State.PROPOSED, proposed_by=by), topics)
    return proposed(event, by=by)


def proposed(event: CalendarEvent, *, by) -> CalendarEvent:
    show(event)
    audit.record("events.proposed", event, by=by)
    return event


@transaction.atomic
def propose_again(event: CalendarEvent, *, topics: Iterable[int], by, **fields) -> CalendarEvent:
    """What was asked for was done."""
    require(by, "events.revise_proposal", event)
    assign(event, fields)
    event.state = State.PROPOSED
    save(event, topics)
    together(event).exclude(pk=event.pk).update(state=State.PROPOSED)
    return proposed(event, by=by)


def together(event: CalendarEvent):
    """An event with those of its series, which are proposed and decided on as one."""
    rows = CalendarEvent.objects.filter(proposed_by=event.proposed_by_id)
    return rows.filter(series=event.series_id) if event.series_id else rows.filter(pk=event.pk)


def settle(event: CalendarEvent, state: str, *, by, verb: str) -> None:
    """One decision for an event and those proposed together with it, under lock."""
    waiting = [State.PROPOSED, State.RETURNED] if state == State.WITHDRAWN else [State.PROPOSED]
    rows = list(together(event).select_for_update().filter(state__in=waiting).order_by("pk"))
    if not rows:
        raise ValidationError(_("This proposal was decided on already."))
    for row in rows:
        row.state, row.changed_at = state, timezone.now()
        row.save(update_fields=["state", "changed_at"])
        show(row)
        if state == State.ANNOUNCED:
            note_translations(row)
        audit.record(verb, row, by=by)


@transaction.atomic
def accept(event: CalendarEvent, *, by, reason: str) -> None:
    require(by, "events.moderate")
    settle(event, State.ANNOUNCED, by=by, verb="events.announced")


@transaction.atomic
def ask_for_changes(event: CalendarEvent, *, by, reason: str) -> None:
    require(by, "events.moderate")
    settle(event, State.RETURNED, by=by, verb="events.returned")


@transaction.atomic
def decline(event: CalendarEvent, *, by, reason: str) -> None:
    require(by, "events.moderate")
    settle(event, State.DECLINED, by=by, verb="events.declined")


@transaction.atomic
def take_back(event: CalendarEvent, *, by) -> None:
    """Whoever proposed it does not want it any more; the case about it ends."""
    settle(event, State.WITHDRAWN, by=by, verb="events.taken_back")


@transaction.atomic
def change(event: CalendarEvent, *, topics: Iterable[int], by=None, why: str = "", **fields) -> CalendarEvent:
    """Subscribers' calendars take a change over by its greater sequence; a new time is shown beside the old one.

    `by` None is the platform itself, which takes over what a calendar of others says.
    """
    if by is not None:
        require(by, "events.change_event", event)
    held = CalendarEvent.objects.select_for_update().get(pk=event.pk)
    was = held.starts, held.ends
    assign(held, fields)
    has_moved = was != (held.starts, held.ends)
    if has_moved and held.is_announced:
        held.moved_from, held.why = was[0], why
    held.sequence, held.changed_at = held.sequence + 1, timezone.now()
    save(held, topics)
    show(held)
    note_translations(held)
    audit.record("events.moved" if has_moved and held.is_announced else "events.changed", held, by=by)
    return held


def assign(event: CalendarEvent, fields: dict) -> None:
    for name, value in fields.items():
        setattr(event, name, value)


@transaction.atomic
def cancel(events: Sequence[CalendarEvent], *, by=None, why: str) -> int:
    """Cancelled events stay where they are, marked, so that no subscriber keeps a date that does not take place."""
    done = 0
    for event in CalendarEvent.objects.select_for_update().filter(pk__in=[one.pk for one in events]).order_by("pk"):
        if by is not None:
            require(by, "events.cancel_event", event)
        if event.cancelled_at is None:
            event.cancelled_at = event.changed_at = timezone.now()
            event.why, event.sequence = why, event.sequence + 1
            event.save(update_fields=["cancelled_at", "changed_at", "why", "sequence"])
            audit.record("events.cancelled", event, by=by)
            done += 1
    return done


def follow(event: CalendarEvent, *, by) -> None:
    require(by, "events.view_event", event)
    Follow.objects.get_or_create(person=by, event=event)


def unfollow(event: CalendarEvent, *, by) -> None:
    Follow.objects.filter(person=by, event=event).delete()


@transaction.atomic
def end_proposal(event: CalendarEvent, *, by) -> None:
    """Taken back from the event's own page."""
    require(by, "events.revise_proposal", event)
    take_back(event, by=by)
    cases.end_about(event, by=by)
