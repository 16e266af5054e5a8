from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from platform_core.identity.access import watching
from platform_core.identity.access.models import Look, RoleAssignment
from platform_core.identity.audit.models import Event
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = pytest.mark.database

WHY = "She cannot find her draft"


def begin(people, name: str, watcher: str = "lena"):
    browser = browser_of(people.named(watcher))
    address = people.named(name).email if name != "guest" else "nobody@example.org"
    response = browser.post(reverse("access:see_as"), {"person": address, "why": WHY})
    return browser, response


def test_the_lead_partner_sees_what_the_person_sees_and_no_more(people):
    own = record("Draft of Marko", publish=False, by=people.marko)
    other = record("Draft of Ana", publish=False, by=people.ana)

    browser, _response = begin(people, "ana")

    assert browser.get(own.get_absolute_url()).status_code == 404
    assert browser.get(other.get_absolute_url()).status_code == 200
    assert b"You see the platform as Ana does" in browser.get("/en/members/").content


def test_looking_is_logged_and_the_person_can_read_why(people):
    begin(people, "ana")

    look = Look.objects.get()
    event = Event.objects.order_by("-id").first()
    page = browser_of(people.ana).get(reverse("access:mine"))

    assert (look.person, look.watcher, look.why) == (people.ana, people.lena.pseudonym, WHY)
    assert (event.verb, event.actor, event.payload) == ("access.saw_as", people.lena.pseudonym, {"look": look.pk})
    assert page.context["looks"] == [(look, "Lena")]


def test_nothing_can_be_changed_meanwhile(people):
    browser, _response = begin(people, "marko")
    before = (Record.objects.count(), RoleAssignment.objects.count(), Event.objects.count())

    refused = browser.post(reverse("repository:deposit", args=["report"]), {"title": "x"})

    assert (refused.status_code, refused.headers["Cache-Control"]) == (
        403,
        "no-store",
    )
    assert (Record.objects.count(), RoleAssignment.objects.count(), Event.objects.count()) == before


def test_even_a_page_that_writes_when_read_changes_nothing(people):
    with pytest.raises(watching.ReadOnlyError), watching.read_only(), transaction.atomic():
        RoleAssignment.objects.update(why="x")
    with pytest.raises(watching.ReadOnlyError), watching.read_only(), transaction.atomic():
        RoleAssignment.objects.create(person=people.ana, role="editor", begins="2026-01-01")
    with watching.read_only():
        assert RoleAssignment.objects.count() == 2


@pytest.mark.parametrize(
    "address",
    ["/en/account/settings/", "/en/account/email/", "/en/notices/", "/en/people/me/", "/en/members/org-ana/apply/"],
)
def test_what_belongs_to_the_person_alone_stays_closed(people, address):
    browser, _response = begin(people, "ana")

    assert browser.get(address).status_code == 403


def test_it_ends_by_itself(people):
    browser, _response = begin(people, "ana")
    session = browser.session
    session[watching.KEY] = {**session[watching.KEY], "until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()

    assert b"You see the platform as" not in browser.get("/en/members/").content
    assert watching.KEY not in browser.session


def test_it_can_be_stopped(people):
    browser, _response = begin(people, "ana")

    stopped = browser.post(reverse("access:stop_seeing_as"))

    assert stopped.headers["Location"] == reverse("access:see_as")
    assert browser.get(reverse("access:see_as")).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("marko", 302), ("lena", 400), ("guest", 400)])
def test_whose_eyes_can_be_borrowed(people, name, status):
    assert begin(people, name)[1].status_code == status


def test_the_eyes_of_another_who_looks_after_the_platform_cannot_be_borrowed(people):
    RoleAssignment.objects.create(person=people.marko, role="lead_partner", begins="2026-01-01")

    assert begin(people, "marko")[1].status_code == 400
    assert Look.objects.count() == 0


@pytest.mark.parametrize("name", ["wanda", "marko", "ana", "petra", "carl"])
def test_nobody_else_looks_with_other_eyes(people, name):
    assert begin(people, "ana", watcher=name)[1].status_code == 403
    assert Look.objects.count() == 0


def test_a_lead_partner_who_lost_the_role_meanwhile_sees_with_her_own_eyes(people):
    browser, _response = begin(people, "ana")
    RoleAssignment.objects.filter(role="lead_partner").update(begins="2020-01-01", ends="2020-12-31")

    assert b"You see the platform as" not in browser.get("/en/members/").content
