"""A learning mechanism nobody is to follow any more: withdrawn with reasons, told at its address and on trails."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pilots import contents
from pilots.models import Pilot
from pilots.selectors import mechanisms as selectors
from pilots.selectors.trails import courses
from pilots.services import mechanisms as services, rounds
from platform_core.exchange.messaging.models import Notice
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.identity.audit.models import Event
from platform_core.materials.trails import chains, services as trails
from platform_core.programme.monitoring.selectors.indicators import indicator_for, line
from platform_core.programme.search.models import SearchEntry
from tests.consultations.views.pages import parsed
from tests.factories.mechanisms import mechanism, published
from tests.factories.pilots import running
from tests.factories.repository import record
from tests.factories.rounds import day_is_over, opened
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_what_is_withdrawn_says_why_and_leaves_lists_counts_and_search(people):
    made = published(people.wanda, people.lena)
    settle()
    before = (indicator_value(), search_count(made))
    address = reverse("pilots:withdraw_mechanism", args=[made.pk])
    answer = browser_of(people.lena).post(address, {"reason": "The law fell."}, follow=True)
    settle()

    page = browser_of(people.guest).get(made.get_absolute_url())
    assert (before, (indicator_value(), search_count(made))) == ((1, 1), (0, 0))
    assert (answer.status_code, page.status_code) == (410, 410)
    assert parsed(page).xpath("//section/p/text()") == ["The law fell."]
    assert list(selectors.published(people.lena)) == []
    version = made.versions.get()
    assert browser_of(people.guest).get(version.get_absolute_url()).status_code == 410
    assert browser_of(people.wanda).get(version.get_absolute_url()).status_code == 200
    assert selectors.exist(selectors.seven(people.guest)) == 0


def test_a_trail_keeps_what_was_withdrawn(people):
    made = published(people.wanda, people.lena)
    pilot = running(people)
    trails.draw("pilots.tests", pilot, made, by=people.marko)
    Pilot.objects.filter(pk=pilot.pk).update(tests="mechanism")
    services.withdraw(made, by=people.lena, reason="It harmed.")

    found = chains.chain(people.guest, thing_kind("pilots.pilot"), pilot)
    (stop,) = (stop for stop in found.stops.values() if stop.place[0] == selectors.LABEL)
    assert (str(stop.title), stop.tombstone.reason, stop.address) == (
        "Framework agreements",
        "It harmed.",
        made.get_absolute_url(),
    )
    assert [course.breaks for course in courses(people.guest) if course.root.place[0] == "pilots.pilot"] == [
        ("withdrawn",)
    ]
    assert [course for course in courses(people.wanda) if course.root.place[0] == selectors.LABEL] == []


def test_withdrawing_voids_what_is_written_anew_and_keeps_the_evidence(people):
    made = published(people.wanda, people.lena)
    other = record("Later")
    services.link(made, other, by=people.wanda)
    services.submit(made, by=people.wanda)
    services.withdraw(made, by=people.lena, reason="No longer.")

    made.refresh_from_db()
    assert [version.state for version in made.versions.all()] == ["void", "withdrawn"]
    assert [row.other_id == other.pk for row in contents.drawn(made)] == [False]
    for deed in (
        lambda: services.change(made, by=people.wanda, terms={}),
        lambda: services.withdraw(made, by=people.lena, reason="Again"),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_only_what_is_published_is_withdrawn_with_reasons_and_by_whom_it_may(people):
    made = mechanism(people.wanda)
    with pytest.raises(ValidationError, match="Only what is published"):
        services.withdraw(made, by=people.lena, reason="No.")
    services.submit(made, by=people.wanda)
    services.approve(made, made.versions.get().sha256, by=people.lena)
    services.publish(made, by=people.lena)
    with pytest.raises(ValidationError, match="reasons"):
        services.withdraw(made, by=people.lena, reason=" ")
    address = reverse("pilots:withdraw_mechanism", args=[made.pk])
    found = {name: browser_of(person).get(address).status_code for name, person in people.each()}
    assert found == dict.fromkeys(("marko", "ana", "petra", "carl"), 403) | {"lena": 200, "wanda": 200, "guest": 302}


def test_what_is_pressed_twice_is_done_once(people):
    made, draft = published(people.wanda, people.lena), mechanism(people.wanda, "Draft")
    lena, address = browser_of(people.lena), reverse("pilots:withdraw_mechanism", args=[made.pk])

    once, twice = (lena.post(address, {"reason": "The law fell."}) for _time in range(2))

    assert (once.status_code, twice.status_code, twice.url) == (302, 302, made.get_absolute_url())
    assert Event.objects.filter(verb="pilots.mechanism_withdrawn").count() == 1
    unpublished = reverse("pilots:withdraw_mechanism", args=[draft.pk])
    assert [lena.get(place).status_code for place in (address, unpublished)] == [404, 404]


def test_a_round_on_it_keeps_what_was_said_and_not_what_it_said(people):
    made = mechanism(people.wanda, summary="A zqsummary.", problem="A zqproblem.")
    services.submit(made, by=people.wanda)
    found = opened(made, people.wanda)
    (said,) = rounds.comment(found, {0: "Known zqhere."}, by=people.marko)
    rounds.answer(found, said, "accepted", "Named zqnow.", by=people.wanda)
    rounds.close(day_is_over(found), "Named.", by=people.wanda)
    services.approve(made, made.versions.get().sha256, by=people.lena)
    services.publish(made, by=people.lena)
    before = read(people.marko, found)
    services.withdraw(made, by=people.lena, reason="It zqharmed.")

    words = ("zqsummary", "zqproblem", "Evidence of", "zqhere", "zqnow", "zqharmed")
    told = {name: [word in read(people.named(name), found) for word in words] for name in ("marko", "ana", "wanda")}
    assert [word in before for word in words] == [True, True, True, True, True, False]
    assert told == {
        "marko": [False, False, False, True, True, True],
        "ana": [False, False, False, True, True, True],
        "wanda": [True] * 6,
    }
    (row,) = parsed(browser_of(people.marko).get(reverse("pilots:rounds"))).xpath("//section/ul/li/small")
    assert row.text_content().endswith(" · Withdrawn")


def test_followers_the_group_and_who_tests_it_are_told(people):
    made = published(people.wanda, people.lena)
    trails.draw("pilots.tests", running(people), made, by=people.marko)
    settle()
    services.withdraw(made, by=people.lena, reason="It harmed.")
    settle()

    told = Notice.objects.filter(kind="pilots.mechanism_withdrawn", channel="site")
    assert {row.recipient for row in told} >= {people.marko, people.wanda}


def read(person, found) -> str:
    return browser_of(person).get(found.get_absolute_url()).content.decode()


def indicator_value() -> int:
    return line(indicator_for("o09")).value


def search_count(made) -> int:
    return SearchEntry.objects.filter(thing=selectors.LABEL, object_id=made.pk).count()
