"""An entry of the calendar in its reader's words and time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.ground.ui.moments import told, zone_for
from platform_core.ground.vocabulary import selectors as vocabulary

from .models import CalendarEvent

INSTANT = timedelta(microseconds=1)


def day_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def clock_words(local: datetime) -> str:
    return date_format(local, "TIME_FORMAT")


def between_words(begins: datetime, ends: datetime) -> str:
    """Two moments of one zone in words, the zone told once unless it changes in between."""
    if begins.astimezone(UTC) == ends.astimezone(UTC):
        return told(begins)
    if begins.date() == ends.date() and begins.tzname() == ends.tzname():
        words = {"day": day_words(begins), "begin": clock_words(begins), "end": clock_words(ends)}
        return _("%(day)s, %(begin)s to %(end)s %(zone)s") % {**words, "zone": begins.tzname()}
    return _("%(begin)s to %(end)s") % {"begin": told(begins), "end": told(ends)}


def days_words(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    return _("%(begin)s to %(end)s") % {"begin": day_words(first), "end": day_words(last)}


def when_words(entry: CalendarEntry, zone: tzinfo) -> str:
    if entry.is_whole_day:
        return days_words(*days_of(entry, zone))
    return between_words(entry.begins.astimezone(zone), entry.ends.astimezone(zone))


def days_of(entry: CalendarEntry, zone: tzinfo) -> tuple[date, date]:
    """First and last day; whole days are those of the place, wherever the reader is."""
    where = ZoneInfo(entry.zone) if entry.is_whole_day else zone
    first = entry.begins.astimezone(where).date()
    last = (entry.ends.astimezone(UTC) - INSTANT).astimezone(where).date()
    return first, max(first, last)


def hours_words(begins: datetime, ends: datetime) -> str:
    """What stands under the day's own heading: the hours alone, or the whole words where they reach beyond it."""
    if begins.date() != ends.date() or begins.tzname() != ends.tzname():
        return between_words(begins, ends)
    words = {"begin": clock_words(begins), "end": clock_words(ends), "zone": begins.tzname()}
    if begins == ends:
        return _("%(begin)s %(zone)s") % words
    return _("%(begin)s to %(end)s %(zone)s") % words


@dataclass(frozen=True)
class Shown:
    """An entry as one reader sees it; `day` is the one it stands under, today where it began before."""

    entry: CalendarEntry
    zone: tzinfo
    today: date | None = None

    def __str__(self) -> str:
        return str(self.entry.title)

    @cached_property
    def day(self) -> date:
        first, last = days_of(self.entry, self.zone)
        return min(max(first, self.today), last) if self.today else first

    @cached_property
    def days(self) -> tuple[date, date]:
        return days_of(self.entry, self.zone)

    @cached_property
    def when(self) -> str:
        return when_words(self.entry, self.zone)

    @cached_property
    def there(self) -> str:
        """The time on the clocks of the place, where they show another."""
        own = ZoneInfo(self.entry.zone)
        same = all(
            moment.astimezone(own).utcoffset() == moment.astimezone(self.zone).utcoffset() for moment in self.ends
        )
        return "" if self.entry.is_whole_day or same else when_words(self.entry, own)

    @cached_property
    def hours(self) -> str:
        if self.days[0] != self.days[1]:
            return self.when
        return _("all day") if self.entry.is_whole_day else hours_words(*self.on(self.zone))

    @cached_property
    def hours_there(self) -> str:
        """As `there`; without the day where that is the same one."""
        begins, ends = self.on(ZoneInfo(self.entry.zone))
        if not self.there or (begins.date(), ends.date()) != self.days:
            return self.there
        return hours_words(begins, ends)

    def on(self, zone: tzinfo) -> tuple[datetime, datetime]:
        return self.entry.begins.astimezone(zone), self.entry.ends.astimezone(zone)

    @property
    def ends(self) -> tuple[datetime, datetime]:
        return self.entry.begins, self.entry.ends

    @cached_property
    def clock(self) -> str:
        """The hour it begins, empty for whole days and for days after the first."""
        return "" if self.entry.is_whole_day else clock_words(self.entry.begins.astimezone(self.zone))

    @property
    def stamp(self) -> str:
        if self.entry.is_whole_day:
            return self.days[0].isoformat()
        return self.entry.begins.astimezone(self.zone).isoformat(timespec="minutes")

    @property
    def kind(self) -> str:
        return str(CalendarEvent.Kind(self.entry.kind).label) if self.entry.kind in CalendarEvent.Kind.values else ""

    @property
    def topics(self) -> list:
        return [topic for number in self.entry.topics if (topic := vocabulary.topic(number))]

    @property
    def country(self) -> str:
        found = vocabulary.country(self.entry.country)
        return str(found.name) if found else ""

    @property
    def was_moved(self) -> bool:
        return bool(self.entry.note) and not self.entry.is_cancelled


def shown(entries, *, today: date | None = None) -> list[Shown]:
    zone = zone_for("")
    return [Shown(entry, zone, today) for entry in entries]
