"""Notices about tasks: each once, to those who have to know."""

from datetime import date, timedelta

import pytest

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from tests.factories.tasks import task
from tests.people import add_member
from tests.settling import settle
from workinggroups.services import tasks as services
from workinggroups.services.reminders import remind

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DUE = date(2026, 6, 10)


def told(kind: str) -> list[str]:
    """Who was told of something, each as often as that was."""
    settle()
    rows = Notice.objects.filter(kind=f"workinggroups.{kind}", channel="site")
    return sorted(rows.values_list("recipient__name", flat=True))


@pytest.fixture
def rita(people):
    person = add_member("rita", "full")
    access.give_role(person, "wg_representative", scope="group:4")
    return person


def test_a_task_is_told_of_once_as_soon_and_every_week_as_late(people, rita):
    task(people.wanda, owner=rita, due_on=DUE)

    days = {}
    for place in range(-5, 20):
        number = remind(DUE + timedelta(days=place)) + remind(DUE + timedelta(days=place))
        days |= {place: number} if number else {}

    assert days == {-3: 1, 1: 1, 8: 1, 15: 1}
    assert (told("task_due_soon"), told("task_overdue")) == (["Rita"], ["Rita"] * 3 + ["Wanda"] * 3)


def test_another_day_begins_anew(people, rita):
    made = task(people.wanda, owner=rita, due_on=DUE)
    remind(DUE)
    services.change(made, by=people.wanda, due_on=DUE + timedelta(days=30))

    numbers = [remind(DUE + timedelta(days=place)) for place in (1, 27, 30, 31)]

    assert (numbers, told("task_postponed")) == ([0, 1, 0, 1], ["Rita"])


def test_what_is_over_is_not_late(people):
    services.move(task(people.wanda, owner=people.wanda, due_on=DUE), "done", by=people.wanda)

    assert remind(DUE + timedelta(days=3)) == 0


def test_everybody_who_acts_for_the_organisation_is_told(people):
    colleague = add_member("carla", "")
    organisation = people.ana.affiliations.get().organisation
    colleague.affiliations.create(organisation=organisation, begins=date(2020, 1, 1))

    task(people.wanda, organisation=organisation)

    assert told("task_given") == ["Ana", "Carla"]


def test_nobody_is_told_of_what_she_does_herself(people):
    services.move(task(people.wanda, owner=people.wanda), "done", by=people.wanda)

    assert (told("task_given"), told("task_done")) == ([], [])


def test_who_made_it_and_who_waited_are_told_when_it_is_done(people, rita):
    first = task(people.wanda, owner=people.ana)
    task(people.wanda, "Second", owner=rita, waits_for=[first])

    services.move(first, "done", by=people.ana)
    services.move(first, "done", by=people.ana)

    assert told("task_done") == ["Rita", "Wanda"]


def test_comments_reach_maker_and_owner(people):
    made = task(people.wanda, owner=people.ana)

    services.say(made, "Half of it.", by=people.ana)

    assert told("task_discussed") == ["Wanda"]
