"""Who took over what a record describes."""

import pytest
from django.urls import reverse

from platform_core.exchange.messaging.models import Notice
from repository.models import Adoption, Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def organisation(person) -> int:
    return person.affiliations.get().organisation_id


def adopt(person, found, **fields):
    typed = {
        "organisation": person.affiliations.get().organisation_id,
        "year": "2025",
        "adapted": "In small.",
        **fields,
    }
    return browser_of(person).post(reverse("repository:adopt", args=[found.code]), typed)


def told(client, found) -> list[tuple[str, str]]:
    rows = client.get(found.get_absolute_url()).context["adoptions"]
    assert len(rows) == Record.objects.get(pk=found.pk).adopted
    return [(row.organisation.code, row.outcome) for row in rows]


def test_an_adoption_is_read_by_everyone_and_told_to_the_depositor(people, client):
    found = record("Vouchers", by=people.marko)
    assert adopt(people.ana, found, region="AT22").status_code == 302
    settle()

    assert told(client, found) == [("org-ana", "")]
    assert {notice.recipient_id for notice in Notice.objects.filter(kind="repository.adopted")} == {people.marko.pk}


@pytest.mark.parametrize("adopted", [True, False])
def test_who_may_relate_a_record_is_offered_that_once(people, adopted):
    found = record("Vouchers", by=people.marko)
    if adopted:
        adopt(people.ana, found)
    settle()

    place = reverse("trails:draw", args=["repository.record", found.pk])
    offered = {
        name: browser_of(people.named(name)).get(found.get_absolute_url()).content.decode().count(f'"{place}"')
        for name in ("lena", "marko", "ana", "guest")
    }
    assert offered == {"lena": 1, "marko": 1, "ana": 0, "guest": 0}


def test_later_it_says_what_came_of_it_and_nobody_is_told_again(people, client):
    found = record("Vouchers", by=people.marko)
    adopt(people.ana, found)
    settle()
    before = Notice.objects.count()
    adopt(people.ana, found, outcome="Ten firms.")
    settle()

    assert (told(client, found), Notice.objects.count()) == ([("org-ana", "Ten firms.")], before)


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 302), ("marko", 302), ("ana", 302), ("petra", 403), ("carl", 403)]
)
def test_members_may_say_it(people, name, status):
    found = record("Vouchers")

    assert (adopt(people.named(name), found).status_code, Adoption.objects.count()) == (status, int(status == 302))


def test_nobody_speaks_for_another_organisation(people):
    found = record("Vouchers")
    answer = adopt(people.ana, found, organisation=organisation(people.marko))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["organisation"])

    adopt(people.marko, found)
    address = reverse("repository:take_back", args=[found.code, organisation(people.marko)])
    assert (browser_of(people.ana).post(address).status_code, Adoption.objects.count()) == (404, 1)
    assert (browser_of(people.marko).post(address).status_code, Adoption.objects.count()) == (302, 0)


@pytest.mark.parametrize(("kind", "offered"), [("good_practice", True), ("dataset", False)])
def test_it_is_offered_for_what_can_be_taken_over(people, kind, offered):
    found = record("Vouchers", kind=kind)

    assert browser_of(people.ana).get(found.get_absolute_url()).context["can_adopt"] is offered


@pytest.mark.parametrize(
    ("fields", "name"), [({"year": "3000"}, "year"), ({"adapted": ""}, "adapted"), ({"region": "XX"}, "region")]
)
def test_wrong_input_is_named(people, fields, name):
    answer = adopt(people.ana, record("Vouchers"), **fields)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [name])
