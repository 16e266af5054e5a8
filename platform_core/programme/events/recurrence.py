"""Days on which something takes place again. One walk over the days of a bounded time: no rule can make it long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

LONGEST = 366 * 30  # days walked at most
WHOLE_PERIOD = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """As in RFC 5545: `weekdays` are pairs of a place in the month (0 for every) and a weekday (0 is Monday).

    `unit` is daily, weekly, monthly or yearly; `positions` choose among the days of one week, month or year.
    """

    unit: str
    every: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None


def days(rule: Rule, start: date, last: date) -> Iterator[date]:
    """The days from the start to the last one."""
    end = min(last, rule.until or last, start + timedelta(days=LONGEST))
    yield from islice(chosen(rule, start, end), rule.count)


def chosen(rule: Rule, start: date, end: date) -> Iterator[date]:
    walk = every_day(first_of(rule.unit, start), end + WHOLE_PERIOD if rule.positions else end)
    for period, own in groupby(walk, key=lambda day: period_of(rule.unit, day)):
        if (period - period_of(rule.unit, start)) % max(1, rule.every):
            continue
        fitting = [day for day in own if fits(rule, start, day)]
        yield from (day for day in picked(rule.positions, fitting) if start <= day <= end)


def every_day(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def first_of(unit: str, day: date) -> date:
    return {
        "weekly": day - timedelta(days=day.weekday()),
        "monthly": day.replace(day=1),
        "yearly": day.replace(month=1, day=1),
    }.get(unit, day)


def period_of(unit: str, day: date) -> int:
    """The number of the day, week, month or year."""
    number = day.toordinal()
    return {
        "weekly": (number - 1) // 7,
        "monthly": day.year * 12 + day.month,
        "yearly": day.year,
    }.get(unit, number)


def picked(positions: tuple[int, ...], fitting: list[date]) -> list[date]:
    if not positions:
        return fitting
    places = {place - 1 if place > 0 else len(fitting) + place for place in positions}
    return [day for number, day in enumerate(fitting) if number in places]


def fits(rule: Rule, start: date, day: date) -> bool:
    """Whether a day is one of the rule's; what the rule leaves open is as on the day it began."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not {day.day, day.day - length(day) - 1} & set(rule.month_days):
        return False
    if rule.weekdays:
        return any(on_weekday(place, weekday, day, by_year(rule)) for place, weekday in rule.weekdays)
    return bool(rule.month_days) or as_at_first(rule, start, day)


def as_at_first(rule: Rule, start: date, day: date) -> bool:
    if rule.unit == "daily":
        return True
    if rule.unit == "weekly":
        return day.weekday() == start.weekday()
    return day.day == start.day and (rule.unit == "monthly" or bool(rule.months) or day.month == start.month)


def by_year(rule: Rule) -> bool:
    return rule.unit == "yearly" and not rule.months


def on_weekday(place: int, weekday: int, day: date, in_year: bool) -> bool:
    """Whether a day is, say, the second Tuesday or the last Friday (-1) of its month, or of its year."""
    if day.weekday() != weekday or not place:
        return day.weekday() == weekday
    begin = day.replace(month=1, day=1) if in_year else day.replace(day=1)
    size = (date(day.year, 12, 31) - begin).days + 1 if in_year else length(day)
    number = (day - begin).days
    return place == number // 7 + 1 if place > 0 else -place == (size - 1 - number) // 7 + 1


def length(day: date) -> int:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day
