"""Due days of tasks in the calendar, and tasks in the search."""

from datetime import UTC, date, datetime

import pytest

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import CalendarSource
from platform_core.programme.search import selectors as selecting
from tests.factories.tasks import task
from tests.settling import settle
from workinggroups.selectors import tasks as selectors
from workinggroups.services import tasks as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MAY = datetime(2030, 4, 30, 22, tzinfo=UTC), datetime(2030, 5, 31, 21, tzinfo=UTC)


def entries(user) -> list:
    source = next(one for one in declared(CalendarSource) if one.code == "workinggroups.tasks")
    return list(source.entries(user, *MAY))


def test_due_days_are_in_the_calendar_of_those_who_see_the_task(people):
    task(people.wanda, "First", due_on=date(2030, 5, 1), owner=people.ana)
    task(people.wanda, "Last", due_on=date(2030, 5, 31))
    task(people.wanda, "June", due_on=date(2030, 6, 1))

    told = {name: [(one.title, one.is_mine) for one in entries(person)] for name, person in people.each()}

    assert told == {
        **{name: [] for name in ("marko", "petra", "carl", "guest")},
        **{name: [("First", False), ("Last", False)] for name in ("lena", "wanda")},
        "ana": [("First", True)],
    }


def test_an_entry_lasts_its_day_and_counts_its_changes(people):
    made = task(people.wanda, due_on=date(2030, 5, 2))
    (before,) = entries(people.wanda)
    services.move(made, "dropped", by=people.wanda)
    (after,) = entries(people.wanda)

    assert (before.begins.isoformat(), before.ends.isoformat()) == (
        "2030-05-02T00:00:00+02:00",
        "2030-05-03T00:00:00+02:00",
    )
    assert (after.uid, after.sequence, after.is_cancelled) == (before.uid, before.sequence + 1, True)


def test_a_task_is_found_by_those_who_see_it(people):
    task(people.wanda, "Vouchers", text="What they cost")
    settle()

    question = selecting.Question("vouchers", selectors.LABEL, {})
    found = {name: len(selecting.find(person, question).entries) for name, person in people.each()}

    assert found == {**dict.fromkeys(("marko", "ana", "petra", "carl", "guest"), 0), "lena": 1, "wanda": 1}
