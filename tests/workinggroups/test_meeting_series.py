"""Meetings made from others: series, one like it, and whose minutes each approves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.meetings import item, meeting, minuted
from tests.factories.workinggroups import file_document
from workinggroups.models import Meeting
from workinggroups.services import meetings as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_series_keeps_its_hour_on_the_clock_over_october(people):
    vienna = ZoneInfo("Europe/Vienna")
    made = meeting(people.wanda, starts=datetime(2027, 10, 20, 10, 0, tzinfo=vienna))

    following = services.repeat(made, by=people.wanda, weeks=1, times=2)

    assert [one.starts.astimezone(UTC).hour for one in [made, *following]] == [8, 8, 9]
    assert {one.local_starts.hour for one in following} == {10}
    assert len({one.uid for one in [made, *following]}) == 3


def chain(meetings) -> list[tuple]:
    return [(one.previous, [point.approves for point in one.items.filter(kind="approval")]) for one in meetings]


def test_in_a_series_each_meeting_approves_the_minutes_of_the_one_before_it(people):
    minuted(people.wanda)
    first = meeting(people.wanda)

    second, third = services.repeat(first, by=people.wanda, weeks=1, times=2)
    (fourth,) = services.repeat(third, by=people.wanda, weeks=1, times=1)

    assert chain([second, third, fourth]) == [(first, [first]), (second, [second]), (third, [third])]


def test_a_meeting_called_off_is_left_out_of_its_series(people):
    past, _point = minuted(people.wanda)
    first = meeting(people.wanda)
    second, third = services.repeat(first, by=people.wanda, weeks=1, times=2)

    services.cancel(second, "Snow", by=people.wanda)
    services.cancel(first, "Snow", by=people.wanda)

    third.refresh_from_db()
    assert chain([third]) == [(past, [past])]


def test_one_like_it_has_the_agenda_and_the_people_without_papers_and_answers(people):
    made = meeting(people.wanda)
    item(made, people.wanda, documents=[file_document(people.wanda)])
    services.invite(made, [people.petra], by=people.wanda)
    services.call(made, by=people.wanda)
    services.answer(made, by=people.petra, answer="yes")

    copy = services.clone(made, by=people.wanda, starts=made.starts + timedelta(days=7))

    assert [(one.title, one.documents.count()) for one in copy.items.all()] == [("Guarantee funds", 0)]
    assert {row.person.name: row.answer for row in copy.participants.all()} == {"Wanda": "", "Petra": ""}
    assert copy.state == Meeting.State.PREPARED


def test_the_next_meeting_has_the_last_minutes_on_its_agenda(people):
    last, _point = minuted(people.wanda)

    made = meeting(people.wanda)

    assert [(one.kind, one.approves, one.title) for one in made.items.all()] == [
        ("approval", last, "Minutes of the last meeting")
    ]
