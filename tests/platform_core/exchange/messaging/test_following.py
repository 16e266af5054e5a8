import re

import pytest
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_core.exchange.messaging import selectors, services
from platform_core.exchange.messaging.models import Following, Notice
from platform_core.ground.registry.kinds import NoticeContent, NoticeKind
from platform_core.identity.access import services as access
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from tests.people import browser_of, hold_anyway
from tests.platform_core.ground.registry.declaring import declaring
from tests.settling import settle

pytestmark = pytest.mark.database


@pytest.fixture
def agency(people) -> Organisation:
    settle()
    return Organisation.objects.get(code="org-carl")


def address_of(thing) -> str:
    return reverse("messaging:follow", args=["members.organisation", thing.pk])


def wish_of(person) -> list[tuple[bool, bool]]:
    return list(Following.objects.filter(person=person).values_list("is_followed", "is_muted"))


def news(*people: User, **fields) -> NoticeKind:
    return NoticeKind(
        code="tests.news",
        name="News",
        verb="tests.news",
        recipients=lambda event: [person.pk for person in people],
        content=lambda event: NoticeContent(subject="News", text="It is new.", address="/en/"),
        **fields,
    )


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind="tests.news", channel="site").values_list("recipient__name", flat=True))


@pytest.mark.parametrize(
    ("deeds", "wish"),
    [
        (["follow", "follow"], [(True, False)]),
        (["follow", "unfollow", "unfollow"], []),
        (["unfollow"], []),
        (["follow", "mute"], [(True, True)]),
        (["follow", "mute", "unmute"], [(True, False)]),
        (["mute", "mute", "unfollow"], [(False, True)]),
        (["mute", "unmute"], []),
    ],
)
def test_what_a_person_wants_is_kept_once(people, agency, deeds, wish):
    for deed in deeds:
        getattr(services, deed)(people.ana, agency)

    assert wish_of(people.ana) == wish
    followed, muted = wish[0] if wish else (False, False)
    assert (selectors.is_following(people.ana, agency), selectors.has_muted(people.ana, agency)) == (followed, muted)


def test_followers_are_those_who_are_active_have_not_muted_and_still_see_it(people, agency):
    for person in (people.ana, people.marko, people.carl, people.petra, people.lena):
        services.follow(person, agency)
    services.mute(people.marko, agency)
    User.objects.filter(pk=people.petra.pk).update(is_active=False)

    assert selectors.followers(agency) == sorted([people.ana.pk, people.carl.pk, people.lena.pk])
    access.set_audience(agency, {"members"})
    assert selectors.followers(agency) == sorted([people.ana.pk, people.lena.pk])
    access.set_audience(agency, {f"person:{people.carl.pk}", "role:wg_leader@group:4"})
    assert selectors.followers(agency) == [people.carl.pk]
    access.drop_audience(agency)
    assert selectors.followers(agency) == []


def test_a_follower_whose_role_sleeps_is_not_told_by_it(people, agency, settings):
    settings.REQUIRE_SECOND_STEP = True
    hold_anyway(people.carl, "editor")
    for person in (people.carl, people.lena):
        services.follow(person, agency)
    access.set_audience(agency, {"role:editor", "members"})

    assert selectors.followers(agency) == [people.lena.pk]


def test_asking_who_follows_costs_the_same_for_one_and_for_many(people, agency):
    access.set_audience(agency, {"members", "role:lead_partner"})
    costs = []
    for person in (people.ana, people.marko):
        services.follow(person, agency)
        with CaptureQueriesContext(connection) as found:
            selectors.followers(agency)
        costs.append(len(found))

    assert costs[0] == costs[1]


def test_who_has_muted_a_thing_is_told_nothing_about_it(people, agency):
    services.follow(people.ana, agency)
    services.mute(people.ana, agency)

    with declaring(news(people.ana, people.marko)):
        audit.record("tests.news", agency)
        settle()

    assert told() == ["Marko"]


def test_what_bundles_notices_can_be_muted(people, agency):
    other = Organisation.objects.get(code="org-lena")
    services.mute(people.ana, other)
    thread = f"members.organisation:{other.pk}"

    with declaring(news(people.ana, people.marko, thread=lambda event: (thread, "Other"))):
        audit.record("tests.news", agency)
        settle()

    assert told() == ["Marko"]


def test_one_event_of_two_kinds_is_told_once_under_the_first(people, agency):
    first = news(people.ana, order=10)
    second = NoticeKind(
        code="tests.more", name="More", verb="tests.news", recipients=first.recipients, content=first.content, order=20
    )

    with declaring(second, first):
        audit.record("tests.news", agency)
        settle()

    found = Notice.objects.filter(recipient=people.ana, event__verb="tests.news")
    assert sorted(found.values_list("kind", "channel")) == [("tests.news", "mail"), ("tests.news", "site")]


def test_the_button_follows_and_leads_back_to_the_thing(people, agency):
    response = browser_of(people.ana).post(address_of(agency), {"deed": "follow"})

    assert (response.status_code, response.url) == (302, "/en/members/org-carl/")
    assert wish_of(people.ana) == [(True, False)]


@pytest.mark.parametrize("deed", ["", "delete", "__class__"])
def test_an_unknown_deed_does_nothing(people, agency, deed):
    response = browser_of(people.ana).post(address_of(agency), {"deed": deed})

    assert (response.status_code, wish_of(people.ana)) == (404, [])


def test_nobody_follows_what_she_may_not_see(people, agency):
    access.set_audience(agency, {"members"})
    answers = {
        name: browser_of(person).post(address_of(agency), {"deed": "follow"}).status_code
        for name, person in people.each()
    }

    seeing = dict.fromkeys(["lena", "wanda", "marko", "ana"], 302)
    assert answers == {**seeing, "petra": 404, "carl": 404, "guest": 302}
    assert sorted(Following.objects.values_list("person__name", flat=True)) == ["Ana", "Lena", "Marko", "Wanda"]


def test_the_button_offers_what_can_be_done(people, agency):
    template = engines["django"].from_string(
        '{% include "messaging/follow.html" with label="members.organisation" pk=pk %}'
    )

    def offered(person) -> list[str]:
        request = RequestFactory().get("/")
        request.user = person
        return re.findall(r'name="deed" value="(\w+)">', template.render({"pk": agency.pk}, request))

    assert (offered(people.guest), offered(people.ana)) == ([], ["follow", "mute"])
    services.follow(people.ana, agency)
    assert offered(people.ana) == ["unfollow", "mute"]
    services.mute(people.ana, agency)
    assert offered(people.ana) == ["unmute"]
