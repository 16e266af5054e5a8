"""Groups of cluster organisations: which can be told of, and what."""

import pytest

from benchmarking.models import SelfScore
from benchmarking.selectors import excellence_groups as groups
from benchmarking.services.excellence_groups import renew
from tests.factories.policies import several

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_country_is_told_of_beside_all(grid):
    several(grid, *["AT"] * 5, *["BG"] * 5)
    renew()

    told = groups.compared(grid, "country-AT")

    assert [group.code for group in told.groups] == ["all", "country-AT", "country-BG"]
    assert (told.chosen.name, told.field.number, told.field.quarters) == ("Austria", 5, (10, 20, 30))
    first = grid.criteria.first()
    assert (told.field.shares[first.pk], told.rows[0][1].shares[first.pk]) == (80, 90)


@pytest.mark.parametrize(
    ("countries", "offered"),
    [
        (["AT"] * 5 + ["BG"] * 4, ["all"]),
        (["AT"] * 5 + ["BG"] * 4 + ["RO"], ["all", "country-AT"]),
        (["AT"] * 4, []),
    ],
)
def test_what_could_be_worked_out_of_few_is_hidden_too(grid, countries, offered):
    several(grid, *countries)
    renew()

    assert [group.code for group in groups.compared(grid, "").groups] == offered


def test_classes_of_size_and_age_and_sectors(grid):
    several(grid, *["AT"] * 5, firms=20, founded=2000)
    several(grid, *["AT"] * 5, first=5, firms=400, founded=2025)
    renew()

    told = groups.compared(grid, "size-2")

    assert [group.code for group in told.groups] == [
        "all",
        "country-AT",
        told.groups[2].code,
        "size-0",
        "size-2",
        "age-0",
        "age-2",
    ]
    assert told.groups[2].kind == "Sector"
    assert told.chosen.name == "150 member firms or more"
    assert told.groups[5].name == "less than 5 years old"


def test_a_group_that_is_not_told_of_is_as_if_none_was_chosen(grid):
    several(grid, *["AT"] * 5, *["BG"] * 4)
    renew()

    told = groups.compared(grid, "country-BG")

    assert (told.chosen.code, told.field.number) == ("all", 9)


def test_an_organisation_compares_itself_with_its_own_groups(grid):
    rows = several(grid, *["AT"] * 5, *["BG"] * 5)
    lowest = rows[5]
    renew()

    told = groups.compared(grid, "country-AT", within=lowest.organisation_id)
    own = groups.compared(grid, "country-BG", within=lowest.organisation_id)

    assert [group.code for group in told.groups] == ["all", "country-BG"]
    assert (told.chosen.code, own.chosen.code) == ("all", "country-BG")
    assert (groups.band(lowest, told.field), groups.band(lowest, own.field)) == (3, 1)


def test_an_indicator_not_judged_of_some_is_left_out_of_groups(grid):
    rows = several(grid, *["AT"] * 6, *["BG"] * 6)
    first, second = grid.criteria.all()[:2]
    SelfScore.objects.filter(assessment__in=rows[:2], criterion=first).update(verified=None)
    SelfScore.objects.filter(assessment=rows[0], criterion=second).update(verified=None)
    renew()

    told = groups.compared(grid, "country-BG")

    assert (first.pk in told.field.shares, second.pk in told.field.shares) == (False, True)
    assert first.pk in told.rows[0][1].shares
