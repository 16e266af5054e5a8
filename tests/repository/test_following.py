"""Who follows a record hears of its versions, of who takes it over, and of its end."""

import pytest

from platform_core.exchange.messaging import services as messaging
from platform_core.exchange.messaging.models import Notice
from platform_core.people.members.models import Organisation
from repository import adoptions, services
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(person) -> list[str]:
    settle()
    rows = Notice.objects.filter(recipient=person, channel="site", kind__startswith="repository.followed")
    return list(rows.order_by("pk").values_list("subject", flat=True))


def test_a_record_is_followed_from_its_page(people):
    found = record("Vouchers")
    browser = browser_of(people.carl)
    assert b'value="follow"' in browser.get(found.get_absolute_url()).content

    browser.post(f"/en/following/repository.record/{found.pk}/", {"deed": "follow"})

    assert b'value="unfollow"' in browser.get(found.get_absolute_url()).content
    assert b'value="follow"' not in browser_of(people.guest).get(found.get_absolute_url()).content


def test_followers_hear_of_what_becomes_of_it(people):
    found = record("Vouchers")
    for person in (people.carl, people.lena):
        messaging.follow(person, found)
    services.change(found, by=people.lena, note="Better", year=2025)
    settle()
    own = {"region": None, "year": 2025, "adapted": "Smaller", "outcome": "", "language": "en"}
    adoptions.adopt(found, Organisation.objects.get(code="org-ana"), by=people.ana, **own)
    settle()
    services.withdraw(found, by=people.lena, why="Wrong")

    assert told(people.carl) == ["Revised: Vouchers", "Taken over: Vouchers", "Withdrawn: Vouchers"]
    assert told(people.lena) == ["Taken over: Vouchers"]


def test_nobody_hears_of_what_she_may_not_see(people):
    found = record("Vouchers")
    for person in (people.carl, people.ana):
        messaging.follow(person, found)
    services.change(found, by=people.lena, note="For us", for_members=True)
    settle()
    services.withdraw(found, by=people.lena, why="zqreason")

    assert (told(people.carl), told(people.ana)) == ([], ["Revised: Vouchers", "Withdrawn: Vouchers"])
