"""The next few entries of the calendar, for panels."""

from datetime import timedelta

import pytest
from django.utils import timezone

from platform_core.ground.registry.kinds import CalendarEntry, CalendarSource
from platform_core.programme.events.entries import next_ones
from platform_core.programme.events.selectors.events import Question
from repository import comments
from repository.dates import comments_due
from tests.factories.repository import record
from tests.platform_core.ground.registry.declaring import declaring

pytestmark = pytest.mark.django_db


class Days:
    """A source of one entry a day, of two topics by turns, that counts what it was asked for."""

    def __init__(self, number):
        self.number, self.given = number, 0

    def entries(self, user, begin, end):
        for place in range(self.number):
            self.given += 1
            moment = timezone.now() + timedelta(hours=place + 1)
            yield CalendarEntry(
                uid=f"day-{place:04}",
                title=f"Day {place}",
                begins=moment,
                ends=moment,
                zone="Europe/Rome",
                address="/",
                changed_at=moment,
                topics=[1 + place % 2],
            )


@pytest.mark.parametrize(("name", "topic", "given"), [("ana", None, 3), ("ana", 2, 6), ("guest", 2, 6)])
def test_a_source_is_asked_for_no_more_than_is_shown(people, name, topic, given):
    days = Days(1000)
    with declaring(CalendarSource(code="tests.days", name="Days", entries=days.entries)):
        found = next_ones(people.named(name), Question(topic=topic), 3)

    step, first = (1, 0) if topic is None else (2, 1)
    assert [entry.title for entry in found] == [f"Day {first + step * place}" for place in range(3)]
    assert days.given == given


def test_the_soonest_of_several_sources_come_first(people):
    few, many = Days(2), Days(1000)
    sources = [CalendarSource(code=f"tests.{n}", name="Days", entries=one.entries) for n, one in enumerate((few, many))]
    with declaring(*sources):
        found = next_ones(people.ana, Question(), 3)

    assert [entry.title for entry in found] == ["Day 0", "Day 0", "Day 1"]


def test_rounds_of_comments_come_by_their_last_day(people):
    for title, days in (("Late", 9), ("Soon", 3), ("Between", 6)):
        last = timezone.localdate() + timedelta(days=days)
        comments.ask_comments(record(title), ["Is it clear?"], last, by=people.lena, language="en")
    now = timezone.now()

    titles = [entry.title for entry in comments_due(people.ana, now, now + timedelta(days=30))]
    assert titles == [f"Comments until: {title}" for title in ("Soon", "Between", "Late")]
