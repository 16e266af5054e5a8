"""Clocks over the nights when summer time begins and ends."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.programme.events import clock, ical
from platform_core.programme.events.presentation import Shown

BUCHAREST, ROME = ZoneInfo("Europe/Bucharest"), ZoneInfo("Europe/Rome")


def entry(begins: datetime, ends: datetime, zone: str, **fields) -> CalendarEntry:
    return CalendarEntry(uid="a@b", title="A", begins=begins, ends=ends, zone=zone, address="/en/a/", **fields)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def local(*parts: int, fold: int = 0) -> datetime:
    """What a clock shows, wherever it hangs."""
    return utc(*parts).replace(tzinfo=None, fold=fold)


@pytest.mark.parametrize(
    ("zone", "clock_shows", "shown", "moment"),
    [
        (ROME, local(2026, 3, 29, 2, 30), False, utc(2026, 3, 29, 1, 30)),
        (ROME, local(2026, 3, 29, 3, 0), True, utc(2026, 3, 29, 1, 0)),
        (BUCHAREST, local(2026, 3, 29, 2, 30), True, utc(2026, 3, 29, 0, 30)),
        (BUCHAREST, local(2026, 3, 29, 3, 30), False, utc(2026, 3, 29, 1, 30)),
        (ROME, local(2026, 10, 25, 2, 30), True, utc(2026, 10, 25, 0, 30)),
        (ROME, local(2026, 10, 25, 2, 30, fold=1), True, utc(2026, 10, 25, 1, 30)),
        (BUCHAREST, local(2026, 10, 25, 3, 30, fold=1), True, utc(2026, 10, 25, 1, 30)),
        (ZoneInfo("UTC"), local(2026, 3, 29, 2, 30), True, utc(2026, 3, 29, 2, 30)),
    ],
)
def test_what_clocks_show(zone, clock_shows, shown, moment):
    assert (clock.is_shown(clock_shows, zone), clock.moment(clock_shows, zone)) == (shown, moment)


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (date(2026, 10, 24), utc(2026, 10, 24, 8), utc(2026, 10, 24, 9)),
        (date(2026, 10, 25), utc(2026, 10, 25, 9), utc(2026, 10, 25, 10)),
        (date(2026, 3, 28), utc(2026, 3, 28, 9), utc(2026, 3, 28, 10)),
        (date(2026, 3, 29), utc(2026, 3, 29, 8), utc(2026, 3, 29, 9)),
    ],
)
def test_the_same_hour_on_another_day(day, begins, ends):
    """Eleven o'clock in Bucharest stays eleven o'clock."""
    assert clock.on_day(day, utc(2026, 6, 1, 8), utc(2026, 6, 1, 9), BUCHAREST) == (begins, ends)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 25), 25), (date(2026, 3, 29), 23), (date(2026, 6, 1), 24)])
def test_whole_days_are_as_long_as_they_are(day, hours):
    begin, end = clock.whole_days(day, day, ROME)

    assert (end - begin).total_seconds() / 3600 == hours


@pytest.mark.parametrize(
    ("reader", "when", "there"),
    [
        ("UTC", "24 October 2026, 22:30 UTC", "25 October 2026, 01:30 EEST"),
        ("Europe/Rome", "25 October 2026, 00:30 CEST", "25 October 2026, 01:30 EEST"),
        ("Europe/Athens", "25 October 2026, 01:30 EEST", ""),
    ],
)
def test_the_readers_clock_and_that_of_the_place(reader, when, there):
    begins = utc(2026, 10, 24, 22, 30)
    with timezone.override("UTC"):
        found = Shown(entry(begins, begins, "Europe/Bucharest"), ZoneInfo(reader))

        assert (found.when, found.there) == (when, there)


def test_times_over_the_change_name_both_zones():
    found = Shown(entry(utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30), "Europe/Rome"), ROME)

    assert found.when == "25 October 2026, 02:30 CEST to 25 October 2026, 02:30 CET"


@pytest.mark.parametrize("reader", ["UTC", "Europe/Bucharest", "America/New_York", "Pacific/Auckland"])
def test_whole_days_are_those_of_the_place_for_every_reader(reader):
    begin, end = clock.whole_days(date(2026, 10, 24), date(2026, 10, 25), BUCHAREST)
    found = Shown(entry(begin, end, "Europe/Bucharest", is_whole_day=True), ZoneInfo(reader))

    assert (found.days, found.there) == ((date(2026, 10, 24), date(2026, 10, 25)), "")
    assert found.when == "24 October 2026 to 25 October 2026"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "moment", "written"),
    [
        ("Europe/Rome", utc(2026, 10, 25, 0, 30), "DTSTART;TZID=Europe/Rome:20261025T023000"),
        ("Europe/Rome", utc(2026, 10, 25, 1, 30), "DTSTART:20261025T013000Z"),
        ("Europe/Bucharest", utc(2026, 10, 25, 0, 30), "DTSTART;TZID=Europe/Bucharest:20261025T033000"),
        ("Europe/Bucharest", utc(2026, 10, 25, 1, 30), "DTSTART:20261025T013000Z"),
        ("Europe/Bucharest", utc(2026, 3, 29, 1, 0), "DTSTART;TZID=Europe/Bucharest:20260329T040000"),
        ("UTC", utc(2026, 3, 29, 1, 0), "DTSTART:20260329T010000Z"),
    ],
)
def test_the_hour_shown_twice_in_calendar_files(zone, moment, written):
    told = ical.calendar("A", [entry(moment, moment, zone)]).decode()
    (item,) = Calendar.from_ical(told).walk("VEVENT")

    assert [line for line in told.splitlines() if line.startswith("DTSTART") and "VTIMEZONE" not in line][-1] == written
    assert item["dtstart"].dt.astimezone(UTC) == moment


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        (
            "Europe/Rome",
            ["20250101T010000", "20250330T020000", "20251026T030000", "20260329T020000", "20261025T030000"],
        ),
        (
            "Europe/Bucharest",
            ["20250101T020000", "20250330T030000", "20251026T040000", "20260329T030000", "20261025T040000"],
        ),
    ],
)
def test_rules_of_a_zone_begin_on_the_clocks_before_them(zone, rules):
    """RFC 5545, 3.6.5."""
    book = Calendar.from_ical(ical.calendar("A", [entry(utc(2026, 5, 1), utc(2026, 5, 1), zone)]))
    (found,) = book.walk("VTIMEZONE")

    assert [f"{rule['dtstart'].dt:%Y%m%dT%H%M%S}" for rule in found.subcomponents][:5] == rules


@pytest.mark.django_db
def test_whole_days_end_before_the_day_after_in_calendar_files():
    begin, end = clock.whole_days(date(2026, 10, 24), date(2026, 10, 25), ROME)
    (item,) = Calendar.from_ical(ical.calendar("A", [entry(begin, end, "Europe/Rome", is_whole_day=True)])).walk(
        "VEVENT"
    )

    assert (item["dtstart"].dt, item["dtend"].dt) == (date(2026, 10, 24), date(2026, 10, 26))
