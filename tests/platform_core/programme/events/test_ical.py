from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from tests.factories.events import event

pytestmark = pytest.mark.django_db


def feed(client, query: str = "", language: str = "en"):
    answer = client.get(f"/feeds/events.ics{query}", headers={"Accept-Language": language})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def test_times_are_in_the_zone_of_the_place(client):
    starts, ends = datetime(2099, 7, 1, 7, 0, tzinfo=UTC), datetime(2099, 7, 1, 9, 30, tzinfo=UTC)
    event(starts=starts, ends=ends, time_zone="Europe/Athens")

    calendar = feed(client)

    (entry,) = calendar.walk("VEVENT")
    assert entry["dtstart"].dt.isoformat() == "2099-07-01T10:00:00+03:00"
    assert entry["dtend"].dt.isoformat() == "2099-07-01T12:30:00+03:00"
    assert entry["dtstart"].params["TZID"] == "Europe/Athens"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Athens"]


@pytest.mark.parametrize(("language", "title"), [("en", "Cluster week"), ("el", "Εβδομάδα"), ("it", "Cluster week")])
def test_every_entry_carries_its_address(client, settings, language, title):
    event({"en": "Cluster week", "el": "Εβδομάδα"}, code="week", place={"en": "Graz"}, url="https://example.org/x")

    (entry,) = feed(client, language=language).walk("VEVENT")

    address = f"{settings.SITE_URL}/{language}/events/week/"
    assert (entry["summary"], entry["url"], entry["location"]) == (title, address, "Graz")
    assert entry["description"] == f"{address}\nhttps://example.org/x"
    assert entry["uid"] == "week@clusterpolisee"


@pytest.mark.parametrize(
    ("query", "expected"), [("", ["Past", "A", "B"]), ("?topic=1", ["Past", "A"]), ("?topic=9", ["Past", "A", "B"])]
)
def test_feed_gives_events_by_topic(client, query, expected):
    event("A", topics=[1], days=1)
    event("B", topics=[4], days=2)
    event("Past", topics=[1], days=-3)
    event("Long past", topics=[1], days=-99)

    assert [entry["summary"] for entry in feed(client, query).walk("VEVENT")] == expected


def test_hostile_texts_stay_within_their_line(client):
    event("A;b,c\\d\r\nEND:VEVENT\r\nBEGIN:VEVENT", code="week", summary={"en": "x\nATTACH:evil"})

    (entry,) = feed(client).walk("VEVENT")

    assert "attach" not in entry
    assert " ".join(entry["summary"].split()) == "A;b,c\\d END:VEVENT BEGIN:VEVENT"


def test_empty_calendar_is_one_too(client):
    assert (feed(client)["version"], feed(client).walk("VEVENT")) == ("2.0", [])
