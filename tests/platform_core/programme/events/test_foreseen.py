"""Before an event is moved or cancelled, its page says how many will be told; so many are."""

import re
from datetime import timedelta

import pytest

from platform_core.exchange.messaging.models import Notice
from platform_core.programme.events import models
from platform_core.programme.events.selectors.events import of_series
from platform_core.programme.events.services import events as services, series
from tests.factories.events import event
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BLOCK = re.compile(r'<div class="who-told">(.*?)</div>', re.DOTALL)


def foreseen(person, address: str) -> list[int]:
    blocks = BLOCK.findall(browser_of(person).get(address).content.decode())
    return [int((re.search(r"<p>(\d+) (?:person|people) will be told", block) or ["", "0"])[1]) for block in blocks]


def told(kind: str) -> int:
    settle()
    return len(set(Notice.objects.filter(kind=kind, channel="site").values_list("recipient", flat=True)))


@pytest.fixture
def kept(people):
    made = event()
    for person in (people.ana, people.carl):
        services.follow(made, by=person)
    return made


def test_moving_an_event(people, kept):
    number = foreseen(people.lena, f"{kept.get_absolute_url()}change/")
    moved = {"starts": kept.starts + timedelta(days=1), "ends": kept.ends + timedelta(days=1)}
    services.change(kept, topics=[4], by=people.lena, **moved)

    assert (number, told("events.moved")) == ([2], 2)


def test_cancelling_an_event(people, kept):
    number = foreseen(people.lena, f"{kept.get_absolute_url()}cancel/")
    services.cancel([kept], by=people.lena, why="Snow")

    assert (number, told("events.cancelled")) == ([2], 2)


def test_of_a_series_it_says_so_for_one_for_those_after_it_and_for_all(people):
    first = event(code="one")
    repeated = models.Series(unit="weekly", every=1, count=3)
    fields = ("title", "kind", "time_zone", "starts", "ends")
    made = series.begin(repeated, topics=[4], **{name: getattr(first, name) for name in fields})
    second, third = made.series.events.order_by("slot")[1:]
    for person, row in ((people.ana, made), (people.carl, second), (people.carl, third), (people.marko, third)):
        services.follow(row, by=person)

    number = foreseen(people.lena, f"{second.get_absolute_url()}cancel/")
    services.cancel(of_series(second, "following"), by=people.lena, why="Snow")

    assert (number, told("events.cancelled")) == ([1, 2, 3], 2)
