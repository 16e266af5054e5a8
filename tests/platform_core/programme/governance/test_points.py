"""Scores and dots: from the form to the vote, and what is no vote."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from platform_core.programme.governance import services
from platform_core.programme.governance.models import Vote
from tests.factories.governance import ballot, over
from tests.people import browser_of

pytestmark = pytest.mark.database


def cast(people, found, **typed):
    voter = people.marko.affiliations.get().organisation_id
    return browser_of(people.marko).post(reverse("governance:vote", args=[found.pk, voter]), typed)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("score", {"o1": "10", "o2": "0", "o3": "7"}, {"o1": 10, "o2": 0, "o3": 7}),
        ("dots", {"o1": "6", "o2": "", "o3": "4"}, {"o1": 6, "o3": 4}),
    ],
)
def test_what_is_typed_is_the_vote(people, kind, typed, kept):
    found = ballot(people.lena, seats=[people.marko], kind=kind)

    assert (cast(people, found, **typed).status_code, Vote.objects.get().choice) == (200, kept)


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("score", {"o1": "11", "o2": "0", "o3": "7"}, "Ensure this value is less than or equal to 10."),
        ("score", {"o1": "", "o2": "0", "o3": "7"}, "This field is required."),
        ("dots", {"o1": "6", "o3": "5"}, "You gave 11 dots; please give at least 1 and at most 10."),
        ("dots", {}, "You gave 0 dots; please give at least 1 and at most 10."),
        ("dots", {"o1": "-1", "o2": "5"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_what_cannot_be_counted_is_told_and_stays_in_the_form(people, kind, typed, told):
    found = ballot(people.lena, seats=[people.marko], kind=kind)
    response = cast(people, found, **typed)

    errors = [error for found in response.context["form"].errors.values() for error in found]
    assert (response.status_code, errors, Vote.objects.count()) == (400, [told], 0)


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("score", {"o1": 5}),
        ("score", {"o1": True, "o2": 1, "o3": 1}),
        ("score", {"o1": 11, "o2": 1, "o3": 1}),
        ("dots", {"o1": 11}),
        ("dots", {"o9": 1}),
        ("dots", {}),
        ("dots", {"o1": -1, "o2": 2}),
    ],
)
def test_the_service_refuses_it_too(people, kind, choice):
    found = ballot(people.lena, seats=[people.marko], kind=kind)

    with pytest.raises(ValidationError):
        services.cast(found, people.marko.affiliations.get().organisation, choice, by=people.marko)


def test_the_result_names_the_points(people):
    found = ballot(people.lena, seats=[people.marko], kind="score")
    cast(people, found, o1="10", o2="0", o3="7")
    services.close(over(found).pk)

    outcome = browser_of(people.marko).get(found.get_absolute_url()).context["outcome"]
    assert (outcome["rows"], outcome["winner"]) == ([("Vienna", 10), ("Sofia", 0), ("Athens", 7)], "Vienna")
