"""Meetings of a series changed and called off: one, those after it, all; what was changed for one of them stays."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.exchange.messaging.services import following
from platform_core.exchange.messaging.services.mails import written
from platform_core.ground.ui.moments import moment_words
from platform_core.identity.access.services import give_role
from tests.factories.meetings import HOUR, meeting
from tests.people import browser_of
from tests.settling import settle
from workinggroups.forms.meetings import meeting_initial
from workinggroups.models import Meeting, Minutes
from workinggroups.selectors.series import reached, to_come
from workinggroups.services import meetings, series

pytestmark = [pytest.mark.django_db, pytest.mark.database]

VIENNA = ZoneInfo("Europe/Vienna")
BEGIN = datetime(2027, 10, 13, 14, tzinfo=VIENNA)
BLOCK = re.compile(r'<div class="who-told">.*?<p>(?:(\d+) |Nobody)', re.DOTALL)


@pytest.fixture
def four(people) -> list[Meeting]:
    """13, 20, 27 October and 3 November 2027 at two; everybody of the group and marko is invited, ana to the last two."""
    first = meeting(people.wanda, starts=BEGIN, place="Vienna")
    meetings.invite(first, [people.marko], by=people.wanda)
    rows = [first, *meetings.repeat(first, by=people.wanda, weeks=1, times=3)]
    for row in rows[2:]:
        meetings.invite(row, [people.ana], by=people.wanda)
    for row in rows:
        meetings.call(row, by=people.wanda)
    settle()
    Notice.objects.all().delete()
    OutboxMail.objects.all().delete()
    return stored(rows)


def stored(rows) -> list[Meeting]:
    return [Meeting.objects.get(pk=row.pk) for row in rows]


def hours(rows) -> list[str]:
    return [f"{row.local_starts:%d %b %H:%M}" for row in stored(rows)]


def told() -> dict[str, list[str]]:
    settle()
    found: dict[str, list[str]] = {}
    for notice in Notice.objects.filter(channel="site").order_by("pk"):
        found.setdefault(notice.recipient.name, []).append(notice.subject)
    return found


def fields(of: Meeting, **changes) -> dict:
    names = ("title", "text", "language", "time_zone", "form", "place", "room", "call", "marking", "starts", "ends")
    return {name: getattr(of, name) for name in names} | changes


def typed(of: Meeting, **changes) -> dict:
    return meeting_initial(of) | changes


def test_a_new_hour_is_the_same_on_the_clock_over_the_change_of_october(people, four):
    starts = four[1].starts + timedelta(days=1, hours=2)
    given = fields(four[1], starts=starts, ends=starts + 2 * HOUR)

    series.change_together(four[1], reached(four[1], "following", by=people.wanda), by=people.wanda, **given)

    assert hours(four) == ["13 Oct 14:00", "21 Oct 16:00", "28 Oct 16:00", "04 Nov 16:00"]
    assert [row.starts.hour for row in stored(four)] == [12, 14, 14, 15]
    assert {row.ends - row.starts for row in stored(four)[1:]} == {2 * HOUR}


def test_what_was_changed_for_one_stays_unless_it_is_named(people, four):
    meetings.change(four[2], by=people.wanda, place="Graz", title="Special")
    rows = stored(four)

    series.change_together(
        rows[1], reached(rows[1], "following", by=people.wanda), by=people.wanda, **fields(rows[1], place="Linz")
    )
    left = [row.place for row in stored(four)]
    rows = stored(four)
    series.change_together(
        rows[1],
        reached(rows[1], "following", [four[2].pk], by=people.wanda),
        by=people.wanda,
        **fields(rows[1], place="Wels"),
    )

    assert left == ["Vienna", "Linz", "Graz", "Linz"]
    assert [(row.place, row.title) for row in stored(four)] == [
        ("Vienna", "Third meeting"),
        ("Wels", "Third meeting"),
        ("Wels", "Special"),
        ("Wels", "Third meeting"),
    ]
    assert [row.apart for row in stored(four)] == [[], [], ["title"], []]


def test_all_that_are_not_over_are_changed_from_any_of_them(people, four):
    Meeting.objects.filter(pk=four[0].pk).update(starts=BEGIN - timedelta(days=700), ends=BEGIN - timedelta(days=699))

    series.change_together(
        four[3], reached(four[3], "all", by=people.wanda), by=people.wanda, **fields(four[3], place="Linz")
    )

    assert [row.place for row in stored(four)] == ["Vienna", "Linz", "Linz", "Linz"]


def test_final_minutes_freeze_a_meeting_of_a_series(people, four):
    Minutes.objects.create(meeting=four[2], state="final", fingerprint="f" * 64, final_at=timezone.now())
    given = fields(four[0], place="Linz")

    series.change_together(four[0], four[1:], by=people.wanda, **given)
    series.cancel_together(stored(four)[0], stored(four)[1:], "Snow", by=people.wanda)

    assert [(row.place, row.state) for row in stored(four)] == [
        ("Linz", "cancelled"),
        ("Linz", "cancelled"),
        ("Vienna", "called"),
        ("Linz", "cancelled"),
    ]


def test_who_is_invited_to_all_of_them_is_told_once_and_others_of_theirs(people, four):
    series.change_together(
        four[0], reached(four[0], "all", by=people.wanda), by=people.wanda, **fields(four[0], place="Linz")
    )

    together = ["Changed: Third meeting, 4 meetings"]
    assert told() == {"Wanda": together, "Marko": together, "Ana": ["Changed: Third meeting"] * 2}
    (notice,) = Notice.objects.filter(recipient=people.marko, channel="site")
    moments = [moment_words(row.starts, row.time_zone) for row in four]
    assert [moment in notice.text for moment in moments] == [True] * 4


def test_one_mail_brings_an_entry_for_each_of_them_to_calendars(people, four):
    series.cancel_together(four[1], reached(four[1], "following", by=people.wanda), "Snow", by=people.wanda)
    settle()

    (mail,) = OutboxMail.objects.filter(recipient=people.marko.email)
    message = written(mail)
    files = [
        (name, content if isinstance(content, str) else content.decode())
        for name, content, _kind in message.attachments
    ]

    assert [name for name, _content in files] == ["calendar.ics", "calendar-2.ics", "calendar-3.ics"]
    for (_name, content), row in zip(files, stored(four)[1:], strict=True):
        lines = content.split("\r\n")
        wanted = {"METHOD:CANCEL", "STATUS:CANCELLED", f"UID:{row.uid}@clusterpolisee", f"SEQUENCE:{row.sequence}"}
        assert (wanted <= set(lines), lines.count("BEGIN:VEVENT")) == (True, 1)


def test_only_another_time_asks_anew(people, four):
    meetings.answer(four[1], by=people.marko, answer="yes")
    series.change_together(
        four[0], reached(four[0], "all", by=people.wanda), by=people.wanda, **fields(four[0], place="Linz")
    )
    kept = four[1].participants.get(person=people.marko).answer
    later = fields(stored(four)[0], starts=BEGIN + HOUR, ends=BEGIN + 2 * HOUR)
    series.change_together(stored(four)[0], reached(four[0], "all", by=people.wanda), by=people.wanda, **later)

    assert (kept, four[1].participants.get(person=people.marko).answer) == ("yes", "")


def test_who_comes_to_none_is_not_told_that_they_are_called_off(people, four):
    for row in four:
        meetings.answer(row, by=people.marko, answer="no")
    meetings.answer(four[0], by=people.wanda, answer="no")

    series.cancel_together(four[0], reached(four[0], "all", by=people.wanda), "Snow", by=people.wanda)

    assert {name: len(rows) for name, rows in told().items()} == {"Wanda": 1, "Ana": 2}


def test_a_room_made_here_is_one_of_its_own_for_each(people, four, settings):
    settings.JITSI_URL = "https://meet.example.org"
    given = fields(four[0], room="jitsi", call="", form="both")

    series.change_together(four[0], reached(four[0], "all", by=people.wanda), by=people.wanda, **given)
    calls = {row.call for row in stored(four)}
    series.change_together(
        stored(four)[0], reached(four[0], "all", by=people.wanda), by=people.wanda, **given | {"place": "Linz"}
    )

    assert (len(calls), {row.call for row in stored(four)}) == (4, calls)


def test_a_series_keeps_its_dates(people, four):
    with pytest.raises(ValidationError):
        series.change_together(
            four[0],
            reached(four[0], "all", by=people.wanda),
            by=people.wanda,
            **fields(four[0], starts=None, ends=None),
        )


def test_meetings_of_another_series_are_never_reached(people, four):
    other = meeting(people.wanda, title="Other")

    series.change_together(four[0], [other, *four[1:]], by=people.wanda, **fields(four[0], place="Linz"))
    with pytest.raises(PermissionDenied):
        series.cancel_together(four[0], four[1:], "Snow", by=people.marko)

    assert (stored([other])[0].place, {row.state for row in stored(four)}) == ("", {"called"})


def test_a_series_of_several_makers_is_reached_as_far_as_one_may(people):
    give_role(people.marko, "wg_representative", scope="group:4")
    first = meeting(people.wanda, starts=BEGIN, place="Vienna")
    own = meetings.repeat(first, by=people.marko, weeks=1, times=2)

    assert {row.pk for row in to_come(own[0], people.marko)} == {own[1].pk}
    assert {row.pk for row in to_come(own[0], people.wanda)} == {first.pk, own[1].pk}


def test_who_muted_the_meeting_that_was_opened_is_told_of_the_others(people, four):
    following.mute(people.marko, four[0])
    series.change_together(
        four[0], reached(four[0], "all", by=people.wanda), by=people.wanda, **fields(four[0], place="Linz")
    )

    assert len(told()["Marko"]) == 3


def test_whom_a_change_would_reach_is_asked_at_once(people, four):
    browser = browser_of(people.wanda)

    def asked() -> int:
        browser.get(f"{four[0].get_absolute_url()}change/")
        with CaptureQueriesContext(connection) as run:
            browser.get(f"{four[0].get_absolute_url()}change/")
        return len(run)

    few = asked()
    for row in meetings.repeat(four[3], by=people.wanda, weeks=1, times=4):
        meetings.invite(row, [people.ana], by=people.wanda)
        meetings.call(row, by=people.wanda)

    assert asked() == few


def test_the_form_offers_the_series_and_names_what_was_changed_for_itself(people, four):
    meetings.change(four[2], by=people.wanda, place="Graz")
    browser, address = browser_of(people.wanda), f"{four[1].get_absolute_url()}change/"

    form = browser.get(address).context["form"]
    sent = browser.post(address, typed(four[1], place="Linz", scope="following"))

    moment = moment_words(four[2].starts, "Europe/Vienna")
    assert [code for code, _label in form.fields["scope"].choices] == ["one", "following", "all"]
    assert form.fields["also"].choices == [(four[2].pk, f"Third meeting, {moment} (place)")]
    assert (sent.status_code, [row.place for row in stored(four)]) == (302, ["Vienna", "Linz", "Graz", "Linz"])


@pytest.mark.parametrize("also", ["999999", "x", "-1"])
def test_what_is_no_deviation_is_not_ticked(people, four, also):
    meetings.change(four[2], by=people.wanda, place="Graz")

    sent = browser_of(people.wanda).post(
        f"{four[1].get_absolute_url()}change/", typed(four[1], place="Linz", scope="all", also=also)
    )

    assert (sent.status_code, [row.place for row in stored(four)]) == (400, ["Vienna", "Vienna", "Graz", "Vienna"])


def test_a_single_meeting_is_not_asked_about_a_series(people):
    made = meeting(people.wanda)

    form = browser_of(people.wanda).get(f"{made.get_absolute_url()}cancel/").context["form"]

    assert list(form.fields) == ["why"]


@pytest.mark.parametrize(("scope", "number"), [("one", 2), ("following", 3), ("all", 3)])
def test_the_page_says_how_many_are_told(people, four, scope, number):
    address = f"{four[1].get_absolute_url()}cancel/"
    browser = browser_of(people.wanda)
    shown = BLOCK.findall(browser.get(address).content.decode())

    browser.post(address, {"why": "Snow", "scope": scope})

    assert (shown, len(told())) == (["2", "3", "3"], number)
