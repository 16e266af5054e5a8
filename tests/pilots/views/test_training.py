"""Courses over HTTP: from an event to a person who counts, and what each sees."""

import pytest

from pilots.models import Course, Participant
from pilots.selectors import training as selectors
from tests.consultations.views.pages import queries, texts
from tests.factories.events import event
from tests.factories.training import course, joined, opened, said, taught
from tests.people import browser_of

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/en/desk/training/", "/en/training/"
TYPED = {"aim": "factors", "topic": 4, "statements": "I know my cluster.\nI know my priorities."}


def test_from_an_event_to_somebody_who_counts(people):
    wanda, marko = browser_of(people.wanda), browser_of(people.marko)
    made = wanda.post(f"{DESK}new/", TYPED | {"event": event("Priorities").pk})
    found = Course.objects.get()
    assert made.url == f"{DESK}{found.pk}/"
    wanda.post(f"{made.url}open/")
    page = f"{PUBLIC}{found.pk}/"
    marko.post(f"{page}join/")
    first, second = (f"s{pk}" for pk in found.statements.values_list("pk", flat=True))
    assert marko.post(f"{page}assess/", {first: 2}).status_code == 400
    marko.post(f"{page}assess/", {first: 2, second: 3})
    taught(found, people.wanda)
    marko.post(f"{page}assess/", {first: 4, second: 3})

    assert Participant.objects.get().is_higher is True
    assert texts(marko.get(page), "//dl[contains(@class, 'long')]//dd") == ["before 2, after 4", "before 3, after 3"]
    assert [row.key for row in selectors.counted("factors", policy_makers=True)] == [f"person:{people.marko.pk}"]
    shown = wanda.get(made.url)
    assert texts(shown, "//tbody/tr/th") == ["Marko"]
    assert "before 2" not in shown.content.decode()


def test_strangers_find_no_course_that_is_prepared_and_hold_none(people):
    found = course(people.wanda)
    marko, guest = browser_of(people.marko), browser_of(people.guest)

    assert marko.get(f"{PUBLIC}{found.pk}/").status_code == 404
    assert marko.get(f"{DESK}{found.pk}/").status_code == 404
    assert marko.get(DESK).status_code == 403
    assert marko.post(f"{DESK}{found.pk}/open/").status_code == 404
    assert guest.get(f"{PUBLIC}{found.pk}/assess/").status_code == 302


def test_who_does_not_take_part_assesses_nothing(people):
    found = opened(people.wanda)

    assert browser_of(people.marko).get(f"{PUBLIC}{found.pk}/assess/").status_code == 404
    assert browser_of(people.marko).get(f"{DESK}{found.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "field"), [({"event": 0}, "event"), ({"aim": "fun"}, "aim"), ({"statements": "x" * 301}, "statements")]
)
def test_what_cannot_be_is_said_at_its_field(people, typed, field):
    page = browser_of(people.wanda).post(f"{DESK}new/", TYPED | {"event": event().pk} | typed)

    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])


def test_a_course_that_was_opened_meanwhile_is_not_changed(people):
    found = opened(people.wanda)
    page = browser_of(people.wanda).post(f"{DESK}{found.pk}/change/", TYPED)

    assert (page.status_code, texts(page, "//textarea")) == (400, [" ".join(TYPED["statements"].split())])


def test_the_list_of_participants_tells_no_scores(people):
    found = opened(people.wanda)
    (part,) = joined(found, people.marko)
    taught(found, people.wanda)
    said(part, 5, 5)

    lines = b"".join(browser_of(people.wanda).get(f"{DESK}{found.pk}/?csv")).decode("utf-8-sig").splitlines()

    assert lines[1:] == ["Marko,Organisation org-marko,yes,given,given"]


@pytest.mark.parametrize("address", [PUBLIC, DESK])
def test_as_many_queries_for_three_as_for_one(people, address):
    wanda = browser_of(people.wanda)
    opened(people.wanda)
    wanda.get(address)
    one = queries(wanda, address)
    opened(people.wanda, "Second"), opened(people.wanda, "Third")

    assert queries(wanda, address) == one
