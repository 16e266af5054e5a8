from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.text import Text
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.trails import fetching

from .. import imports
from ..imports.found import Found
from ..models import CalendarEvent, ImportedEntry, ImportSource
from . import events

State = ImportedEntry.State
DAILY = timedelta(days=1)
AT_ONCE = 20
TOLD = (
    "title",
    "text",
    "starts",
    "ends",
    "is_whole_day",
    "time_zone",
    "place",
    "url",
    "call",
    "organiser",
    "is_cancelled",
)


@transaction.atomic
def keep_source(source: ImportSource, topics: Iterable[int], *, by=None) -> ImportSource:
    if by is not None:
        require(by, "events.import_calendars")
    source.full_clean(exclude=["read_at", "problems"])
    source.save()
    source.topics.set(topics)
    audit.record("events.source_kept", source, by=by)
    return source


@transaction.atomic
def take_in(source: ImportSource, content: bytes, *, by=None) -> int:
    """Note what a calendar of others holds now; gives how many entries are new.

    What is in our calendar already follows: changes, cancellations, and that something is no longer listed there.
    """
    found, problems = imports.read(content, ZoneInfo(source.time_zone))
    source = ImportSource.objects.select_for_update().get(pk=source.pk)
    known = {(one.uid, one.recurrence): one for one in source.entries.select_related("event")}
    new = [ImportedEntry(source=source, **asdict(one)) for one in found if (one.uid, one.recurrence) not in known]
    ImportedEntry.objects.bulk_create(new)
    for one in found:
        if held := known.get((one.uid, one.recurrence)):
            renew(held, one)
    listed = {(one.uid, one.recurrence) for one in found}
    note_gone([held for key, held in known.items() if key not in listed])
    source.read_at, source.failure, source.problems = timezone.now(), "", problems
    source.save(update_fields=["read_at", "failure", "problems"])
    audit.record("events.source_read", source, by=by, new=len(new))
    if new and by is None:
        ask(source)
    return len(new)


def ask(source: ImportSource) -> None:
    """One case for all that wait, not one for each."""
    if not source.is_asked:
        source.is_asked = True
        source.save(update_fields=["is_asked"])
        audit.record("events.entries_found", source)


def renew(held: ImportedEntry, found: Found) -> None:
    """Nothing is written where nothing has changed."""
    fresh = asdict(found)
    changed = [name for name in TOLD if getattr(held, name) != fresh[name]]
    if not changed and held.gone_at is None:
        return
    for name in changed:
        setattr(held, name, fresh[name])
    held.gone_at = None
    held.save(update_fields=[*changed, "gone_at"])
    if held.event and changed:
        follow_source(held, changed)


AS_FOUND = {"summary": "text"}  # what an event calls otherwise than an entry


def follow_source(held: ImportedEntry, changed: Collection[str]) -> None:
    """What was changed there is changed here; what people corrected here, or wrote in other languages, stays."""
    event = held.event
    if event is None or event.is_cancelled:
        return
    if held.is_cancelled:
        events.cancel([event], why=_("Cancelled by the organiser."))
    elif held.starts:
        events.change(
            event,
            topics=[topic.pk for topic in event.topics.all()],
            **{name: value for name, value in fields_of(held, event).items() if AS_FOUND.get(name, name) in changed},
        )


def note_gone(entries: list[ImportedEntry]) -> None:
    now = timezone.now()
    gone = [one.pk for one in entries if one.gone_at is None and (one.ends is None or one.ends >= now)]
    ImportedEntry.objects.filter(pk__in=gone).update(gone_at=now)


def fields_of(entry: ImportedEntry, event: CalendarEvent | None = None) -> dict:
    """An entry as fields of an event; texts in the language of its calendar."""
    language = entry.source.language
    texts = {"title": entry.title, "summary": entry.text, "place": entry.place}
    held = {name: getattr(event, name) if event else Text({}, source=language) for name in texts}
    return {name: held[name].with_text(language, text) for name, text in texts.items()} | {
        "starts": entry.starts,
        "ends": entry.ends,
        "is_whole_day": entry.is_whole_day,
        "time_zone": entry.time_zone,
        "url": entry.url,
        "call": entry.call,
        "organiser": entry.organiser or entry.source.name,
    }


def take(entry: ImportedEntry, *, by=None) -> CalendarEvent:
    """Into our calendar, as an event of others."""
    mode = CalendarEvent.Mode.ONLINE if entry.call and not entry.place else CalendarEvent.Mode.ONSITE
    more = {"kind": CalendarEvent.Kind.CONFERENCE, "mode": mode, "is_european": True, "country": entry.source.country}
    topics = [topic.pk for topic in entry.source.topics.all()]
    event = events.announce(topics=topics, by=by, **fields_of(entry), **more)
    entry.state, entry.event = State.TAKEN, event
    entry.save(update_fields=["state", "event"])
    return event


@transaction.atomic
def decide(source: ImportSource, pks: Iterable[int] | None, *, by, taken: bool) -> int:
    """Take or decline entries that wait, all where none is named; what has no date cannot be taken so."""
    require(by, "events.moderate")
    rows = source.entries.select_for_update().filter(state=State.WAITING, gone_at=None)
    rows = rows if pks is None else rows.filter(pk__in=pks)
    rows = rows.exclude(Q(starts=None) | Q(is_cancelled=True)) if taken else rows
    done = list(rows.order_by("pk"))
    for entry in done:
        entry.source = source
        if taken:
            take(entry, by=by)
    if not taken:
        rows.update(state=State.DECLINED)
    audit.record("events.entries_decided", source, by=by, taken=taken, entries=len(done))
    return len(done)


@transaction.atomic
def complete(entry: ImportedEntry, *, by, **fields) -> CalendarEvent:
    """An entry that named no date, written whole by a person."""
    require(by, "events.moderate")
    held = ImportedEntry.objects.select_for_update().get(pk=entry.pk)
    if held.state != State.WAITING:
        raise ValidationError(_("This entry was decided on already."))
    held.event, held.state = events.announce(by=by, **fields), State.TAKEN
    held.save(update_fields=["event", "state"])
    return held.event


def take_all(source: ImportSource, *, by, reason: str) -> None:
    decide(source, None, by=by, taken=True)
    leave(source, by=by)


def decline_all(source: ImportSource, *, by, reason: str) -> None:
    decide(source, None, by=by, taken=False)
    leave(source, by=by)


def leave(source: ImportSource, *, by, reason: str = "") -> None:
    """The case is over; what is found from now on opens another."""
    ImportSource.objects.filter(pk=source.pk).update(is_asked=False)


def read_now(source: ImportSource, *, by) -> None:
    require(by, "events.import_calendars")
    jobs.start("events.read_source", by=by, source=source.pk)


def read_due() -> int:
    """The sweep: a job for each calendar not read for a day, where the settings allow asking outside."""
    due = Q(read_at=None) | Q(read_at__lt=timezone.now() - DAILY)
    rows = ImportSource.objects.filter(due, is_active=True).exclude(address="") if settings.CHECK_LINKS else []
    pks = [source.pk for source in rows[:AT_ONCE]]
    ImportSource.objects.filter(pk__in=pks).update(read_at=timezone.now())
    for pk in pks:
        jobs.start("events.read_source", source=pk)
    return len(pks)


def read_address(run, source: int) -> dict:
    """The job: ask an address whether it holds anything new since the last time."""
    held = ImportSource.objects.get(pk=source)
    known = {"If-None-Match": held.etag, "If-Modified-Since": held.modified}
    headers = {name: value for name, value in known.items() if value}
    anywhere = settings.CHECK_LINKS == "anywhere"
    try:
        answer = fetching.read(held.address, anywhere=anywhere, headers=headers, largest=imports.LARGEST)
    except fetching.UnreachableError:
        return failed(run, held, _("There was no answer."))
    if answer.status == 304:
        return failed(run, held, "")
    if answer.status != 200:
        return failed(run, held, _("The answer was %(status)s instead of a calendar.") % {"status": answer.status})
    return taken_in(run, held, answer)


def failed(run, source: ImportSource, why: str) -> dict:
    with run.writing():
        ImportSource.objects.filter(pk=source.pk).update(read_at=timezone.now(), failure=why)
    return {"failure": why}


def taken_in(run, source: ImportSource, answer: fetching.Answer) -> dict:
    try:
        with run.writing():
            new = take_in(source, answer.body)
            etag, modified = answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:60]
            ImportSource.objects.filter(pk=source.pk).update(etag=etag, modified=modified)
    except ValidationError as problem:
        return failed(run, source, " ".join(problem.messages)[:300])
    return {"new": new}
