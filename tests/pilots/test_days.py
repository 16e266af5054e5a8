"""Days of pilot actions and peer reviews in the calendar of those whom they concern."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.declarations.days import entries
from pilots.models import FollowUp, Milestone, PeerReview, Period, Pilot
from tests.factories import pilots as made, reviews
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    now = timezone.now()
    return sorted(str(entry.title) for entry in entries(user, now - timedelta(3), now + timedelta(90)))


def test_a_call_is_in_the_calendar_until_it_closes(people):
    call = made.call(people.wanda)
    assert [told(one) for one in (people.guest, people.ana)] == [[], ["Proposals until: First call"]]

    made.close(call)
    assert told(people.ana) == []


def test_milestones_and_reports_are_in_the_calendar_of_those_who_carry_it_out(people):
    pilot = made.running(people)
    Period.objects.exclude(number=1).delete()
    days = {
        "begins": made.today() - timedelta(30),
        "ends": made.today() - timedelta(1),
        "due_on": made.today() + timedelta(30),
    }
    Period.objects.update(**days)
    Pilot.objects.filter(pk=pilot.pk).update(begun_on=made.today() - timedelta(1))
    mine = [title for title in told(people.marko) if not title.startswith("Proposals")]

    assert mine == ["Milestone: First vouchers", "Report due: Vouchers on trial"]
    assert [title for title in told(people.ana) if not title.startswith("Proposals")] == []

    Milestone.objects.update(done_on=made.today())
    made.report(pilot, people.marko)
    assert [title for title in told(people.marko) if not title.startswith("Proposals")] == []


def test_two_days_of_peers_and_what_is_asked_afterwards(people):
    review = reviews.planned(people)
    PeerReview.objects.filter(pk=review.pk).update(first_day=made.today() + timedelta(10))
    assert told(people.marko) == [f"Peer review: {review.title}"]
    now = timezone.now()
    (entry,) = entries(people.marko, now, now + timedelta(90))
    assert (entry.ends - entry.begins, entry.kind) == (timedelta(days=2), "workshop")

    FollowUp.objects.create(review=review, months=6, due_on=made.today() + timedelta(20))
    assert told(people.marko)[1:] == [f"What became of it: {review.title}"]
    assert [one for one in told(people.ana) if one.startswith("What")] == []


def test_the_calendar_shows_them(people):
    made.call(people.wanda)

    assert "First call" in browser_of(people.ana).get("/en/events/").content.decode()
