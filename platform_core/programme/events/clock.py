"""From what clocks show to moments and back, over the nights when they are changed."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

MIDNIGHT = time()


@cache
def zone_names() -> tuple[str, ...]:
    """Zones of places, Europe's first; no zones without a place, whose summer time nobody could know."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*(name for name in names if name.startswith("Europe/")), *(n for n in names if n[:7] != "Europe/"), "UTC")


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """What a clock of the zone shows, in UTC; of an hour shown twice the first unless its `fold` says the second."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def is_shown(local: datetime, zone: ZoneInfo) -> bool:
    """False for the hour that clocks leave out in spring."""
    return moment(local, zone).astimezone(zone).replace(tzinfo=None, fold=0) == local.replace(fold=0)


def on_day(day: date, begins: datetime, ends: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The same hours on another day: what clocks show is kept, whatever the offset is then."""
    first, last = (moment.astimezone(zone).replace(tzinfo=None) for moment in (begins, ends))
    shift = datetime.combine(day, MIDNIGHT) - datetime.combine(first.date(), MIDNIGHT)
    return moment((first + shift).replace(fold=0), zone), moment((last + shift).replace(fold=0), zone)


def whole_days(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day."""
    begin, end = datetime.combine(first, MIDNIGHT), datetime.combine(last + timedelta(days=1), MIDNIGHT)
    return moment(begin, zone), moment(end, zone)


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """The first Monday shown with a month and the last Sunday."""
    first = date(year, month, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
