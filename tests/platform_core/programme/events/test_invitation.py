from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.programme.events import ical

pytestmark = pytest.mark.django_db

MEETING = CalendarEntry(
    uid="meeting-7@clusterpolisee",
    title="Steering meeting",
    begins=datetime(2026, 10, 24, 8, tzinfo=UTC),
    ends=datetime(2026, 10, 24, 9, tzinfo=UTC),
    zone="Europe/Bucharest",
    address="/en/groups/4/meetings/7/",
    call="https://meet.example.org/room",
    changed_at=datetime(2026, 9, 1, 10, 0, 0, 123, tzinfo=UTC),
    sequence=2,
)
LENA, MARKO = ("Lena Lead", "lena@example.org"), ("Marko Member", "marko@example.org")


def sent(entry=MEETING, method="REQUEST", organiser=LENA, attendees=(MARKO,)):
    book = Calendar.from_ical(ical.invitation(entry, method, organiser, list(attendees)))
    (item,) = book.walk("VEVENT")
    return book, item


def test_invitation_names_who_invites_and_who_is_invited():
    book, item = sent()

    assert (book["method"], item["organizer"], item["organizer"].params["CN"]) == (
        "REQUEST",
        "mailto:lena@example.org",
        "Lena Lead",
    )
    assert (item["attendee"], item["attendee"].params["RSVP"]) == ("mailto:marko@example.org", "FALSE")
    assert item["dtstart"].dt.isoformat() == "2026-10-24T11:00:00+03:00"
    assert (item["uid"], item["sequence"], item["status"]) == (MEETING.uid, 2, "CONFIRMED")


def test_invitation_carries_page_and_call(settings):
    _book, item = sent()

    page = settings.SITE_URL + MEETING.address
    assert (item["url"], item["conference"]) == (page, MEETING.call)
    asked = f"Please say here whether you come, not in your calendar: {page}"
    assert item["description"] == f"Online room: {MEETING.call}\n{asked}"


@pytest.mark.parametrize("method", ["CANCEL", "PUBLISH"])
def test_nobody_is_asked_to_come_where_nothing_can_be_answered(settings, method):
    _book, item = sent(method=method)

    assert item["description"] == f"Online room: {MEETING.call}\n{settings.SITE_URL}{MEETING.address}"


@pytest.mark.parametrize(
    ("method", "cancelled", "status", "asked"),
    [
        ("REQUEST", False, "CONFIRMED", True),
        ("CANCEL", False, "CANCELLED", True),
        ("CANCEL", True, "CANCELLED", True),
        ("PUBLISH", True, "CANCELLED", False),
        ("PUBLISH", False, "CONFIRMED", False),
    ],
)
def test_methods(method, cancelled, status, asked):
    book, item = sent(replace(MEETING, is_cancelled=cancelled), method)

    assert (book["method"], item["status"], "attendee" in item) == (method, status, asked)


def test_same_entry_gives_the_same_bytes():
    first, second = (ical.invitation(MEETING, "REQUEST", LENA, [MARKO]) for _ in range(2))

    assert first == second
    assert "DTSTAMP:20260901T100000Z" in first


def test_hostile_names_stay_within_their_line_and_hostile_addresses_are_refused():
    _book, item = sent(attendees=[('Eve"\r\nX-EVIL:1', "eve@example.org")])

    assert (item["attendee"].params["CN"], "x-evil" in item) == ("Eve' X-EVIL:1", False)
    with pytest.raises(ValueError):
        sent(attendees=[("Eve", "eve@example.org\r\nX-EVIL:1")])
