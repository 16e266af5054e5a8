"""A mechanism is based on things of every floor below, named by the address a reader has open."""

import pytest
from django.urls import reverse

from benchmarking.services import swots
from pilots import contents
from pilots.selectors import mechanisms as selectors
from pilots.services import mechanisms as services
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.materials.trails import selectors as trails
from tests.factories import findings
from tests.factories.mechanisms import mechanism
from tests.factories.policies import point, swot
from tests.factories.readings import run
from tests.factories.repository import record

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_each_kind_of_evidence_is_a_thing():
    kinds = trails.trail_kind(contents.BASED_ON).targets

    assert [label for label in kinds if thing_kind(label) is None] == []


def test_evidence_is_found_at_the_addresses_of_its_pages(people):
    finding = findings.finding(findings.published(), people.lena)
    benchmarked = run()
    held = swot(people.wanda)
    made = point(held, people.wanda)
    swots.approve(held, by=people.wanda)
    code = benchmarked.benchmark.code
    pages = {
        record("Vouchers").get_absolute_url(): "repository.record",
        finding.get_absolute_url(): "consultations.finding",
        finding.consultation.get_absolute_url(): "consultations.consultation",
        reverse("benchmarking:benchmark", args=[code]): "benchmarking.benchmark",
        reverse("benchmarking:reading_region", args=[code, "AT12"]): "benchmarking.runfigure",
        benchmarked.get_absolute_url(): "benchmarking.run",
        held.get_absolute_url(): "benchmarking.swot",
        f"https://example.org{made.get_absolute_url()}": "benchmarking.swotentry",
        reverse("pilots:index"): None,
        "no address": None,
        "https://[broken": None,
    }
    found = {page: selectors.thing_of(people.lena, page) for page in pages}

    assert {page: one and one._meta.label_lower for page, one in found.items()} == pages


def test_the_basis_leads_back_to_the_mechanism(people):
    finding = findings.finding(findings.published(), people.lena)
    made = mechanism(people.wanda, based=False)
    services.link(made, finding, by=people.wanda, note="What firms said")

    assert [(row.words, row.address) for row in trails.around(people.wanda, finding)] == [
        ("is the basis of", made.get_absolute_url())
    ]
    assert trails.around(people.guest, finding) == []


def test_nobody_bases_it_on_what_she_may_not_see(people):
    secret = record("Secret", publish=False)

    assert selectors.thing_of(people.marko, secret.get_absolute_url()) is None
