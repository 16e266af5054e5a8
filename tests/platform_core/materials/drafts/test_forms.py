"""A form that is out of date overwrites nothing, and keeps what was typed."""

import pytest

from platform_core.people.members.models import Affiliation
from platform_core.programme.network.models import ClusterProfile, Initiative
from repository.models import Collection
from tests.factories.network import initiative, profile
from tests.factories.repository import collection
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

COLLECTION = ("/en/repository/collections/what-vouchers-did/change/", "title", {"query": "topic=4"})
PROFILE = ("/en/directory/org-marko/profile/", "services", {})
INITIATIVE = ("/en/initiatives/danube/change/", "title", {"summary": "Rivers"})


def stored(name: str) -> str:
    model = {COLLECTION[0]: Collection, PROFILE[0]: ClusterProfile, INITIATIVE[0]: Initiative}[name]
    field = "services" if model is ClusterProfile else "title"
    return str(getattr(model.objects.get(), field))


@pytest.fixture
def things(people):
    Affiliation.objects.update(is_admin=True)
    collection("What vouchers did")
    profile("org-marko")
    initiative(code="danube")
    return people


@pytest.mark.parametrize(("place", "field", "rest"), [COLLECTION, PROFILE, INITIATIVE])
def test_two_people_change_the_same(things, place, field, rest):
    one, other = browser_of(things.lena), browser_of(things.lena)
    seen = [browser.get(place).context["form"]["seen"].value() for browser in (one, other)]
    one.post(place, {**rest, field: "First", "seen": seen[0]})

    refused = other.post(place, {**rest, field: "Second", "seen": seen[1]})

    assert (refused.status_code, stored(place)) == (422, "First")
    form = refused.context["form"]
    assert form[field].value() == "Second"
    assert other.post(place, {**rest, field: "Second", "seen": form["seen"].value()}).status_code == 302
    assert stored(place) == "Second"
