"""SWOTs: written by a group with evidence, approved, kept by period, compared, and responded to."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from benchmarking.models import Swot, SwotEntry
from benchmarking.selectors import swots as selectors
from benchmarking.services import swots as services
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.materials.trails import selectors as trails, services as drawing
from platform_core.programme.search.models import SearchEntry
from tests.factories import data
from tests.factories.policies import area, point, swot
from tests.factories.repository import record
from tests.people import hold_anyway
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def titles(rows) -> list[str]:
    return [str(row.title) for row in rows]


@pytest.mark.parametrize(("name", "may"), [("lena", True), ("marko", False), ("ana", False), ("petra", False)])
def test_who_writes(people, name, may):
    found = swot(people.wanda)
    if may:
        point(found, people.named(name))
    else:
        with pytest.raises(PermissionDenied):
            point(found, people.named(name))

    assert SwotEntry.objects.count() == may


def test_an_associated_leader_does_not_approve(people):
    hold_anyway(people.ana, "wg_leader", "group:4")
    found = swot(people.ana)
    point(found, people.ana)

    with pytest.raises(PermissionDenied):
        services.approve(found, by=people.ana)


def test_drafts_are_the_groups_and_approved_ones_everybodys(people):
    found = swot(people.wanda)
    made = point(found, people.wanda)
    before = [selectors.entries(person).count() for person in (people.wanda, people.marko, people.guest)]
    services.approve(found, by=people.wanda)

    after = [selectors.entries(person).count() for person in (people.wanda, people.marko, people.guest)]
    assert (before, after, audience_of(made)) == ([1, 0, 0], [1, 1, 1], ["public"])


def test_nothing_is_approved_without_evidence(people):
    found = swot(people.wanda)
    with pytest.raises(ValidationError, match="nothing to approve"):
        services.approve(found, by=people.wanda)
    point(found, people.wanda, "Hearsay", evidence=[])

    with pytest.raises(ValidationError, match="Hearsay"):
        services.approve(found, by=people.wanda)


def test_approved_ones_never_change(people):
    found = swot(people.wanda)
    made = point(found, people.wanda)
    services.approve(found, by=people.wanda)

    for deed in (lambda: point(found, people.wanda), lambda: services.remove(made, by=people.wanda)):
        with pytest.raises(PermissionDenied):
            deed()


def test_the_next_period_begins_with_the_points_of_the_last(people):
    first = swot(people.wanda, begins=2021, ends=2023)
    old = point(first, people.wanda)
    services.approve(first, by=people.wanda)

    second = swot(people.wanda, copies=True)

    (new,) = second.entries.all()
    assert (new.copied_from, new.title, new.author) == (old, old.title, people.wanda)
    assert [row.link for row in new.evidence.all()] == ["https://example.org/report"]
    assert selectors.swots(people.guest).get() == first
    services.approve(second, by=people.wanda)
    assert list(selectors.approved(people.guest)) == [second, first]


def test_a_figure_is_kept_as_it_was_read(people):
    held = data.version(data.data_set(), ("gdp", "AT12", 2024, 71.5, "p"))
    found, gdp = swot(people.wanda), held.indicators.get().indicator
    evidence = [{"indicator": gdp, "year": 2024}]
    with pytest.raises(ValidationError, match="no published figure"):
        point(found, people.wanda, evidence=evidence)
    access.set_audience(held, {"public"})

    made = point(found, people.wanda, evidence=evidence)

    assert [(row.value, row.flag, row.year) for row in made.evidence.all()] == [(71.5, "p", 2024)]
    with pytest.raises(ValidationError, match="no published figure"):
        point(found, people.wanda, evidence=[{"indicator": gdp, "year": 2023}])


def test_the_same_form_sent_twice_makes_one_point(people):
    found = swot(people.wanda)

    assert point(found, people.wanda, key="one") == point(found, people.wanda, key="one")


def test_areas_stand_side_by_side_with_their_newest(people):
    for code, begins, title in [("AT12", 2021, "Old"), ("AT12", 2024, "New"), ("HU32", 2024, "Elsewhere")]:
        made = swot(people.wanda, code, begins, begins + 2)
        point(made, people.wanda, title, "weakness")
        services.approve(made, by=people.wanda)

    sides = selectors.beside(people.guest, ["HU32", "AT12", "SI04"])

    assert [(side.area, titles(side.quadrants[1].entries)) for side in sides] == [
        (area("HU32"), ["Elsewhere"]),
        (area("AT12"), ["New"]),
    ]
    assert [side.quadrants[1].entries for side in selectors.beside(people.guest, ["AT12"], "5")] == [[]]


def test_only_a_policy_mechanism_responds_to_a_point(people):
    found = swot(people.wanda)
    made = point(found, people.wanda)
    services.approve(found, by=people.wanda)
    mechanism, practice = record("Guarantees", kind="policy_mechanism"), record("Vouchers")

    drawing.draw("benchmarking.responds_to", mechanism, made, by=people.lena)
    with pytest.raises(ValidationError, match="cannot be related"):
        drawing.draw("benchmarking.responds_to", practice, made, by=people.lena)

    assert [(row.words, str(row.title)) for row in trails.around(people.guest, made)] == [
        ("is responded to by", "Guarantees")
    ]


def test_points_are_found_once_they_are_approved(people):
    found = swot(people.wanda)
    made = point(found, people.wanda)
    settle()
    before = SearchEntry.objects.filter(thing=selectors.ENTRY).count()
    services.approve(found, by=people.wanda)
    settle()

    entries = SearchEntry.objects.filter(thing=selectors.ENTRY)
    assert (before, [row.object_id for row in entries]) == (0, [made.pk])
    assert Swot.objects.get().approved_for.code == "org-wanda"
