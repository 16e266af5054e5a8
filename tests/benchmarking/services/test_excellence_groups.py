"""What is told of groups stands, so that nothing can be worked out of what changes."""

from datetime import date

import pytest

from benchmarking.models import GroupFigures, SelfScore
from benchmarking.selectors import excellence_groups as groups
from benchmarking.services.excellence_groups import renew
from platform_core.people.members.models import Organisation
from tests.factories.policies import found_verified, sectors, several, tell

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST, SECOND, THIRD = date(2026, 11, 20), date(2027, 1, 1), date(2027, 4, 1)


def told(grid) -> tuple[date | None, dict[str, int]]:
    """Since when, and of how many by group."""
    found = groups.compared(grid, "")
    return found.day, {group.code: field.number for group, field in found.rows}


def test_nobody_makes_a_group_larger_to_take_it_from_another(grid):
    rows = several(grid, *["RS"] * 6, *["BG"] * 6)
    auto = sectors()[0]
    for row in [*rows[:5], rows[6]]:
        tell(row.organisation, auto)
    renew(FIRST)
    before = told(grid)

    tell(rows[11].organisation, auto)
    renew(SECOND)

    assert before == (FIRST, {"all": 12, "country-BG": 6, "country-RS": 6})
    assert told(grid) == (SECOND, before[1])


def test_one_who_moves_takes_no_group_away_and_tells_nothing(grid):
    rows = several(grid, *["RS"] * 6, *["BG"] * 6)
    renew(FIRST)
    before = groups.compared(grid, "").rows

    Organisation.objects.filter(pk=rows[0].organisation_id).update(country="BG")
    renew(SECOND)

    assert (groups.compared(grid, "").day, groups.compared(grid, "").rows) == (FIRST, before)


def test_the_sixth_who_joins_five_waits_for_four_others(grid):
    several(grid, *["AT"] * 5)
    renew(FIRST)
    several(grid, "BG", first=5)
    renew(SECOND)
    six = told(grid)
    several(grid, *["BG"] * 4, first=6)
    renew(THIRD)

    assert six == (FIRST, {"all": 5, "country-AT": 5})
    assert told(grid) == (THIRD, {"all": 10, "country-AT": 5, "country-BG": 5})


@pytest.mark.parametrize("gone", [1, 4])
def test_who_withdraws_is_not_worked_out(grid, gone):
    rows = several(grid, *["AT"] * 10)
    renew(FIRST)
    before = groups.compared(grid, "").rows

    Organisation.objects.filter(pk__in=[row.organisation_id for row in rows[:gone]]).delete()
    renew(SECOND)

    assert (groups.compared(grid, "").day, groups.compared(grid, "").rows) == (FIRST, before)


@pytest.mark.parametrize(("anew", "day"), [(1, FIRST), (4, FIRST), (5, SECOND), (6, FIRST), (10, SECOND)])
def test_who_is_verified_anew_is_another_one(grid, anew, day):
    rows = several(grid, *["AT"] * 10)
    renew(FIRST)

    for row in rows[:anew]:
        found_verified(row.organisation, grid, 31)
    renew(SECOND)

    assert told(grid) == (day, {"all": 10, "country-AT": 10})


def test_it_is_drawn_up_once_a_quarter(grid):
    several(grid, *["AT"] * 5)
    made = [renew(FIRST)]
    several(grid, *["AT"] * 5, first=5)
    made += [renew(date(2026, 12, 31)), renew(SECOND), renew(date(2027, 3, 31)), renew(THIRD)]

    assert made == [1, 0, 1, 0, 1]
    assert list(GroupFigures.objects.values_list("day", flat=True)) == [THIRD, SECOND, FIRST]


def test_an_indicator_judged_of_one_more_is_left_out(grid):
    first, second = grid.criteria.all()[:2]
    rows = several(grid, *["AT"] * 6)
    SelfScore.objects.filter(assessment=rows[0], criterion=first).update(verified=None)
    renew(FIRST)
    more = several(grid, *["AT"] * 5, first=6)
    SelfScore.objects.filter(assessment=more[0], criterion=first).update(verified=None)
    renew(SECOND)
    half = groups.compared(grid, "").field.shares
    several(grid, *["AT"] * 5, first=11)
    renew(THIRD)
    whole = groups.compared(grid, "").field.shares

    assert [(first.pk in told, second.pk in told) for told in (half, whole)] == [(False, True), (True, True)]


def test_an_organisation_not_among_them_yet_compares_itself_with_all(grid):
    several(grid, *["AT"] * 5)
    renew(FIRST)
    late = several(grid, "AT", first=5)[0]

    found = groups.compared(grid, "country-AT", within=late.organisation_id)

    assert ([group.code for group in found.groups], found.field.number) == (["all"], 5)
    assert not found.is_invented
