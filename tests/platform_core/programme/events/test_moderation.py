"""From a member's proposal to the calendar, over HTTP."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from platform_core.exchange.cases.models import Case
from platform_core.identity.access import services as access
from platform_core.identity.audit.models import Event
from platform_core.programme.events.models import CalendarEvent
from platform_core.programme.events.services import events as services
from tests.factories.events import event
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TYPED = {
    "title": "Days of wood",
    "kind": "conference",
    "topics": ["2"],
    "begins_on": "2099-05-06",
    "begins_at": "10:00",
    "ends_at": "12:00",
    "time_zone": "Europe/Bucharest",
    "mode": "onsite",
    "place": "Cluj",
    "country": "RO",
    "seen_by": "public",
    "every": "1",
    "monthly": "day",
}
NEW = "/en/events/new/"


def proposed(person, **typed) -> CalendarEvent:
    answer = browser_of(person).post(NEW, TYPED | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    settle()
    return CalendarEvent.objects.order_by("-pk").first()


def answered(person, code: str, reason: str = "Because it is so.") -> None:
    answer = browser_of(person).post(f"/en/cases/{Case.objects.latest('pk').pk}/answer/{code}/", {"reason": reason})
    assert answer.status_code == 302
    settle()
    cache.clear()


def pages(person) -> list[bool]:
    """Whether an event is seen in the list, the month, the search, on the start page and in the feed."""
    asked = ["en/events/", "en/events/?view=month&month=2099-05", "en/search/?q=wood", "en/", "feeds/events.ics"]
    return [b"Days of wood" in browser_of(person).get(f"/{address}").content for address in asked]


def test_a_proposal_is_seen_by_nobody_else_until_it_is_accepted(people):
    made = proposed(people.ana)

    assert [any(pages(person)) for person in (people.guest, people.marko, people.ana, people.lena)] == [False] * 4
    seen = {name for name, one in people.each() if browser_of(one).get(made.get_absolute_url()).status_code == 200}
    assert seen == {"ana", "lena"}

    answered(people.lena, "accept")

    assert [pages(person) for person in (people.guest, people.ana)] == [[True] * 5] * 2
    assert [event.verb for event in Event.objects.filter(thing="events.calendarevent").order_by("pk")] == [
        "events.proposed",
        "events.announced",
    ]


def test_what_is_sent_back_is_changed_and_proposed_again(people):
    made, browser = proposed(people.marko), browser_of(people.marko)
    answered(people.lena, "changes", "Say where it is.")

    shown = browser.get(f"{made.get_absolute_url()}change/").context["form"]
    typed = {**TYPED, "place": "Cluj, town hall", "seen": shown["seen"].value()}
    assert browser.post(f"{made.get_absolute_url()}change/", typed).status_code == 302
    settle()

    made.refresh_from_db()
    assert (made.state, str(made.place), Case.objects.count()) == ("proposed", "Cluj, town hall", 2)
    answered(people.lena, "accept")
    made.refresh_from_db()
    assert made.state == "announced"


@pytest.mark.parametrize("code", ["decline", "changes"])
def test_what_is_not_taken_stays_out(people, code):
    proposed(people.ana)
    answered(people.lena, code)

    assert pages(people.guest) == [False] * 5


def test_a_proposal_is_taken_back(people):
    made = proposed(people.marko)

    browser_of(people.marko).post(f"/en/cases/{Case.objects.get().pk}/withdraw/")

    made.refresh_from_db()
    assert (made.state, Case.objects.get().state) == ("withdrawn", "withdrawn")


def test_deciding_is_for_full_members_alone(people):
    """An editor who acts for an associated member announces what is hers, and decides on nothing of others."""
    access.give_role(people.ana, "editor")
    proposed(people.marko)

    assert Case.objects.get().handler == "role:lead_partner"
    access.give_role(people.wanda, "editor")
    proposed(people.marko, title="Nights of stone")
    assert Case.objects.latest("pk").handler == "role:editor"


def test_partners_and_guests_propose_nothing(people):
    found = {name: browser_of(person).get(NEW).status_code for name, person in people.each()}

    allowed, refused = dict.fromkeys(("lena", "wanda", "marko", "ana"), 200), dict.fromkeys(("petra", "carl"), 403)
    assert found == {**allowed, **refused, "guest": 302}


def test_the_second_click_makes_no_second_event(people):
    key = "0b4f7a52-2b0a-4b0e-9c55-0a3a8f5f2c11"
    first, second = (browser_of(people.lena).post(NEW, TYPED | {"form_key": key}) for _ in range(2))

    assert (first.url, CalendarEvent.objects.count()) == (second.url, 1)


def test_nearly_the_same_event_is_hinted_at(people):
    twin = proposed(people.lena)
    browser = browser_of(people.marko)

    answer = browser.post(NEW, TYPED | {"title": "Day of wood"})

    assert (answer.status_code, answer.context["twins"], CalendarEvent.objects.count()) == (409, [twin], 1)
    assert browser.post(NEW, TYPED | {"title": "Day of wood", "in_spite": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, {"title"}),
        ({"begins_at": ""}, {"begins_at"}),
        ({"ends_on": "2099-05-05"}, {"ends_on"}),
        ({"ends_at": "09:00"}, {"ends_at"}),
        ({"begins_on": "2027-03-28", "begins_at": "03:30", "ends_at": "05:00"}, {"begins_at"}),
        ({"mode": "online"}, {"call"}),
        ({"place": ""}, {"place"}),
        ({"region": "AT22"}, {"region"}),
        ({"url": "javascript:alert(1)"}, {"url"}),
        ({"time_zone": "Mars/Base"}, {"time_zone"}),
        ({"seen_by": "group:4"}, {"seen_by"}),
        ({"registration_until": "2099-06-01T10:00"}, {"registration_until"}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(people, wrong, fields):
    answer = browser_of(people.marko).post(NEW, TYPED | wrong)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, fields)
    assert answer.context["form"]["kind"].value() == "conference"
    assert CalendarEvent.objects.count() == 0


def test_a_series_says_how_long(people):
    answer = browser_of(people.marko).post(NEW, TYPED | {"repeat": "weekly"})

    assert (answer.status_code, set(answer.context["repeat"].errors)) == (422, {"until"})


def test_nobody_overwrites_what_somebody_else_changed(people):
    made = event("Cluster week", place="Graz")
    browser, address = browser_of(people.lena), f"{made.get_absolute_url()}change/"
    form = browser.get(address).context["form"]
    typed = {**TYPED, "time_zone": "Europe/Athens", "seen": form["seen"].value()}
    names = ("kind", "time_zone", "starts", "ends")
    services.change(made, topics=[4], title="Cluster month", **{name: getattr(made, name) for name in names})

    assert (browser.post(address, typed).status_code, str(CalendarEvent.objects.get())) == (422, "Cluster month")


def test_the_second_of_two_equal_hours_stays_when_something_else_is_changed(people):
    starts = datetime(2099, 10, 25, 1, 30, tzinfo=UTC)
    made = event(starts=starts, ends=starts, time_zone="Europe/Rome", place="Rome")
    address = f"{made.get_absolute_url()}change/"
    form = browser_of(people.lena).get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}

    answer = browser_of(people.lena).post(address, typed | {"title": "Another"})

    changed = CalendarEvent.objects.get()
    assert (answer.status_code, str(changed), changed.starts, changed.moved_from) == (302, "Another", starts, None)
