"""The rules of a time zone as a VTIMEZONE. The library's own begin summer time an hour late: RFC 5545 counts the begin of
a rule on the clocks before it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@lru_cache(maxsize=256)
def zone_component(name: str, first: int, last: int) -> Timezone:
    """What the clocks of a zone do from the year before the first to the year after the last."""
    zone, rules = ZoneInfo(name), Timezone()
    rules.add("tzid", name)
    begin = datetime(first - 1, 1, 1, tzinfo=UTC)
    rules.add_component(rule(zone, begin, begin))
    for before, after in changes(zone, begin, datetime(last + 2, 1, 1, tzinfo=UTC)):
        rules.add_component(rule(zone, before, after))
    return rules


def changes(zone: ZoneInfo, moment: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The last minute under one rule and the first under the next."""
    while moment < end:
        before, after = moment, moment + DAY
        if offset(zone, before) != offset(zone, after):
            yield narrowed(zone, before, after)
        moment += DAY


def narrowed(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[datetime, datetime]:
    while after - before > MINUTE:
        middle = before + timedelta(minutes=(after - before) // MINUTE // 2)
        before, after = (middle, after) if offset(zone, middle) == offset(zone, before) else (before, middle)
    return before, after


def rule(zone: ZoneInfo, before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = after.astimezone(zone)
    found = TimezoneDaylight() if local.dst() else TimezoneStandard()
    found.add("dtstart", (after + offset(zone, before)).replace(tzinfo=None))
    found.add("tzoffsetfrom", offset(zone, before))
    found.add("tzoffsetto", offset(zone, after))
    found.add("tzname", local.tzname())
    return found


def offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
