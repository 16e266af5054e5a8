"""Calendars and news feeds of others, harmless and hostile."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from platform_core.programme.events import imports
from platform_core.programme.events.imports.found import plain

SOON = (timezone.now() + timedelta(days=40)).date()
ROME = ZoneInfo("Europe/Rome")


def ics(*lines: str, begins: str = "DTSTART;TZID=Europe/Rome:{day}T100000", uid: str = "a@x") -> bytes:
    own = [begins.format(day=f"{SOON:%Y%m%d}"), f"UID:{uid}" if uid else "X-NO:1", "SUMMARY:Fair"]
    rows = ["BEGIN:VEVENT", *own, *(line.format(day=f"{SOON:%Y%m%d}") for line in lines), "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *rows, "END:VCALENDAR", ""]).encode()


def read(content: bytes, zone: ZoneInfo = ROME):
    return imports.read(content, zone)


def at(hour: int, zone: str) -> datetime:
    return datetime(SOON.year, SOON.month, SOON.day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("begins", "hour", "zone"),
    [
        ("DTSTART;TZID=Europe/Bucharest:{day}T100000", 10, "Europe/Bucharest"),
        ("DTSTART;TZID=W. Europe Standard Time:{day}T100000", 10, "Europe/Berlin"),
        ("DTSTART;TZID=GTB Standard Time:{day}T100000", 10, "Europe/Bucharest"),
        ("DTSTART;TZID=/citadel.org/20250101_1/Europe/Athens:{day}T100000", 10, "Europe/Athens"),
        ("DTSTART:{day}T100000", 10, "Europe/Rome"),
        ("DTSTART:{day}T100000Z", 10, "UTC"),
    ],
)
def test_zones_are_known_by_all_their_names(begins, hour, zone):
    (found,), problems = read(ics(begins=begins))

    assert (found.starts, found.ends, problems) == (at(hour, zone), at(hour, zone), [])


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        (["DTEND;TZID=Europe/Rome:{day}T113000"], 1.5),
        (["DTEND;TZID=Europe/Athens:{day}T113000"], 0.5),
        (["DURATION:PT2H"], 2),
        ([], 0),
    ],
)
def test_ends(lines, hours):
    (found,), _problems = read(ics(*lines))

    assert (found.ends - found.starts).total_seconds() / 3600 == hours


def test_whole_days():
    (found,), _problems = read(ics(begins="DTSTART;VALUE=DATE:{day}"))

    assert (found.is_whole_day, found.starts, found.ends - found.starts >= timedelta(hours=23)) == (
        True,
        at(0, "Europe/Rome"),
        True,
    )


def test_repetitions_and_their_exceptions():
    moved = SOON + timedelta(days=7)
    out = SOON + timedelta(days=14)
    master = ics("RRULE:FREQ=WEEKLY;COUNT=4", f"EXDATE;TZID=Europe/Rome:{out:%Y%m%d}T100000").decode()
    other = ics(
        f"RECURRENCE-ID;TZID=Europe/Rome:{moved:%Y%m%d}T100000",
        begins=f"DTSTART;TZID=Europe/Rome:{moved:%Y%m%d}T150000",
    )
    both = master.replace("END:VCALENDAR\r\n", other.decode().split("PRODID:x\r\n")[1])

    found, problems = read(both.encode())

    shown = {one.recurrence: one.starts.astimezone(ROME).hour for one in found}
    last = SOON + timedelta(days=21)
    assert (shown, problems) == ({f"{SOON:%Y%m%d}": 10, f"{moved:%Y%m%d}": 15, f"{last:%Y%m%d}": 10}, [])


@pytest.mark.parametrize(
    "content",
    [
        ics("RRULE:FREQ=SECONDLY;COUNT=99999999"),
        ics("RRULE:FREQ=HOURLY"),
        ics("RRULE:FREQ=WEEKLY;BYHOUR=1,2,3"),
        ics("RRULE:FREQ=MONTHLY;BYDAY=XX"),
        ics("DTEND;TZID=Europe/Rome:20200101T100000"),
        ics("DURATION:P900D"),
        ics(begins="DTSTART;TZID=Mars/Base:{day}T100000"),
        ics(begins="DTSTART:garbage"),
        ics(begins="X-NONE:1"),
        ics(uid=""),
        ics(uid="x" * 400),
    ],
)
def test_what_cannot_be_read_is_told_and_left_out(content):
    found, problems = read(content)

    assert (found, len(problems)) == ([], 1)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=99999999",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_endless_rules_are_bounded(rule):
    found, _problems = read(ics(f"RRULE:{rule}", begins="DTSTART;TZID=Europe/Rome:20000101T100000"))

    assert len(found) <= 400
    assert {one.starts <= timezone.now() + imports.AHEAD + timedelta(days=1) for one in found} <= {True}


def test_markup_is_taken_out():
    (found,), _problems = read(
        ics(
            "DESCRIPTION:<p>Come <b>all</b></p><script>alert(1)</script><br>&amp; bring friends",
            "URL:javascript:alert(1)",
            "LOCATION:Rome",
        )
    )

    assert (found.text, found.url, found.place) == ("Come all\n\n& bring friends", "", "Rome")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"BEGIN:VCALENDAR\r\nnonsense",
        b"<html",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><rss>&d;</rss>',
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><rss/>',
        b"BEGIN:VCALENDAR" + b"x" * imports.LARGEST,
    ],
)
def test_what_is_no_calendar_is_refused(content):
    with pytest.raises(ValidationError):
        read(content)


def test_only_so_many_entries_are_read():
    one = ics(uid="%d@x").decode().split("PRODID:x\r\n")[1].removesuffix("END:VCALENDAR\r\n")
    many = "".join(one % number for number in range(2005))

    found, problems = read(ics().replace(b"END:VCALENDAR", f"{many}END:VCALENDAR".encode()))

    assert (len(found), len(problems)) == (2000, 1)


RSS = """<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>News</title>
<item><title>Fair</title><guid>1</guid><link>https://example.org/1</link><pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Come&lt;/p&gt;</description><ev:startdate>{day}T10:00:00+02:00</ev:startdate><ev:location>Cluj</ev:location></item>
<item><title>Call open</title><guid>2</guid></item><item><description>Nothing</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Fair</title><id>1</id>
<link rel="alternate" href="https://example.org/1"/></entry></feed>"""


def test_news_name_their_events():
    (fair, call), problems = read(RSS.format(day=SOON).encode())

    assert (fair.uid, fair.text, fair.place, fair.url) == ("1", "Come", "Cluj", "https://example.org/1")
    assert fair.starts == datetime(SOON.year, SOON.month, SOON.day, 8, tzinfo=UTC)
    assert (call.title, call.starts, len(problems)) == ("Call open", None, 1)


def test_the_day_of_publication_is_not_that_of_the_event():
    (found,), _problems = read(ATOM.encode())

    assert (found.uid, found.url, found.starts) == ("1", "https://example.org/1", None)


@pytest.mark.parametrize(("text", "bare"), [("a<b", "a"), ("1 &lt; 2", "1 < 2"), ("<svg onload=x>y</svg>", "y")])
def test_plain_text(text, bare):
    assert plain(text, 100) == bare
