"""iCalendar files of others."""

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .. import clock, recurrence
from .found import MOST, Found, Window, address, plain

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNITS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "RSCALE", "SKIP"}
PLACE = re.compile(r"([+-]?\d{0,2})([A-Z]{2})")
REPEATS = 400  # of one entry
LONGEST = timedelta(days=400)
FAULTS = (ValueError, TypeError, AttributeError, KeyError, OverflowError, IndexError)
CALLS = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)


def read_ics(content: bytes, window: Window) -> tuple[list[Found], list[str]]:
    found: dict[tuple[str, str], Found] = {}
    problems: list[str] = []
    for number, item in enumerate(sorted(items_of(content), key=lambda item: "RECURRENCE-ID" in item), 1):
        try:
            for one in entries_of(item, window):
                found[one.uid, one.recurrence] = one
        except ValidationError as problem:
            problems.append(told(number, item, problem.messages[0]))
        except FAULTS:
            problems.append(told(number, item, _("It could not be understood.")))
    return [one for one in found.values() if one.starts and one.ends and window.holds(one.starts, one.ends)], problems


def items_of(content: bytes) -> list[Event]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            books = Calendar.from_ical(content.decode("utf-8", "replace"), multiple=True)
    except (*FAULTS, RecursionError) as error:
        raise ValidationError(_("This calendar file is damaged and could not be read.")) from error
    return [item for book in books for item in book.subcomponents if item.name == "VEVENT"][: MOST + 1]


def told(number: int, item: Event, problem: str) -> str:
    words = {"number": number, "title": plain(item.get("SUMMARY"), 60), "problem": problem}
    return _("Entry %(number)s (%(title)s): %(problem)s") % words


def entries_of(item: Event, window: Window) -> Iterator[Found]:
    """An entry, or each of its repetitions within the time asked for."""
    begins, zone = local(item["DTSTART"], window)
    is_whole_day = not isinstance(item["DTSTART"].dt, datetime)
    ends = end_of(item, begins, zone, window)
    if ends < begins or ends - begins > LONGEST:
        raise ValidationError(_("Its end lies before its begin, or more than a year after it."))
    fields = texts_of(item) | {"time_zone": zone.key, "is_whole_day": is_whole_day}
    for day, mark in repeated(item, begins, window):
        first = datetime.combine(day, begins.time(), begins.tzinfo)
        shown = shown_at(first, ends - begins, zone)
        yield Found(recurrence=mark, starts=shown[0], ends=shown[1], **fields)


def shown_at(first: datetime, length: timedelta, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Moments of a repetition. What was told in UTC stays in UTC, all else keeps the hour that clocks show."""
    if first.tzinfo is UTC:
        return first, first + length
    naive = first.replace(tzinfo=None)
    return clock.moment(naive, zone), clock.moment(naive + length, zone)


def local(value, window: Window) -> tuple[datetime, ZoneInfo]:
    """A begin or end as clocks show it, without a zone unless it was told in UTC, and the zone it belongs to."""
    moment = value.dt
    if not isinstance(moment, date):
        raise ValidationError(_("It names no day on which it begins."))
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time()), window.zone
    name = str(value.params.get("TZID", ""))
    if name:
        return moment.replace(tzinfo=None), zone_named(name, moment)
    return (moment.astimezone(UTC), window.zone) if moment.tzinfo else (moment, window.zone)


def zone_named(name: str, moment: datetime) -> ZoneInfo:
    """By its own name, by Windows' name, or by the end of a longer one; ValidationError for others."""
    parts = name.strip('"').split("/")
    for known in (name, WINDOWS_TO_OLSON.get(name.strip('"'), ""), "/".join(parts[-2:]), "/".join(parts[-3:])):
        if known in clock.zone_names() or known in ("UTC", "GMT"):
            return ZoneInfo("UTC" if known == "GMT" else known)
    raise ValidationError(_("The time zone “%(name)s” is not known.") % {"name": name[:60]})


def end_of(item: Event, begins: datetime, zone: ZoneInfo, window: Window) -> datetime:
    """The end on the same clocks as the begin, whatever zone it was told in."""
    if "DTEND" in item:
        end, own = local(item["DTEND"], window)
        moment = end if end.tzinfo else clock.moment(end, own)
        if begins.tzinfo is None:
            return end if own == zone and end.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)
        return moment
    if "DURATION" in item:
        return begins + item["DURATION"].dt
    return begins if isinstance(item["DTSTART"].dt, datetime) else begins + timedelta(days=1)


def repeated(item: Event, begins: datetime, window: Window) -> list[tuple[date, str]]:
    """The days an entry takes place and what tells each of them from the others."""
    if "RECURRENCE-ID" in item:
        return [(begins.date(), mark_of(item["RECURRENCE-ID"], window))]
    if "RRULE" not in item and "RDATE" not in item:
        return [(begins.date(), "")]
    days = {begins.date()}
    if "RRULE" in item:
        days = set(recurrence.days(rule_of(item["RRULE"], begins), begins.date(), window.end.date()))
    days |= {moment.date() for moment, _mark in listed(item, "RDATE", window)}
    left_out = {moment.date() for moment, _mark in listed(item, "EXDATE", window)}
    near = sorted(day for day in days - left_out if day >= window.begin.date())
    return [(day, f"{day:%Y%m%d}") for day in near[:REPEATS]]


def mark_of(value, window: Window) -> str:
    """The day an exception stands for, as the repetitions are marked."""
    return f"{local(value, window)[0]:%Y%m%d}"


def listed(item: Event, name: str, window: Window) -> list[tuple[datetime, ZoneInfo]]:
    lists = item.get(name, [])
    rows = lists if isinstance(lists, list) else [lists]
    return [local(value, window) for row in rows for value in row.dts[:REPEATS] if isinstance(value.dt, date)]


def rule_of(told, begins: datetime) -> recurrence.Rule:
    unit = str(first(told, "FREQ", "")).upper()
    if unit not in UNITS or set(told) - KNOWN:
        raise ValidationError(_("It repeats by a rule that is not understood here; days, weeks, months and years are."))
    until = first(told, "UNTIL", None)
    return recurrence.Rule(
        unit=unit.lower(),
        every=max(1, min(int(first(told, "INTERVAL", 1)), 1000)),
        weekdays=tuple(weekday_of(str(day)) for day in told.get("BYDAY", [])[:60]),
        month_days=tuple(int(day) for day in told.get("BYMONTHDAY", [])[:62]),
        months=tuple(int(month) for month in told.get("BYMONTH", [])[:12]),
        positions=tuple(int(place) for place in told.get("BYSETPOS", [])[:60]),
        count=int(first(told, "COUNT", 0)) or None,
        until=last_day(until, begins) if until else None,
    )


def last_day(until: date, begins: datetime) -> date:
    """The last day; a moment before the hour of that day does not reach it."""
    if not isinstance(until, datetime):
        return until
    return until.date() if until.time() >= begins.time() or until.tzinfo else until.date() - timedelta(days=1)


def first(told, name: str, default):
    found = told.get(name, default)
    return found[0] if isinstance(found, list) else found


def weekday_of(text: str) -> tuple[int, int]:
    found = PLACE.fullmatch(text.upper())
    if found is None:
        raise ValueError(text)
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def texts_of(item: Event) -> dict:
    uid, title = str(item.get("UID", "")).strip(), plain(item.get("SUMMARY"), 300)
    if not uid or len(uid) > 300:
        raise ValidationError(_("It has no identity (UID), so that it could not be found again."))
    if not title:
        raise ValidationError(_("It has no title."))
    organiser = item.get("ORGANIZER")
    return {
        "uid": uid,
        "title": title,
        "text": plain(item.get("DESCRIPTION"), 5000),
        "place": plain(item.get("LOCATION"), 300),
        "url": address(item.get("URL")),
        "call": next((found for name in CALLS if (found := address(item.get(name)))), ""),
        "organiser": plain(organiser.params.get("CN", ""), 200) if hasattr(organiser, "params") else "",
        "is_cancelled": str(item.get("STATUS", "")).upper() == "CANCELLED",
    }
