"""A member's home."""

import pytest
from django.utils import timezone

from tests.factories.meetings import meeting
from tests.factories.workinggroups import file_document
from tests.people import browser_of
from tests.settling import settle
from workinggroups.services import meetings, reviews, tasks

pytestmark = pytest.mark.django_db

HOME = "/en/mine/"


def test_who_signs_in_comes_home(people):
    assert browser_of(people.ana).get("/en/account/home/", follow=True).redirect_chain[-1][0] == HOME


def test_guests_are_asked_to_sign_in(people):
    assert browser_of(people.guest).get(HOME).status_code == 302


def test_everything_that_waits_is_there(people):
    made = meeting(people.wanda, title="The hour of truth")
    meetings.call(made, by=people.wanda)
    tasks.add(made.group, title="Ask the banks", by=people.wanda, owner=people.wanda)
    reviews.ask(file_document(people.lena), [people.wanda], by=people.lena, due_on=timezone.localdate())
    settle()

    shown = browser_of(people.wanda).get(HOME).text

    words = (
        "Invitation: The hour of truth",
        "The hour of truth</a>",
        "Ask the banks",
        "Review of “plan”",
        "Working group 4",
    )
    assert [word for word in words if word not in shown] == []


def test_nothing_of_others_is_there(people):
    meetings.call(meeting(people.wanda, title="The hour of truth"), by=people.wanda)
    settle()

    assert "The hour of truth" not in browser_of(people.petra).get(HOME).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_home_takes_as_many_queries_for_one_meeting_as_for_three(people, number, django_assert_num_queries):
    for days in range(number):
        meetings.call(meeting(people.wanda, days=days + 1), by=people.wanda)
    settle()
    browser = browser_of(people.wanda)
    browser.get(HOME)

    with django_assert_num_queries(12):
        browser.get(HOME)
