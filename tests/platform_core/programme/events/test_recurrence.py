from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from platform_core.programme.events.recurrence import Rule, days

START, LAST = date(2026, 1, 31), date(2030, 1, 1)


def expected(rule: str) -> list[date]:
    """What an implementation of others makes of it."""
    begin, end = datetime(2026, 1, 31), datetime(2030, 1, 1)  # noqa: DTZ001
    return [found.date() for found in rrulestr(rule, dtstart=begin).between(begin - timedelta(days=1), end, inc=True)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FREQ=DAILY;INTERVAL=3;COUNT=10", Rule(unit="daily", every=3, count=10)),
        ("FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2", Rule(unit="weekly", every=2, weekdays=((0, 0), (0, 2)))),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=4", Rule(unit="weekly", weekdays=((0, 1),), count=4)),
        ("FREQ=MONTHLY", Rule(unit="monthly")),
        ("FREQ=MONTHLY;BYDAY=-1FR", Rule(unit="monthly", weekdays=((-1, 4),))),
        ("FREQ=MONTHLY;BYDAY=2TU;INTERVAL=3", Rule(unit="monthly", every=3, weekdays=((2, 1),))),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15", Rule(unit="monthly", month_days=(-1, 15))),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            Rule(unit="monthly", weekdays=tuple((0, day) for day in range(5)), positions=(-1,)),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", Rule(unit="monthly", month_days=(13,), weekdays=((0, 4),))),
        ("FREQ=YEARLY", Rule(unit="yearly")),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO", Rule(unit="yearly", months=(5,), weekdays=((1, 0),))),
        ("FREQ=YEARLY;BYDAY=20MO", Rule(unit="yearly", weekdays=((20, 0),))),
        ("FREQ=YEARLY;BYMONTH=3,9", Rule(unit="yearly", months=(3, 9))),
    ],
)
def test_days_are_those_of_the_standard(text, rule):
    assert list(days(rule, START, LAST)) == expected(text)


def test_a_rule_of_no_days_ends():
    """The 30th of February is looked for over thirty years at most."""
    assert list(days(Rule(unit="daily", months=(2,), month_days=(30,)), START, date(9999, 12, 31))) == []


def test_until_is_the_last_day():
    assert list(days(Rule(unit="daily", until=date(2026, 2, 2)), START, LAST)) == [
        date(2026, 1, 31),
        date(2026, 2, 1),
        date(2026, 2, 2),
    ]
