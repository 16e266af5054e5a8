"""Before something of a consultation is sent, its page says how many will be told; so many are."""

import re

import pytest

from consultations import publication, services
from consultations.services import findings, versions
from platform_core.exchange.messaging.models import Notice
from platform_core.exchange.messaging.services import follow, mute
from tests.factories.consultations import approve, consultation
from tests.factories.findings import finding, published
from tests.factories.workinggroups import group
from tests.people import browser_of
from tests.settling import settle

from .views.test_editor import HOME, keep

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BLOCK = re.compile(r'<div class="who-told">(.*?)</div>', re.DOTALL)


def foreseen(person, address: str) -> int:
    (block,) = BLOCK.findall(browser_of(person).get(address).content.decode())
    return int((re.search(r"<p>(\d+) (?:person|people) will be told", block) or ["", "0"])[1])


def told(kind: str) -> int:
    settle()
    return Notice.objects.filter(kind=f"consultations.{kind}", channel="site").count()


def test_opening_a_consultation(people):
    found = approve(consultation(open_now=False), by=people.wanda, approver=people.lena)
    follow(people.carl, group(4))
    follow(people.ana, found)
    follow(people.wanda, group(4))
    follow(people.petra, group(4))
    mute(people.petra, found)

    number = foreseen(people.wanda, HOME)
    services.open_consultation(found, by=people.wanda)

    assert (number, told("opened")) == (2, 2)


def test_publishing_the_next_version(people):
    found = consultation()
    follow(people.carl, found)
    follow(people.wanda, found)
    browser = browser_of(people.wanda)
    browser.post(HOME + "versions/begin/")
    keep(browser, "questions/wish/", text="Your one wish")
    approve(found, by=people.wanda, approver=people.lena)

    number = foreseen(people.wanda, HOME + "versions/")
    seen = found.versions.last().sha256
    versions.publish_version(found, by=people.wanda, seen=seen)

    assert (number, told("version_published")) == (1, 1)


def test_publishing_results(people, computed):
    answered = computed.consultation
    for person in (people.carl, people.marko, people.lena):
        follow(person, answered)

    number = foreseen(people.lena, f"{HOME}publish/")
    publication.publish_results(answered, by=people.lena)

    assert (number, told("published")) == (2, 2)


def test_writing_a_finding_and_saying_what_becomes_of_it(people):
    results = published()
    follow(people.carl, results.consultation)
    follow(people.wanda, results.consultation)
    address = f"/en/consultations/{results.consultation.code}/findings/write/"

    first = foreseen(people.wanda, address)
    made = finding(results, people.wanda)
    written = told("finding_written")
    follow(people.marko, made)
    second = foreseen(people.wanda, f"{made.get_absolute_url()}settle/")
    findings.settle_finding(made, "taken_up", reason="", by=people.wanda)

    assert [(first, written), (second, told("finding_settled"))] == [(1, 1), (2, 2)]
