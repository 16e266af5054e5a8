from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.identity.audit.models import Event
from platform_core.programme.events import selectors
from platform_core.programme.events.models import CalendarEvent
from platform_core.programme.search import selectors as search
from tests.factories.events import event
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GUEST = AnonymousUser()


def titles(answer) -> list[str]:
    return [str(row) for row in answer.context["page"]]


@pytest.fixture
def calendar(db):
    event("Later", days=20, topics=[1, 4])
    event("Sooner", days=10, topics=[4])
    event("Long past", days=-20, topics=[4])
    event("Just past", days=-10, topics=[2])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Sooner", "Later"]),
        ("topic=1", ["Later"]),
        ("topic=2", []),
        ("past=1", ["Just past", "Long past"]),
        ("past=1&topic=4", ["Long past"]),
        ("topic=99", ["Sooner", "Later"]),
        ("topic=x", ["Sooner", "Later"]),
        ("topic=" + "9" * 5000, ["Sooner", "Later"]),
        ("page=99", ["Sooner", "Later"]),
        ("page=-1", ["Sooner", "Later"]),
    ],
)
def test_calendar_by_topic_and_time(client, calendar, query, expected):
    answer = client.get(f"/en/events/?{query}")

    assert (answer.status_code, titles(answer)) == (200, expected)


def test_event_that_is_on_now_is_still_coming(client):
    now = timezone.now()
    event("On now", starts=now - timedelta(hours=1), ends=now + timedelta(hours=1))

    assert [titles(client.get(f"/en/events/?{query}")) for query in ("", "past=1")] == [["On now"], []]


@pytest.mark.parametrize("language", ["en", "el", "it"])
def test_event_has_a_page_in_every_language(client, language):
    made = event({"en": "Cluster week", "el": "Εβδομάδα"}, code="week", place={"en": "Graz"})

    answer = client.get(f"/{language}/events/week/")

    shown = {"el": "Εβδομάδα", "en": "Cluster week", "it": '<span lang="en">Cluster week</span>'}[language]
    assert f"<h1>{shown}</h1>" in answer.content.decode()
    assert answer.context["event"] == made


def test_unknown_event_is_not_found(client):
    assert client.get("/en/events/nothing/").status_code == 404


def test_hidden_event_is_seen_by_its_audience_alone(people):
    access.set_audience(event("Board", code="board"), {"members"})
    settle()

    found = {}
    for name, person in people.each():
        browser = browser_of(person)
        answers = [browser.get(f"/en/{page}") for page in ("events/", "search/?q=board", "events/board/", "")]
        found[name] = [
            answer.status_code if answer.status_code == 404 else b"Board" in answer.content for answer in answers
        ]

    members, others = [True] * 4, [False, False, 404, False]
    assert found == {**dict.fromkeys(found, others), **dict.fromkeys(("lena", "wanda", "marko", "ana"), members)}
    assert b"Board" not in browser_of(people.guest).get("/feeds/events.ics").content


def test_announcing_is_for_lead_partner_and_editors(people):
    access.give_role(people.ana, "editor")
    found = {name for name, person in people.each() if person.has_perm("events.announce")}

    assert found == {"lena", "ana"}
    with pytest.raises(PermissionDenied):
        event("Mine", by=people.marko)
    assert CalendarEvent.objects.count() == 0


def test_announced_event_is_public_logged_and_found(people):
    made = event("Cluster week", by=people.lena, place={"en": "Graz"})
    settle()

    assert audience_of(made) == ["public"]
    assert Event.objects.filter(verb="events.announced", thing_id=str(made.pk)).count() == 1
    found = search.find(GUEST, search.Question("graz week", "events.calendarevent"))
    assert [entry.key for entry in found.entries] == ["cluster-week"]


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"kind": "party"}, {"code": "no code"}, {"url": "javascript:alert(1)"}, {"hours": -1}]
)
def test_bad_events_are_refused(wrong):
    if hours := wrong.pop("hours", None):
        wrong = {"starts": timezone.now(), "ends": timezone.now() + timedelta(hours=hours)}

    with pytest.raises(ValidationError), transaction.atomic():
        event(**{"title": "Week", "code": "week", **wrong})

    assert CalendarEvent.objects.count() == 0


def test_database_refuses_an_end_before_the_start():
    made = event()

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarEvent.objects.filter(pk=made.pk).update(ends=made.starts - timedelta(seconds=1))


def test_times_are_those_of_the_place():
    starts = datetime(2027, 1, 10, 23, 30, tzinfo=UTC)
    made = event(starts=starts, ends=starts, time_zone="Europe/Athens")

    assert made.local_starts.isoformat() == "2027-01-11T01:30:00+02:00"
    assert selectors.events(GUEST).get() == made


def test_calendar_costs_the_same_at_1_3_and_20_rows(client):
    counts = []
    client.get("/en/events/")  # reference rows are read once per process
    for more in (1, 2, 17):
        for _ in range(more):
            event(code=f"e{CalendarEvent.objects.count()}", topics=[1, 4])
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/events/")
        counts.append(len(asked))

    assert counts == [6] * 3
