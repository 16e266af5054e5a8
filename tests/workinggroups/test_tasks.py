"""Tasks: who sees and changes them, what they wait for, what they were born from."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from platform_core.identity.access import services as access
from platform_core.materials.trails.selectors import around
from platform_core.materials.trails.services import draw
from tests.factories.tasks import task
from tests.factories.workinggroups import page
from tests.people import add_member
from workinggroups.models import Task
from workinggroups.selectors import tasks as selectors
from workinggroups.services import tasks as services

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def rita(people):
    """Represents another full member in the group."""
    person = add_member("rita", "full")
    access.give_role(person, "wg_representative", scope="group:4")
    return person


def seen_by(people, made: Task) -> set[str]:
    return {name for name, person in people.each() if made in selectors.tasks(person)}


def test_the_group_and_whoever_it_is_given_to_see_a_task(people):
    own = task(people.wanda)
    given = task(people.wanda, owner=people.petra)
    shared = task(people.wanda, organisation=people.ana.affiliations.get().organisation)

    assert seen_by(people, own) == {"lena", "wanda"}
    assert seen_by(people, given) == {"lena", "wanda", "petra"}
    assert seen_by(people, shared) == {"lena", "wanda", "ana"}


def test_taken_from_somebody_it_is_not_seen_any_more(people):
    made = task(people.wanda, owner=people.petra)

    services.change(made, by=people.wanda, owner=None)

    assert seen_by(people, made) == {"lena", "wanda"}


def test_who_may_do_what_with_a_task(people, rita):
    made = task(rita, organisation=people.ana.affiliations.get().organisation)
    cast = [*people.each(), ("rita", rita)]

    def able(right: str) -> set[str]:
        return {name for name, person in cast if person.has_perm(f"workinggroups.{right}", made)}

    assert {right: able(right) for right in ("view_task", "change_task", "move_task", "discuss_task")} == {
        "view_task": {"lena", "wanda", "rita", "ana"},
        "change_task": {"lena", "wanda", "rita"},
        "move_task": {"lena", "wanda", "rita", "ana"},
        "discuss_task": {"lena", "wanda", "rita", "ana"},
    }


@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_only_the_group_adds_tasks(people, name):
    with pytest.raises(PermissionDenied):
        task(people.named(name))


def test_a_task_is_born_from_a_thing(people):
    origin = page(people.wanda)
    made = task(people.wanda, origin=origin, origin_place="item 3")

    found = selectors.origin_of(people.wanda, made)

    assert list(selectors.born_from(people.wanda, origin)) == [made]
    assert list(selectors.born_from(people.marko, origin)) == []
    assert (found.title, found.address, found.place) == ("Plan", origin.get_absolute_url(), "item 3")


def test_what_it_was_born_from_is_told_only_to_who_sees_that(people):
    made = task(people.wanda, origin=page(people.wanda), owner=people.ana)

    assert selectors.origin_of(people.ana, made) is None


def test_the_same_form_sent_twice_makes_one_task(people):
    first, second = (task(people.wanda, key="abc") for _time in range(2))

    assert (first, Task.objects.count()) == (second, 1)


def test_tasks_do_not_wait_in_a_circle(people):
    one = task(people.wanda, "One")
    two = task(people.wanda, "Two", waits_for=[one])
    three = task(people.wanda, "Three", waits_for=[two])

    with pytest.raises(ValidationError, match="“Three” waits for this task itself"):
        services.change(one, by=people.wanda, waits_for=[three])
    with pytest.raises(ValidationError, match="“One” waits for this task itself"):
        services.change(one, by=people.wanda, waits_for=[one])

    assert list(one.waits_for.all()) == []


def test_a_task_waits_only_for_tasks_of_its_group(people):
    access.give_role(people.wanda, "wg_leader", scope="group:1")
    other = task(people.wanda, of=1)

    with pytest.raises(PermissionDenied):
        task(people.wanda, waits_for=[other])


def test_a_task_is_not_due_before_it_begins(people):
    with pytest.raises(ValidationError, match="before it begins"):
        task(people.wanda, begins_on=date(2026, 5, 2), due_on=date(2026, 5, 1))


def test_open_tasks_come_the_most_urgent_first(people):
    third = task(people.wanda, "Whenever")
    second = task(people.wanda, "Later", due_on=date(2030, 2, 1))
    first = task(people.wanda, "Soon", due_on=date(2030, 1, 1))
    services.move(task(people.wanda, "Over"), "done", by=people.wanda)

    assert list(selectors.open_of(people.wanda, first.group)) == [first, second, third]


def test_a_done_task_has_its_day_until_it_is_opened_again(people):
    made = task(people.wanda)
    days = [services.move(made, state, by=people.wanda).done_on for state in ("done", "open")]

    assert [day is not None for day in days] == [True, False]


def test_a_task_is_related_to_what_it_concerns(people):
    made, paper = task(people.wanda), page(people.wanda)

    draw("workinggroups.concerns", made, paper, by=people.wanda)

    assert [(one.words, one.title) for one in around(people.wanda, paper)] == [("is worked on by", "Write the plan")]
    assert around(people.marko, paper) == []


def test_a_task_has_parts_of_one_level_within_its_group(people):
    whole, other = task(people.wanda, "Whole"), task(people.wanda, "Other")
    part = task(people.wanda, "Part", parent=whole)
    elsewhere = task(people.lena, "Elsewhere", of=3)

    for one, parent in ((other, part), (whole, other), (whole, whole)):
        with pytest.raises(ValidationError):
            services.change(one, by=people.wanda, parent=parent)
    with pytest.raises(PermissionDenied):
        services.change(other, by=people.wanda, parent=elsewhere)
    assert selectors.parts_of(people.wanda, whole) == [part]


def test_a_task_says_how_far_its_parts_are(people):
    whole = task(people.wanda, "Whole")
    for place, state in enumerate(("done", "open", "dropped", "done")):
        task(people.wanda, f"Part {place}", parent=whole, state=state)
    found = selectors.task_for(people.wanda, whole.pk)

    assert (found.parts_done, found.parts_number) == (2, 3)


def test_a_part_she_was_given_tells_nothing_of_the_whole(people):
    whole = task(people.wanda, "Whole")
    part = task(people.wanda, "Part", parent=whole, owner=people.petra)

    assert [selectors.whole_of(person, part) for person in (people.wanda, people.petra)] == [whole, None]
