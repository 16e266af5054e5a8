"""SWOTs: written by a group with evidence, approved, kept by period, compared, and responded to."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from benchmarking.models import Swot, SwotEntry
from benchmarking.selectors import swots as selectors
from benchmarking.services import swots as services
from platform_core.ground.registry.catalogue import label_of, thing_kind
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of
from platform_core.materials.trails import selectors as trails, services as drawing
from platform_core.materials.trails.chains import chain
from platform_core.programme.search.models import SearchEntry
from tests.factories import data, findings
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


def chain_of(thing) -> tuple[str, int]:
    return label_of(thing), thing.pk


def places_around(person, thing) -> set[tuple[str, int]]:
    kind = thing_kind(label_of(thing))
    return set(chain(person, kind, thing).stops) | {chain_of(thing)}


def heard(people, title: str = "Too much paper"):
    return findings.finding(findings.published(), people.wanda, title)


def test_a_finding_of_a_consultation_is_evidence(people):
    found, told = swot(people.wanda), heard(people)
    evidence = [{"thing": selectors.FINDING, "object_id": told.pk}]
    made = point(found, people.wanda, evidence=evidence)
    services.approve(found, by=people.wanda)

    (row,) = selectors.with_cited(people.guest, selectors.entries(people.guest))
    (piece,) = row.evidence.all()
    assert piece.cited == selectors.Cited("Too much paper", told.get_absolute_url(), "Finding of a consultation")
    assert [places_around(people.guest, one) & {chain_of(told), chain_of(made)} for one in (told, made)] == [
        {chain_of(told), chain_of(made)}
    ] * 2


def test_a_finding_nobody_else_reads_is_none(people):
    found, told = swot(people.wanda), heard(people)
    access.set_audience(told.consultation, {"group:4"})
    access.set_audience(told, {"group:4"})

    with pytest.raises(ValidationError, match="Only a published finding"):
        point(found, people.wanda, evidence=[{"thing": selectors.FINDING, "object_id": told.pk}])
    with pytest.raises(ValidationError, match="Only a published finding"):
        point(found, people.wanda, evidence=[{"thing": "workinggroups.document", "object_id": 1}])
    assert SwotEntry.objects.count() == 0


def test_what_is_not_open_any_more_is_not_named(people):
    found, told = swot(people.wanda), heard(people)
    point(found, people.wanda, evidence=[{"thing": selectors.FINDING, "object_id": told.pk}])
    services.approve(found, by=people.wanda)
    access.set_audience(told.consultation, {"group:4"})
    access.set_audience(told, {"group:4"})

    (row,) = selectors.with_cited(people.guest, selectors.entries(people.guest))

    assert [piece.cited for piece in row.evidence.all()] == [None]
