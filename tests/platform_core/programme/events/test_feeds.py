import re
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from platform_core.identity.access import services as access
from platform_core.people.privacy.holdings import content
from platform_core.programme.events.models import CalendarFeed
from platform_core.programme.events.services import events as services
from tests.factories.events import event
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def made(person, **typed) -> str:
    """A private feed made on its page; gives the path told there."""
    page = browser_of(person).post("/en/events/feeds/make/", {"name": "My telephone", **typed})
    assert page.status_code == 200, page.context["form"].errors
    return re.search(r"/feeds/mine/[\w-]+\.ics", page.content.decode())[0]


def read(client, address: str, **headers):
    answer = client.get(address, headers=headers)
    found = Calendar.from_ical(answer.content).walk("VEVENT") if answer.content and answer.status_code == 200 else []
    return answer, [str(item["summary"]) for item in found]


def test_a_private_feed_holds_what_its_owner_may_see_now(client, people):
    hidden = event("Board", code="board", seen_by="members")
    event("Open day", days=40)
    address = made(people.ana)

    assert read(client, address)[1] == ["Board", "Open day"]
    assert read(client, "/feeds/events.ics")[1] == ["Open day"]
    access.set_audience(hidden, {"role:lead_partner"})
    assert read(client, address)[1] == ["Open day"]


def test_a_closed_feed_answers_nobody(client, people):
    address = made(people.ana)
    feed = CalendarFeed.objects.get()
    assert browser_of(people.marko).post(f"/en/events/feeds/{feed.pk}/close/").status_code == 404

    assert browser_of(people.ana).post(f"/en/events/feeds/{feed.pk}/close/").status_code == 302

    assert (read(client, address)[0].status_code, CalendarFeed.objects.count()) == (404, 0)


def test_closed_accounts_have_no_feed(client, people):
    address = made(people.ana)
    people.ana.is_active = False
    people.ana.save()

    assert read(client, address)[0].status_code == 404


def test_a_feed_keeps_filters_and_says_when_it_was_read(client, people):
    event("Money", topics=[4])
    event("Skills", topics=[6], code="skills")
    address = made(people.ana, topic="6")
    assert CalendarFeed.objects.get().used_on is None

    assert read(client, address)[1] == ["Skills"]
    assert (CalendarFeed.objects.get().filters, CalendarFeed.objects.get().used_on) == ("topic=6", timezone.localdate())


def test_only_mine_is_what_she_keeps_and_proposed(client, people):
    kept = event("Kept")
    event("Other", code="other")
    address = made(people.petra, mine="on")
    browser_of(people.petra).post(f"{kept.get_absolute_url()}keep/")

    assert read(client, address)[1] == ["Kept"]


def test_what_has_not_changed_is_not_told_again(client):
    event("Open day")
    first, _titles = read(client, "/feeds/events.ics")

    again, _none = read(client, "/feeds/events.ics", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    event("Another")
    assert read(client, "/feeds/events.ics", **{"If-None-Match": first["ETag"]})[0].status_code == 200


def test_a_cancelled_event_stays_and_says_so(client, people):
    found = event("Open day", call="https://meet.example.org/x")
    (before,) = Calendar.from_ical(client.get("/feeds/events.ics").content).walk("VEVENT")
    services.cancel([found], by=people.lena, why="Nobody has time")

    (after,) = Calendar.from_ical(client.get("/feeds/events.ics").content).walk("VEVENT")

    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CANCELLED", before["sequence"] + 1)
    assert after["description"].startswith("Cancelled. Nobody has time\nOnline room: https://meet.example.org/x\nhttp")


def test_a_moved_event_keeps_its_identity_and_counts_on(client, people):
    found = event("Open day")
    names = ("kind", "time_zone", "title", "ends")
    later = found.starts + timedelta(hours=1)
    services.change(
        found, topics=[4], by=people.lena, why="Trains", starts=later, **{name: getattr(found, name) for name in names}
    )

    (item,) = Calendar.from_ical(client.get("/feeds/events.ics").content).walk("VEVENT")

    assert (item["uid"], item["sequence"], item["dtstart"].dt) == (found.uid, 1, later)
    assert item["dtstamp"].dt > found.changed_at - timedelta(seconds=1)


def test_the_page_of_an_event_gives_it_alone(client):
    found = event("Open day")
    event("Another")

    answer, titles = read(client, f"{found.get_absolute_url()}event.ics")

    assert (titles, answer["Content-Disposition"]) == (["Open day"], 'attachment; filename="open-day.ics"')


def test_feeds_are_in_the_copy_of_ones_data_without_their_secret(people):
    secret = made(people.ana).split("/")[-1].removesuffix(".ics")

    told = str([rows for _data, _model, rows in content(people.ana)])

    assert ("My telephone" in told, secret in told) == (True, False)


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_a_feed_has_a_name(people, name):
    answer = browser_of(people.ana).post("/en/events/feeds/make/", {"name": name})

    assert (answer.status_code, CalendarFeed.objects.count()) == (422, 0)
