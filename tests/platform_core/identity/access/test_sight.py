import pytest
from django.urls import reverse
from django.utils import timezone

from platform_core.identity.access import services, sight
from platform_core.identity.access.selectors import keys_of
from platform_core.people.members.models import Organisation
from tests.factories.repository import record
from tests.people import browser_of
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.database


def names(found) -> dict[str, list[str]]:
    return {viewer.person.name: viewer.reasons for viewer in found.viewers()}


def test_a_public_thing_is_open_to_everyone(people):
    found = sight.who_sees(WorkingGroup.objects.get(pk=4))

    assert (found.open_to, found.reasons, found.viewers()) == ("Everyone", [], [])


def test_each_person_is_named_with_every_reason(people):
    thing = WorkingGroup.objects.get(pk=4)
    organisation = Organisation.objects.get(code="org-ana")
    services.set_audience(thing, {"members", "group:4", "role:lead_partner", f"org:{organisation.pk}"})

    assert names(sight.who_sees(thing)) == {
        "Ana": ["Members", "One organisation"],
        "Lena": ["Members", "Lead partner"],
        "Marko": ["Members"],
        "Wanda": ["Members", "Working group 4"],
    }


@pytest.mark.parametrize(
    "key", ["members", "tier:full", "tier:partner", "group:4", "role:wg_leader@group:4", "user", "public"]
)
def test_people_of_a_key_are_those_who_hold_it(people, key):

    holders = {person.pk for name, person in people.each() if name != "guest" and key in keys_of(person)}
    told = set(sight.people_of(key, timezone.localdate()))

    assert told == (set() if key in sight.OPEN else holders)


def test_links_that_still_open_it_are_told(people):
    draft = record(publish=False, by=people.ana)
    good, _secret = services.issue_link("share", draft, by=people.ana)
    revoked, _secret = services.issue_link("share", draft, by=people.ana)
    services.revoke_link(revoked)
    services.issue_link("share", draft, by=people.ana, uses=0)

    assert sight.who_sees(draft).links == [good]


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("ana", 200), ("marko", 404), ("petra", 403), ("guest", 302)]
)
def test_who_sees_a_draft_is_told_to_members_who_see_it(people, name, status):
    draft = record(publish=False)
    services.set_audience(draft, {"role:lead_partner", f"person:{people.ana.pk}", f"person:{people.petra.pk}"})

    address = reverse("access:who_sees", args=["repository.record", draft.pk])

    assert browser_of(people.named(name)).get(address).status_code == status


@pytest.mark.parametrize("label", ["repository.nothing", "accounts.user", "access.audience"])
def test_only_declared_things_are_looked_up(people, label):
    assert browser_of(people.lena).get(reverse("access:who_sees", args=[label, 1])).status_code == 404
