"""What other rooms add to the calendar, and to whom."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.events.models import CalendarEvent
from platform_core.programme.events.services import events as services
from platform_core.programme.governance.dates import ballots
from platform_core.programme.governance.selectors import decisions
from repository import comments
from tests.factories.consultations import consultation
from tests.factories.events import event
from tests.factories.governance import ballot
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def titles(person, query: str = "") -> list[str]:
    cache.clear()
    return [str(row) for row in browser_of(person).get(f"/en/events/?{query}").context["page"]]


def test_rounds_of_comments_close_for_those_who_may_comment(people):
    found = record("Vouchers")
    comments.ask_comments(
        found, ["Is it clear?"], timezone.localdate() + timedelta(days=9), by=people.lena, language="en"
    )

    seen = {name for name, person in people.each() if titles(person) == ["Comments until: Vouchers"]}

    assert seen == {"lena", "wanda", "marko", "ana"}
    assert titles(people.petra) == []


def test_votes_close_for_those_who_see_them(people):
    ballot(people.lena, seats=[people.marko])

    found = {name: titles(person) for name, person in people.each()}

    seeing = {name for name, person in people.each() if decisions(person).exists()}
    assert found == {name: ["Vote closes: Two peer reviews"] if name in seeing else [] for name in found}
    assert {"guest", "petra"} & seeing == set()


def test_an_extended_vote_counts_on(people):
    made = ballot(people.lena, seats=[people.marko])
    before = next(ballots(people.lena, timezone.now(), made.closes_at + timedelta(days=1)))

    made.closes_at += timedelta(days=1)
    made.save()
    after = next(ballots(people.lena, timezone.now(), made.closes_at + timedelta(days=1)))

    assert (after.uid, after.sequence - before.sequence) == (before.uid, 24 * 60)


def test_consultations_close_for_everybody(people):
    found = consultation()

    told = [f"Consultation closes: {found.title}"]
    assert [titles(people.guest), titles(people.guest, "topic=4"), titles(people.guest, "topic=1")] == [told, told, []]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Own", "Fair", "Talk"]),
        ("topic=1", ["Fair"]),
        ("kind=conference", ["Fair"]),
        ("who=own", ["Own", "Talk"]),
        ("who=eu", ["Fair"]),
        ("country=RO", ["Fair"]),
        ("region=RO32", ["Fair"]),
        ("online=1", ["Talk"]),
        ("words=BUKUREŞTI", ["Fair"]),
        ("words=nothing", []),
        ("country=RO&topic=4", []),
        ("country=XX&kind=party", ["Own", "Fair", "Talk"]),
        ("mine=1", ["Own", "Fair", "Talk"]),
        ("scope=group:4", []),
        ("scope=admin", ["Own", "Fair", "Talk"]),
    ],
)
def test_filters_are_those_of_the_list_and_of_the_feed(client, people, query, found):
    event("Own", days=10)
    places = {"country": vocabulary.country("RO"), "region": vocabulary.region("RO32")}
    event("Fair", days=11, topics=[1], kind="conference", is_european=True, place="Bukurešti", **places)
    event("Talk", days=12, mode="online", call="https://meet.example.org/x")

    feed = client.get(f"/feeds/events.ics?{query}").content.decode()

    assert titles(people.guest, query) == found
    assert [line[8:] for line in feed.splitlines() if line.startswith("SUMMARY:")] == found


def test_the_link_to_the_feed_carries_the_filters(client):
    page = client.get("/en/events/?topic=4&who=eu&page=2").content

    assert html.fromstring(page).xpath("//aside//a/@href")[0] == "/feeds/events.ics?topic=4&who=eu"


def test_a_month_shows_every_day_of_an_event_once(client):
    made = event("Fair", starts=timezone.now(), ends=timezone.now())
    CalendarEvent.objects.filter(pk=made.pk).update(
        starts="2027-03-16T08:00:00Z", ends="2027-03-18T15:00:00Z", time_zone="Europe/Rome"
    )

    month = client.get("/en/events/?view=month&month=2027-03").context["month"]

    held = [day.day.day for week in month.weeks for day in week if day.entries]
    assert (held, month.before, month.after, len(month.weeks)) == ([16, 17, 18], "2027-02", "2027-04", 5)


@pytest.mark.parametrize("asked", ["", "2027-13", "x", "2027-3", "9999-01"])
def test_a_month_that_is_none_is_this_one(client, asked):
    month = client.get(f"/en/events/?view=month&month={asked}").context["month"]

    assert month.first == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("query", ["view=month&month=2099-05", "view=map", ""])
def test_every_view_costs_the_same_at_1_and_30_rows(client, query):
    client.get("/en/events/")
    counts = []
    for more in (1, 29):
        for _number in range(more):
            made = event(code=f"e{CalendarEvent.objects.count()}", topics=[1, 4])
            CalendarEvent.objects.filter(pk=made.pk).update(starts="2099-05-05T10:00Z", ends="2099-05-05T11:00Z")
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/en/events/?{query}")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_is_over_is_found_by_its_year(client):
    event("Old", days=-800)
    event("New", days=-400, code="new-one")
    year = (timezone.now() - timedelta(days=400)).year

    assert [str(row) for row in client.get("/en/events/?past=1").context["page"]] == ["New", "Old"]
    assert [str(row) for row in client.get(f"/en/events/?past=1&year={year}").context["page"]] == ["New"]


def test_a_public_event_tells_programs_what_it_is(client, people):
    made = event("Fair", mode="hybrid", call="https://meet.example.org/x", place="</script><b>Rome")
    services.cancel([made], by=people.lena, why="Snow")

    page = client.get(made.get_absolute_url()).content.decode()
    (script,) = html.fromstring(page).xpath("//script[@type='application/ld+json']/text()")

    assert '"eventStatus": "https://schema.org/EventCancelled"' in script
    assert "</script><b>" not in page


def test_a_hidden_event_tells_programs_nothing(people):
    made = event("Board", seen_by="members")

    page = browser_of(people.ana).get(made.get_absolute_url()).content

    assert html.fromstring(page).xpath("//script[@type='application/ld+json']") == []
