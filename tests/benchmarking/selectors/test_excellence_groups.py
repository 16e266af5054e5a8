"""Groups of cluster organisations: which can be told of, and what."""

from datetime import date

import pytest

from benchmarking.models import SelfAssessment, SelfScore
from benchmarking.selectors import excellence, excellence_groups as groups
from platform_core.ground.vocabulary.models import Country, Term
from platform_core.programme.network.models import ClusterProfile
from tests.factories.policies import cluster

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def grid(people):
    return excellence.set_in_force()


def organisation(number: int, country: str, met: int, grid, **profile) -> SelfAssessment:
    """Verified on the first indicators of the set: level 4 on so many, 0 on the others."""
    made = cluster(f"c{number}")
    made.country = Country.objects.get(code=country)
    made.save()
    if profile:
        told = ClusterProfile.objects.create(organisation=made, confirmed_on=date(2026, 1, 1), **profile)
        told.terms.set(Term.objects.filter(scheme="sector").order_by("order")[:1])
    state = {"state": "verified", "begun_on": date(2026, 1, 1), "judged": 31, "met": met}
    found = SelfAssessment.objects.create(organisation=made, grid=grid, **state)
    SelfScore.objects.bulk_create(
        SelfScore(assessment=found, criterion=one, value=4, verified=4 if place < met else 0)
        for place, one in enumerate(grid.criteria.all())
    )
    return found


def several(grid, *countries: str, first: int = 0, **profile) -> list[SelfAssessment]:
    return [organisation(first + place, code, 3 * place, grid, **profile) for place, code in enumerate(countries)]


def test_a_country_is_told_of_beside_all(grid):
    several(grid, *["AT"] * 5, *["BG"] * 5)

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
        (["AT"] * 4, ["all"]),
    ],
)
def test_what_could_be_worked_out_of_few_is_hidden_too(grid, countries, offered):
    several(grid, *countries)

    assert [group.code for group in groups.compared(grid, "").groups] == offered


def test_classes_of_size_and_age_and_sectors(grid):
    several(grid, *["AT"] * 5, firms=20, founded=2000)
    several(grid, *["AT"] * 5, first=5, firms=400, founded=2025)

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

    told = groups.compared(grid, "country-BG")

    assert (told.chosen.code, told.field.number) == ("all", 9)


def test_an_organisation_compares_itself_with_its_own_groups(grid):
    rows = several(grid, *["AT"] * 5, *["BG"] * 5)
    lowest = rows[5]

    told = groups.compared(grid, "country-AT", within=lowest.organisation_id)
    own = groups.compared(grid, "country-BG", within=lowest.organisation_id)

    assert [group.code for group in told.groups] == ["all", "country-BG"]
    assert (told.chosen.code, own.chosen.code) == ("all", "country-BG")
    assert (groups.band(lowest, told.chosen), groups.band(lowest, own.chosen)) == (3, 1)


def test_an_indicator_not_judged_of_some_is_left_out_of_groups(grid):
    rows = several(grid, *["AT"] * 6, *["BG"] * 6)
    first, second = grid.criteria.all()[:2]
    SelfScore.objects.filter(assessment__in=rows[:2], criterion=first).update(verified=None)
    SelfScore.objects.filter(assessment=rows[0], criterion=second).update(verified=None)

    told = groups.compared(grid, "country-BG")

    assert (first.pk in told.field.shares, second.pk in told.field.shares) == (False, True)
    assert first.pk in told.rows[0][1].shares
