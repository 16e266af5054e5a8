"""Evidence of a published mechanism that is written anew: told with the next publication, drawn on its own page alone."""

import pytest
from django.urls import reverse

from pilots import contents
from pilots.models import Mechanism
from pilots.selectors import mechanisms as selectors
from pilots.services import mechanisms as services
from platform_core.ground.registry.catalogue import find_thing, thing_kind
from platform_core.materials.trails.chains import chain
from platform_core.materials.trails.selectors import around
from tests.factories.mechanisms import approved, mechanism, published
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fresh(held: Mechanism) -> Mechanism:
    return Mechanism.objects.get(pk=held.pk)


def based_on(person, held) -> list[str]:
    """What readers are told it is based on, on its page and in its chain."""
    words = {str(one.title) for one in around(person, held) if one.is_own}
    chained = {str(stop.title) for stop in chain(person, thing_kind(selectors.LABEL), held).stops.values()}
    assert words == chained - {str(held.headline)}
    return sorted(words)


def test_evidence_of_the_next_version_is_told_when_that_is_published(people):
    held = published(people.wanda, people.lena)
    (first,) = contents.drawn(held)
    before = based_on(people.guest, held)
    services.link(held, record("Another", code="another"), by=people.wanda)
    services.unlink(fresh(held), first.pk, by=people.wanda)
    meanwhile, written = based_on(people.guest, fresh(held)), [row.other_id for row in contents.drawn(held)]

    approved(fresh(held), people.wanda, people.lena)
    services.publish(fresh(held), by=people.wanda)

    assert (meanwhile, based_on(people.guest, fresh(held))) == (before, ["Another"])
    assert written == [row.other_id for row in contents.drawn(held)]


def test_evidence_that_was_taken_away_and_named_again_stays(people):
    held = published(people.wanda, people.lena)
    (first,) = contents.drawn(held)
    services.unlink(held, first.pk, by=people.wanda)

    services.link(fresh(held), find_thing(first.other_thing, first.other_id), by=people.wanda, note="Anew")

    assert [(row, row.note) for row in contents.drawn(held)] == [(first, "Anew")]


def test_evidence_is_drawn_and_taken_away_on_its_own_page_alone(people):
    held = mechanism(people.wanda)
    (first,) = contents.drawn(held)
    wanda = browser_of(people.wanda)

    page = wanda.get(reverse("trails:draw", args=[selectors.LABEL, held.pk]))
    refused = wanda.post(reverse("trails:erase", args=[first.pk])).status_code

    assert (page.status_code, refused, contents.drawn(held)) == (403, 403, [first])
