"""Memberships with an end, reminders of it, and suspension."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.models import User
from platform_core.identity.audit.services import dispatch_events
from platform_core.people.members import services
from platform_core.people.members.models import Membership, Organisation
from tests.people import browser_of

pytestmark = pytest.mark.database

TODAY = timezone.localdate()


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(code=f"org-{name}")


def is_member(person) -> bool:
    return User.objects.get(pk=person.pk).has_perm("members.view_contacts")


def test_a_suspended_membership_opens_nothing_until_it_goes_on(people):
    services.suspend(organisation("ana"), by=people.lena, why="No answer for a year")
    suspended = is_member(people.ana), people.ana.pk in people_of("members", TODAY)

    services.resume(organisation("ana"), by=people.lena, why="They are back")

    assert (suspended, is_member(people.ana)) == ((False, False), True)


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra"])
def test_only_the_lead_partner_suspends(people, name):
    with pytest.raises(PermissionDenied):
        services.suspend(organisation("ana"), by=people.named(name), why="x")
    assert browser_of(people.named(name)).get(reverse("members:suspend", args=["org-ana"])).status_code == 403


def test_what_is_suspended_is_not_suspended_twice(people):
    browser, address = browser_of(people.lena), reverse("members:suspend", args=["org-ana"])

    assert browser.post(address, {"why": "One"}).status_code == 302
    with pytest.raises(ValidationError):
        services.suspend(organisation("ana"), by=people.lena, why="Two")
    assert (browser.get(address).status_code, browser.post(address, {"why": "Back"}).status_code) == (200, 302)
    assert is_member(people.ana)


def test_a_membership_ends_by_itself(people):
    services.admit(
        organisation("carl"), tier="associated", by=people.lena, begins=TODAY - timedelta(days=9), ends=TODAY
    )
    assert is_member(people.carl)

    Membership.objects.filter(organisation=organisation("carl")).update(ends=TODAY - timedelta(days=1))
    assert not is_member(people.carl)


def test_a_membership_cannot_end_before_it_begins(people):
    with pytest.raises(ValidationError):
        services.admit(organisation("carl"), tier="associated", by=people.lena, ends=TODAY - timedelta(days=1))


@pytest.mark.parametrize(("days", "told"), [(31, set()), (30, {"Carl", "Lena"}), (0, {"Carl", "Lena"})])
def test_everybody_concerned_is_reminded_once(people, days, told):
    services.admit(organisation("carl"), tier="associated", by=people.lena, ends=TODAY + timedelta(days=days))

    for _again in range(2):
        services.remind_ending()
        dispatch_events()

    rows = Notice.objects.filter(kind="members.ending", channel="site")
    assert {row.recipient.name for row in rows} == told
    assert rows.count() == len(told)
