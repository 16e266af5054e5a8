"""From a gap in a benchmark and a finding of a consultation to a changed policy, and to the number that counts it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pilots.models import Mechanism
from pilots.selectors.mechanisms import thing_of
from pilots.services import evaluations, mechanisms
from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.models import Assessment
from platform_core.materials.trails import services as trails
from platform_core.programme.monitoring.selectors.indicators import indicator_for, line
from tests.consultations.views.pages import parsed
from tests.factories import changes, findings, mechanisms as factory, pilots, readings
from tests.factories.assessments import add_experts
from tests.people import browser_of
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def improved() -> int:
    return line(indicator_for("r07")).value


def designed(people, finding, gap: str) -> Mechanism:
    """A group links what it found and where a region stands, another person approves, and everybody reads it."""
    made = factory.mechanism(people.lena, "Reflective vouchers", based=False)
    mechanisms.link(made, finding, by=people.lena, note="Too much paper")
    mechanisms.link(made, thing_of(people.lena, gap), by=people.lena, note="Behind its peers")
    factory.approved(made, people.lena, people.wanda)
    mechanisms.publish(made, by=people.wanda)
    return Mechanism.objects.get(pk=made.pk)


def evaluated(people, mechanism):
    """It tests the mechanism, reports on both periods, and two experts judge it."""
    running, judges = pilots.running(people), add_experts()
    trails.draw("pilots.tests", running, mechanism, by=people.marko)
    made = pilots.finished(people, found=running)
    evaluations.call_evaluators(made, judges, by=people.wanda, due_on=pilots.today() + timedelta(weeks=2))
    settle()
    asked = Assessment.objects.get(kind="pilots.evaluation")
    assessment.conclude(pilots.score(asked, judges), "well", "Firms came.", by=people.wanda)
    return made


def chain(person, thing) -> set[str]:
    page = parsed(browser_of(person).get(reverse("trails:chain", args=[thing._meta.label_lower, thing.pk])))
    return {str(link) for link in page.xpath("//main//li//a/@href")}


def test_from_a_gap_and_a_finding_to_a_policy_that_counts(people):
    finding = findings.finding(findings.published(), people.lena)
    benchmark = readings.run().benchmark
    region = reverse("benchmarking:reading_region", args=[benchmark.code, "AT12"])
    gap = f"{region}?run=1&at=skills_1"
    mechanism = designed(people, finding, gap)
    pilot = evaluated(people, mechanism)
    settle()
    before = improved()

    change = changes.confirmed(people.marko, learned=[pilot])
    settle()

    assert (before, improved()) == (0, 1)
    listed = parsed(browser_of(people.guest).get(reverse("monitoring:indicator", args=["r07"])))
    assert listed.xpath(f"//main//a[@href='{change.get_absolute_url()}']/text()") == ["Vouchers for clusters"]
    came_from = {one.get_absolute_url() for one in (pilot, mechanism, finding, benchmark)} | {gap}
    assert came_from - chain(people.guest, change) == set()
