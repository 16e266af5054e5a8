import re
from datetime import date
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from platform_core.ground.registry.catalogue import label_of, thing_kind
from platform_core.ground.registry.kinds import Step
from platform_core.ground.vocabulary.models import Region
from platform_core.identity.access import services as access
from platform_core.materials.trails import chains, drawing, services, telling
from platform_core.materials.trails.chains import Chain, Stop
from platform_core.materials.trails.models import Trail
from repository import adoptions, services as repository
from repository.models import Record
from tests.factories.findings import finding, published
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BASED, REPLACES = "repository.based_on", "repository.supersedes"
LABEL = "repository.record"


def chain_of(person, thing) -> Chain:
    return chains.chain(person, thing_kind(label_of(thing)), thing)


def titles(found: Chain) -> list[tuple[int, str]]:
    return sorted((stop.rank, telling.named(stop)) for stop in found.stops.values())


def row(*names: str) -> list:
    """Records each of which is based on the one before."""
    made = [record(name) for name in names]
    for earlier, later in pairwise(made):
        services.draw(BASED, later, earlier)
    return made


def test_both_ways_to_the_ends_and_no_further(people):
    one, two, three, four = row("One", "Two", "Three", "Four")
    services.draw(BASED, record("Sister"), one)
    found = chain_of(people.guest, three)

    assert titles(found) == [(-2, "One"), (-1, "Two"), (0, "Three"), (1, "Four")]
    assert (len(found.steps), found.hidden, found.goes_on) == (3, 0, False)
    assert titles(chain_of(people.guest, two))[0] == (-1, "One")
    assert chains.layers(found) == {(stop.place): stop.rank for stop in found.stops.values()}
    assert four.pk in {pk for _label, pk in found.stops}


def test_what_is_hidden_is_a_number_and_leads_nowhere(people):
    one, hidden, beyond = record("One"), record("Hidden", publish=False, by=people.marko), record("Beyond")
    services.draw(BASED, hidden, one)
    services.draw(BASED, beyond, hidden)

    told = {name: (titles(chain_of(who, one)), chain_of(who, one).hidden) for name, who in people.each()}
    all_of_it, little = [(0, "One"), (1, "Hidden"), (2, "Beyond")], [(0, "One")]
    assert {name: told[name] for name in told} == {
        name: (all_of_it, 0) if name in {"lena", "wanda", "marko"} else (little, 1) for name in told
    }


@pytest.mark.parametrize("part", ["", "?part"])
def test_nothing_of_a_hidden_thing_is_on_a_guests_page(people, part):
    one, hidden = record("One"), record("Quite secret", publish=False, by=people.marko)
    services.draw(BASED, hidden, one, note="A secret note")
    page = browser_of(people.guest).get(reverse("trails:chain", args=[LABEL, one.pk]) + part)

    text = page.content.decode()
    assert ("secret" in text.lower(), hidden.code in text, "1 further thing is not shown." in text) == (False,) * 2 + (
        True,
    )


def test_a_trail_survives_what_is_withdrawn(people):
    one, two, three = row("One", "Two", "Three")
    repository.withdraw(two, why="Figures were wrong", by=people.lena)
    found = chain_of(people.guest, one)
    (stone,) = [stop.tombstone for stop in found.stops.values() if stop.tombstone]

    two.refresh_from_db()
    assert titles(found) == [(0, "One"), (1, "Two"), (2, "Three")]
    assert (stone.reason, stone.day, stone.address) == ("Figures were wrong", two.withdrawn_on, two.get_absolute_url())
    assert browser_of(people.guest).get(stone.address).status_code == 410
    assert "Figures were wrong" in telling.tree(found, 1)
    assert titles(chain_of(people.guest, three)) == [(-2, "One"), (-1, "Two"), (0, "Three")]


def test_a_trail_survives_what_is_erased(people):
    one, two, _three = row("One", "Two", "Three")
    two.delete()
    found = chain_of(people.guest, one)

    assert titles(found) == [(0, "One"), (1, "Erased"), (2, "Three")]
    assert [telling.fate(stop) for stop in found.stops.values()] == ["", "It was erased.", ""]


def test_what_members_alone_could_read_leaves_no_stone_for_guests(people):
    one, two = row("One", "Two")
    type(two).objects.filter(pk=two.pk).update(for_members=True)
    two.refresh_from_db()
    repository.withdraw(two, why="Not for guests", by=people.lena)

    assert {name: len(chain_of(who, one).stops) for name, who in people.each()} == {
        "lena": 2,
        "wanda": 2,
        "marko": 2,
        "ana": 2,
        "petra": 1,
        "carl": 1,
        "guest": 1,
    }


def test_findings_and_their_consultation_are_on_the_trail(people):
    results = published()
    told, one = finding(results, people.wanda), record("One")
    services.draw("consultations.record_answers", one, told)
    found = chain_of(people.guest, one)

    assert [stop.kind for stop in sorted(found.stops.values(), key=lambda stop: stop.rank)] == [
        "Consultation",
        "Finding of a consultation",
        "Record",
    ]
    page = browser_of(people.guest).get(
        reverse("trails:chain", args=["consultations.consultation", results.consultation_id])
    )
    assert (page.status_code, titles(page.context["chain"])[-1]) == (200, (2, "One"))


def test_a_region_has_what_it_took_over_and_what_came_from_it_but_is_no_passage(people):
    styria = Region.objects.get(code="AT22")
    old, new, other = record("Old"), record("New", regions=["AT22"]), record("Other", regions=["AT22"])
    adoptions.adopt(
        old,
        adoptions.adopters(people.marko).get(),
        by=people.marko,
        region=styria,
        year=2024,
        adapted="As it was.",
        language="en",
    )
    assert titles(chain_of(people.guest, styria)) == [(-1, "Old"), (0, str(styria)), (1, "New"), (1, "Other")]
    assert titles(chain_of(people.guest, old)) == [(0, "Old"), (1, str(styria))]
    assert titles(chain_of(people.guest, other)) == [(-1, str(styria)), (0, "Other")]
    assert new.pk


def followers(root: Record, number: int) -> None:
    """So many public records that are based on another, each with one that is based on it in turn."""
    given = {"kind": "good_practice", "summary": {"en": "One of many"}, "year": 2024, "state": "published"}
    codes = [f"{root.pk}-{place}" for place in range(number)]
    rows = (Record(code=code, title={"en": code}, published_on=date(2024, 1, 1), **given) for code in codes)
    made = Record.objects.bulk_create(rows)
    for one in made:
        access.set_audience(one, {"public"})
    earlier = [root if place < number / 2 else made[0] for place in range(number)]
    earlier[0] = root
    Trail.objects.bulk_create(
        Trail(kind=BASED, thing=LABEL, object_id=one.pk, other_thing=LABEL, other_id=other.pk)
        for one, other in zip(made, earlier, strict=True)
    )


def queries(thing: Record) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as taken:
        page = Client().get(reverse("trails:chain", args=[LABEL, thing.pk]))
    assert page.status_code == 200
    return len(taken)


def test_three_hundred_links_cost_as_many_queries_as_three():
    few, many = record("Few"), record("Many")
    followers(few, 3)
    followers(many, 300)
    queries(few)

    assert queries(few) == queries(many) <= 18
    assert len(chain_of(AnonymousUser(), many).steps) == 300


CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACES = st.integers(0, 7).map(lambda number: ("t.t", number))
STEPS = st.lists(st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] != pair[1]), max_size=30)


def circle_in(steps) -> bool:
    return bool(chains.unpeeled(steps))


@CALM
@given(pairs=STEPS, ranks=st.lists(st.integers(-4, 4), min_size=8, max_size=8))
def test_steps_that_are_kept_never_go_round(pairs, ranks):
    steps = [Step(one, other, "came of", "led to") for one, other in pairs]
    kept = chains.without_circles(steps, {("t.t", number): rank for number, rank in enumerate(ranks)})

    assert not circle_in(kept)
    assert kept == steps or circle_in(steps)


@CALM
@given(pairs=STEPS)
def test_every_line_of_a_drawing_leads_onwards(pairs):
    start = Stop(("t.t", 0), "Thing", "0", "/0/")
    stops = {("t.t", number): Stop(("t.t", number), "Thing", str(number), "", 1, 1) for number in range(1, 8)}
    steps = chains.without_circles(
        [Step(one, other, "came of", "led to") for one, other in pairs], dict.fromkeys([*stops, start.place], 0)
    )
    found = Chain(start, {start.place: start, **stops}, steps)
    numbers = chains.layers(found)

    assert [step for step in steps if numbers[step.earlier] >= numbers[step.later]] == []
    wide, narrow = drawing.drawn(found)
    boxes = [len(re.findall(r"<rect", picture)) for picture in (wide, narrow)]
    assert boxes[0] == boxes[1] <= 5 * 7


@settings(CALM, max_examples=25)
@given(kinds=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from([BASED, REPLACES])), max_size=14))
def test_whatever_is_drawn_the_chain_has_no_circle(kinds):
    Trail.objects.all().delete()
    made = [record(str(number)) for number in range(5)]
    for one, other, kind in dict.fromkeys(kinds):
        if one != other:
            pks = made[one].pk, made[other].pk
            Trail.objects.create(kind=kind, thing=LABEL, object_id=pks[0], other_thing=LABEL, other_id=pks[1])
    found = chain_of(AnonymousUser(), made[0])
    assert not circle_in(found.steps)
    assert all(step.earlier in found.stops and step.later in found.stops for step in found.steps)
