from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members import services as members
from tests.people import add_organisation
from workinggroups import selectors, services
from workinggroups.models import WorkingGroup

LEADER = "wg_leader"


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(pk=4)


@pytest.mark.database
def test_everyone_sees_the_six_groups(people):
    seen = {name: [group.pk for group in selectors.groups(person)] for name, person in people.each()}

    assert seen == {name: [1, 2, 3, 4, 5, 6] for name, _person in people.each()}


@pytest.mark.database
def test_names_are_for_members_and_organisations_for_everyone(people, group):
    seats = {name: selectors.seats(person, group) for name, person in people.each()}

    named = {name for name, (seat,) in seats.items() if seat.person == "Wanda"}
    assert named == {"lena", "wanda", "marko", "ana"}
    assert {seat.organisation.code for (seat,) in seats.values()} == {"org-wanda"}
    assert {seat.person for (seat,) in seats.values()} == {"Wanda", ""}


def test_leaders_come_first_and_experts_last(people, group):
    for person, role in ((people.ana, "wg_expert"), (people.marko, "wg_representative")):
        access.give_role(person, role, scope="group:4")

    assert [(seat.role, seat.person) for seat in selectors.seats(people.lena, group)] == [
        (LEADER, "Wanda"),
        ("wg_representative", "Marko"),
        ("wg_expert", "Ana"),
    ]


@pytest.mark.parametrize(
    ("role", "scope", "begins", "ends"),
    [
        (LEADER, "group:3", 0, None),
        ("editor", "", 0, None),
        (LEADER, "group:4", 1, None),
        (LEADER, "group:4", -9, -1),
    ],
)
def test_other_roles_and_other_days_are_no_seat(people, group, role, scope, begins, ends):
    today = timezone.localdate()
    days = {"begins": today + timedelta(days=begins), "ends": today + timedelta(days=ends) if ends else None}

    RoleAssignment.objects.create(person=people.marko, role=role, scope=scope, **days)

    assert [seat.person for seat in selectors.seats(people.lena, group)] == ["Wanda"]


def test_the_oldest_affiliation_speaks_for_a_person(people, group):
    today = timezone.localdate()
    for code, days in (("older", 9), ("oldest", 30)):
        members.affiliate(people.wanda, add_organisation(code), begins=today - timedelta(days=days))

    (seat,) = selectors.seats(people.lena, group)

    assert seat.organisation.code == "oldest"


def test_a_person_without_organisation_keeps_her_seat(people, group):
    people.wanda.affiliations.all().delete()

    (seat,) = selectors.seats(people.lena, group)

    assert (seat.person, seat.organisation) == ("Wanda", None)


@pytest.mark.parametrize(
    ("language", "found"), [("el", (["Λίγα"], "el")), ("hu", (["Little"], "en")), ("en", (["Little"], "en"))]
)
def test_points_come_in_the_language_of_the_page_or_in_english(language, found):
    with override(language):
        assert selectors.points({"en": ["Little"], "el": ["Λίγα"], "hu": []}) == found


def test_no_points_are_an_empty_list():
    assert selectors.points({}) == ([], "en")


def test_loading_reference_again_changes_nothing(people):
    before = list(WorkingGroup.objects.values())

    services.load_reference()

    assert list(WorkingGroup.objects.values()) == before
