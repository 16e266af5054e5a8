"""What is in the calendar, whoever declared it: our own events and the entries of every declared source, as one list."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import overload

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import CalendarEntry, CalendarSource
from platform_core.ground.texts.analysis import fold
from platform_core.ground.ui.moments import moment_words
from platform_core.ground.vocabulary.linking import prefetch_vocabulary

from .models import CalendarEvent
from .selectors.events import NOTHING, Question, between, coming, events, mine

FAR = timedelta(days=366 * 100)
SOON = timedelta(days=7)
KEPT = timedelta(days=90)  # what is over stays in feeds for so long
Row = tuple[datetime, str, "int | CalendarEntry"]


def as_entry(event: CalendarEvent, *, bare: bool = False) -> CalendarEntry:
    """With `bare` without its topics, which would cost a query."""
    return CalendarEntry(
        uid=event.uid,
        title=event.title,
        begins=event.starts,
        ends=event.ends,
        zone=event.time_zone,
        address=event.get_absolute_url(),
        text=event.summary,
        place=event.place,
        call=event.call,
        sequence=event.sequence,
        changed_at=event.changed_at,
        topics=[] if bare else [topic.number for topic in event.topics.all()],
        scope=event.seen_by if event.seen_by.startswith("group:") else "",
        is_mine=getattr(event, "is_mine", False),
        is_cancelled=event.is_cancelled,
        is_whole_day=event.is_whole_day,
        is_european=event.is_european,
        kind=event.kind,
        country=event.country_id or "",
        region=getattr(event, "region_code", "") or "",
        organiser=event.organisation.name if event.organisation else event.organiser,
        holder=event.organisation.kind if event.organisation else "",
        link=event.url,
        note=note_of(event),
    )


def note_of(event: CalendarEvent) -> str:
    if event.is_cancelled:
        return _("Cancelled. %(why)s") % {"why": event.why}
    if event.moved_from:
        words = {"moment": moment_words(event.moved_from, event.time_zone), "why": event.why}
        return _("Moved; it was to begin on %(moment)s. %(why)s") % words
    return ""


def filled(user, rows) -> list[CalendarEntry]:
    """Events with all they are shown with: three queries, however many."""
    found = list(rows.annotate(region_code=F("region__code")))
    prefetch_vocabulary(found, "topics")
    if user.is_authenticated:
        own = CalendarEvent.objects.filter(mine(user), pk__in=[event.pk for event in found])
        hers = set(own.values_list("pk", flat=True))
        for event in found:
            event.is_mine = event.pk in hers
    return [as_entry(event) for event in found]


def from_source(
    source: CalendarSource, user, question: Question, begin: datetime, end: datetime
) -> Iterator[CalendarEntry]:
    for entry in source.entries(user, begin, end):
        if entry.begins < end and entry.ends >= begin and answers(entry, question):
            yield entry


def from_sources(
    user, question: Question, begin: datetime, end: datetime, most: int | None = None
) -> list[CalendarEntry]:
    """With `most` only so many of each source, which is asked for no more."""
    return [
        entry
        for source in declared(CalendarSource)
        for entry in islice(from_source(source, user, question, begin, end), most)
    ]


def answers(entry: CalendarEntry, question: Question) -> bool:
    """Whether an entry that another room declared is asked for, by the same rules as our own events."""
    plain = ("kind", "country", "region", "holder", "scope")
    if any(getattr(question, name) not in ("", getattr(entry, name)) for name in plain):
        return False
    if question.who and entry.is_european != (question.who == "eu"):
        return False
    if (question.topic and question.topic not in entry.topics) or (question.mine and not entry.is_mine):
        return False
    if question.online and not entry.call:
        return False
    told = " ".join(fold(word) for word in f"{entry.title} {entry.text} {entry.place} {entry.organiser}".split())
    return all(word in told for word in question.folded)


def everything(user, question: Question, begin: datetime, end: datetime) -> list[CalendarEntry]:
    """All entries that touch a time, by their begin."""
    own = filled(user, between(user, question, begin, end))
    return sorted([*own, *from_sources(user, question, begin, end)], key=lambda entry: (entry.begins, entry.uid))


def for_feed(user, question: Question) -> list[CalendarEntry]:
    """What a subscription holds: cancelled entries too, so that they do not stay as if nothing had happened."""
    now = timezone.now()
    return everything(user, question, now - KEPT, now + FAR)


class Listing(Sequence[CalendarEntry]):
    """A long list of entries of which only the page shown is read whole."""

    def __init__(self, user, rows: Iterable[Row]) -> None:
        self.user, self.rows = user, list(rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> CalendarEntry: ...
    @overload
    def __getitem__(self, place: slice) -> list[CalendarEntry]: ...
    def __getitem__(self, place):
        if isinstance(place, int):
            return self[place : place + 1][0]
        rows = [what for _moment, _uid, what in self.rows[place]]
        own = CalendarEvent.objects.filter(pk__in=[what for what in rows if isinstance(what, int)])
        read = {entry.uid: entry for entry in filled(self.user, own.select_related("organisation"))} if rows else {}
        uids = [uid for _moment, uid, _what in self.rows[place]]
        return [what if isinstance(what, CalendarEntry) else read[uid] for uid, what in zip(uids, rows, strict=True)]


def own_rows(rows) -> list[Row]:
    return [(starts, f"{code}@clusterpolisee", pk) for starts, code, pk in rows.values_list("starts", "code", "pk")]


def listed(entries: Iterable[CalendarEntry]) -> list[Row]:
    return [(entry.begins, entry.uid, entry) for entry in entries]


def agenda(user, question: Question = NOTHING) -> Listing:
    """What is on or still to come, the soonest first."""
    now = timezone.now()
    own = own_rows(events(user, question).filter(ends__gte=now))
    return Listing(user, sorted([*own, *listed(from_sources(user, question, now, now + FAR))], key=lambda row: row[:2]))


def next_ones(user, question: Question, number: int) -> list[CalendarEntry]:
    """The next few, for panels: a query for our own and those of the sources, without topics. Sources are asked for more
    than a week only when that does not hold enough, or for guests, to whom they have little to tell.
    """
    now = timezone.now()
    own = [as_entry(event, bare=True) for event in coming(user, question)[:number]]
    others = from_sources(user, question, now, now + SOON, number) if user.is_authenticated else []
    if len(others) < number:
        others = from_sources(user, question, now, now + FAR, number)
    return sorted([*own, *others], key=lambda entry: (entry.begins, entry.uid))[:number]


def archive(user, question: Question, begin: datetime, end: datetime) -> Listing:
    """What is over, of a time, the latest first."""
    now = timezone.now()
    own = own_rows(events(user, question).filter(ends__lt=now, starts__gte=begin, starts__lt=end))
    others = [one for one in from_sources(user, question, begin, min(end, now)) if one.ends < now]
    return Listing(user, sorted([*own, *listed(others)], key=lambda row: row[:2], reverse=True))
