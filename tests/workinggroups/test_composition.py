from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from platform_core.identity.access import services
from platform_core.identity.access.models import RoleAssignment
from tests.people import add_member
from workinggroups.composition import requirements
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.database

SCOPE = "group:4"


def seat(person, role="wg_representative", **dates):
    return services.give_role(person, role, scope=SCOPE, **dates)


def told(problem) -> str:
    return " ".join(problem.value.messages)


@pytest.mark.parametrize("role", ["wg_leader", "wg_representative"])
@pytest.mark.parametrize("name", ["ana", "petra", "carl"])
def test_only_full_members_lead_and_represent(people, name, role):
    RoleAssignment.objects.filter(role="wg_leader").delete()

    with pytest.raises(ValidationError) as problem:
        seat(people.named(name), role)

    assert told(problem) == "Only somebody who acts for a full member can sit here."


def test_three_organisations_sit_in_a_group_the_leaders_included(people):
    seat(people.marko)
    seat(people.lena)

    with pytest.raises(ValidationError) as problem:
        seat(add_member("fourth", "full"))

    assert told(problem) == "Three organisations already sit in the group in that time."


def test_a_second_person_of_a_seated_organisation_finds_a_place(people):
    seat(people.marko)
    seat(people.lena)
    colleague = add_member("colleague", "full")
    colleague.affiliations.update(organisation=people.marko.affiliations.get().organisation)

    assert seat(colleague).pk


def test_a_seat_is_free_again_once_its_time_is_over(people):
    seat(people.marko)
    today = timezone.localdate()
    seat(people.lena, ends=today)

    assert seat(add_member("fourth", "full"), begins=today + timedelta(days=1)).pk


def test_a_group_has_one_leader_at_a_time(people):
    with pytest.raises(ValidationError) as problem:
        seat(people.marko, "wg_leader")

    assert told(problem) == "The group already has a leader in that time; end that role first."


def test_at_most_two_experts_of_any_standing(people):
    seat(people.ana, "wg_expert")
    seat(people.carl, "wg_expert")

    with pytest.raises(ValidationError) as problem:
        seat(people.marko, "wg_expert")

    assert told(problem) == "The group already has two experts in that time."


def test_what_a_group_lacks_is_said(people):
    group = WorkingGroup.objects.get(pk=4)
    assert [requirement.met for requirement in requirements(group)] == [True, False, True]

    seat(people.marko)
    seat(people.lena)
    assert [requirement.met for requirement in requirements(group)] == [True, True, True]
    assert [requirement.met for requirement in requirements(WorkingGroup.objects.get(pk=1))] == [False, False, False]
