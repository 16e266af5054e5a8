"""A month as a table of weeks: every entry stands on each of its days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from platform_core.ground.ui.moments import zone_for

from .clock import MIDNIGHT, moment, month_bounds
from .presentation import Shown

SHOWN = 4
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass
class Day:
    day: date
    is_inside: bool
    is_today: bool
    entries: list[Shown] = field(default_factory=list)

    @property
    def first_ones(self) -> list[Shown]:
        return self.entries[:SHOWN]

    @property
    def rest(self) -> list[Shown]:
        return self.entries[SHOWN:]

    @property
    def more(self) -> int:
        return max(0, len(self.entries) - SHOWN)


@dataclass
class Month:
    first: date
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        """Those of the month itself on which something is, for the list on phones."""
        return [day for week in self.weeks for day in week if day.is_inside and day.entries]

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"


def asked(text: str) -> date:
    """The first day of the month asked for as 2026-10, else of this month."""
    found = MONTH.fullmatch(text)
    today = timezone.localdate(timezone=zone_for(""))
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def bounds(first: date) -> tuple[datetime, datetime]:
    """The moments between which the table of a month lies on the reader's clocks."""
    begin, end = month_bounds(first.year, first.month)
    zone = zone_for("")
    midnights = (datetime.combine(day, MIDNIGHT) for day in (begin, end + timedelta(days=1)))
    begins, ends = (moment(midnight, zone) for midnight in midnights)
    return begins, ends


def table(first: date, entries: Iterable[Shown]) -> Month:
    begin, end = month_bounds(first.year, first.month)
    today = timezone.localdate(timezone=zone_for(""))
    days = {
        day: Day(day, day.month == first.month, day == today)
        for day in (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    }
    for entry in entries:
        place(entry, days, begin, end)
    cells = list(days.values())
    return Month(first, [cells[number : number + 7] for number in range(0, len(cells), 7)])


def place(entry: Shown, days: dict[date, Day], begin: date, end: date) -> None:
    first, last = max(entry.days[0], begin), min(entry.days[1], end)
    for number in range((last - first).days + 1):
        days[first + timedelta(days=number)].entries.append(entry)
