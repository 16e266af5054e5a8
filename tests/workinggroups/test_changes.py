"""What changed in a member's groups since she was here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.forum import thread
from tests.factories.meetings import meeting
from tests.factories.tasks import task
from tests.factories.workinggroups import group, page
from tests.people import add_member, browser_of, hold_anyway
from workinggroups.models import Document, Visit
from workinggroups.selectors import changes
from workinggroups.services import visits, wiki

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOUR = timedelta(hours=1)


def away(person, time: timedelta) -> None:
    """As if she had been at her home that long ago."""
    Visit.objects.filter(person=person).update(at=timezone.now() - time)


def test_a_visit_begins_after_an_hour_without_her(people):
    found = [visits.come(people.wanda)]
    for time in (timedelta(minutes=1), timedelta(minutes=30), 3 * HOUR, timedelta(minutes=10)):
        away(people.wanda, time)
        before = Visit.objects.get().at
        found.append(visits.come(people.wanda) == before)

    assert found == [None, False, False, True, False]
    assert Visit.objects.get().before < timezone.now() - 2 * HOUR


def shown(person) -> list[tuple[str, str]]:
    own = [group()]
    rows = changes.changed_since(person, own, timezone.now() - HOUR)
    return [(str(row.kind), row.title) for row in rows]


def test_every_kind_of_thing_is_told_the_latest_first(people):
    page(people.wanda, title="Plan")
    meeting(people.wanda)
    task(people.wanda)
    wiki.create(group(), "Words", "Text", by=people.wanda)
    thread(people.wanda)

    assert shown(people.wanda) == [
        ("Forum", "Vouchers"),
        ("Wiki", "Words"),
        ("Task", "Write the plan"),
        ("Meeting", "Third meeting"),
        ("Document", "Plan"),
    ]


def test_nothing_she_does_not_see_and_nothing_from_before_is_told(people):
    rita = add_member("rita", "full")
    hold_anyway(rita, "wg_representative", scope="group:4")
    page(people.wanda, title="Hers", marking="restricted")
    page(people.wanda, title="Old")
    Document.objects.filter(title="Old").update(changed_at=timezone.now() - 2 * HOUR)
    page(people.wanda, title="Ours")

    assert [shown(person) for person in (rita, people.marko)] == [[("Document", "Ours")], []]


@pytest.mark.parametrize("number", [1, 12])
def test_ten_are_enough_and_many_cost_as_few_questions_as_one(people, django_assert_num_queries, number):
    for place in range(number):
        page(people.wanda, title=f"Plan {place}")
    own, since = [group()], timezone.now() - HOUR

    with django_assert_num_queries(5):
        found = changes.changed_since(people.wanda, own, since)
    assert len(found) == min(number, changes.MOST)


def test_her_home_tells_what_changed(people):
    browser = browser_of(people.wanda)
    first = browser.get("/en/mine/").content.decode()
    away(people.wanda, 3 * HOUR)
    page(people.wanda, title="Guarantees")

    again = browser.get("/en/mine/").content.decode()

    words = "Changed in my groups since you were here"
    assert [(html.count(words), html.count("Guarantees")) for html in (first, again)] == [(0, 0), (1, 1)]
