from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from platform_core.programme.events import selectors
from platform_core.programme.events.models import CalendarEvent, Series
from platform_core.programme.events.selectors.events import of_series
from platform_core.programme.events.services import events, series

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BEGIN, END = datetime(2027, 10, 13, 8, tzinfo=UTC), datetime(2027, 10, 13, 9, 30, tzinfo=UTC)


def begun(rule: dict, **fields) -> CalendarEvent:
    given = {"title": "Open hour", "kind": "meeting", "starts": BEGIN, "ends": END, "time_zone": "Europe/Bucharest"}
    return series.begin(Series(**rule), topics=[4], **given | fields)


def hours(event: CalendarEvent) -> list[str]:
    rows = CalendarEvent.objects.filter(series=event.series).order_by("starts")
    return [f"{row.local_starts:%d %b %H:%M}" for row in rows]


def test_a_series_keeps_its_hour_over_the_change_of_october():
    made = begun({"unit": "weekly", "count": 4})

    assert hours(made) == ["13 Oct 11:00", "20 Oct 11:00", "27 Oct 11:00", "03 Nov 11:00"]
    rows = CalendarEvent.objects.order_by("starts")
    assert [row.starts.hour for row in rows] == [8, 8, 8, 9]
    assert {row.ends - row.starts for row in rows} == {END - BEGIN}


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"unit": "daily", "every": 3, "count": 3}, ["13 Oct", "16 Oct", "19 Oct"]),
        ({"unit": "weekly", "weekdays": "2,4", "count": 3}, ["13 Oct", "15 Oct", "20 Oct"]),
        ({"unit": "weekly", "every": 2, "until": date(2027, 11, 10)}, ["13 Oct", "27 Oct", "10 Nov"]),
        ({"unit": "monthly", "count": 3}, ["13 Oct", "13 Nov", "13 Dec"]),
        ({"unit": "monthly", "monthly": "weekday", "count": 3}, ["13 Oct", "10 Nov", "08 Dec"]),
        ({"unit": "monthly", "monthly": "last", "count": 2}, ["27 Oct", "24 Nov"]),
    ],
)
def test_days_of_a_series(rule, found):
    assert [hour[:6] for hour in hours(begun(rule))] == found


@pytest.mark.parametrize(
    ("rule", "field"),
    [({"unit": "daily", "count": 61}, "count"), ({"unit": "weekly", "until": date(2027, 10, 14)}, "repeat")],
)
def test_too_long_and_too_short_ones_are_refused(rule, field):
    with pytest.raises(ValidationError) as refused:
        begun(rule)

    assert list(refused.value.message_dict) == [field]
    assert (CalendarEvent.objects.count(), Series.objects.count()) == (0, 0)


def changed(event, scope: str, by, **fields) -> int:
    names = ("kind", "time_zone", "starts", "ends", "title", "registration_until")
    given = {name: getattr(event, name) for name in names}
    return series.change_together(event, of_series(event, scope), topics=[1], by=by, **given | fields)


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("one", ["13 Oct 11:00", "21 Oct 12:00", "27 Oct 11:00", "03 Nov 11:00"]),
        ("following", ["13 Oct 11:00", "21 Oct 12:00", "28 Oct 12:00", "04 Nov 12:00"]),
        ("all", ["14 Oct 12:00", "21 Oct 12:00", "28 Oct 12:00", "04 Nov 12:00"]),
    ],
)
def test_one_the_following_or_all_are_moved(people, scope, found):
    """A day later and an hour later, on the clocks of the place, on both sides of the change."""
    second = begun({"unit": "weekly", "count": 4}).series.events.order_by("slot")[1]
    starts, ends = datetime(2027, 10, 21, 9, tzinfo=UTC), datetime(2027, 10, 21, 10, 30, tzinfo=UTC)

    number = changed(second, scope, people.lena, starts=starts, ends=ends)

    assert (number, hours(second)) == ({"one": 1, "following": 3, "all": 4}[scope], found)
    second.refresh_from_db()
    assert (second.sequence, second.moved_from) == (1, datetime(2027, 10, 20, 8, tzinfo=UTC))


def test_identities_stay_when_a_series_is_changed(people):
    first = begun({"unit": "weekly", "count": 3})
    before = list(first.series.events.order_by("slot").values_list("code", flat=True))

    changed(first, "all", people.lena, title="Another name")

    assert list(first.series.events.order_by("slot").values_list("code", flat=True)) == before
    assert {str(row) for row in first.series.events.all()} == {"Another name"}


def test_the_rest_of_a_series_is_cancelled(people):
    second = begun({"unit": "weekly", "count": 3}).series.events.order_by("slot")[1]

    assert events.cancel(of_series(second, "following"), by=people.lena, why="No money") == 2
    assert [row.is_cancelled for row in second.series.events.order_by("slot")] == [False, True, True]
    assert len(selectors.upcoming(people.guest)) == 3


def test_a_series_is_proposed_and_decided_on_as_one(people):
    first = begun({"unit": "weekly", "count": 3}, by=people.marko)
    assert {row.state for row in first.series.events.all()} == {"proposed"}

    events.accept(first, by=people.lena, reason="Fine")

    assert {row.state for row in first.series.events.all()} == {"announced"}
    assert len(selectors.upcoming(people.guest)) == 3
