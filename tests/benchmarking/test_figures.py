"""What starts from a figure leads to the region, the indicator and the run it was read in."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from benchmarking.models import Benchmark, RunFigure
from pilots.models import PolicyChange
from pilots.selectors import mechanisms as selectors
from pilots.selectors.trails import courses
from pilots.services import mechanisms
from platform_core.ground.registry.catalogue import thing_kind
from platform_core.identity.access import services as access
from platform_core.materials.trails import chains, selectors as trails, services
from tests.consultations.views.pages import parsed
from tests.factories import changes, mechanisms as factory, readings
from tests.factories.repository import record
from tests.factories.requests import sent
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIGURE = "benchmarking.runfigure"


@pytest.fixture
def run():
    return readings.run()


def address(run, query: str = "", code: str = "AT12") -> str:
    return reverse("benchmarking:reading_region", args=[run.benchmark.code, code]) + query


def test_an_address_of_a_region_is_the_figure_it_names(people, run):
    told = {query: trails.thing_at(people.lena, address(run, query)) for query in ("", "?run=1&at=money_1", "?at=no")}

    assert {query: (one.pk, one.area.code, one.node.code) for query, one in told.items()} == {
        "": (None, "AT12", "index"),
        "?run=1&at=money_1": (None, "AT12", "money_1"),
        "?at=no": (None, "AT12", "index"),
    }
    assert trails.thing_at(people.lena, address(run, "?run=x")) is None
    assert trails.thing_at(people.lena, address(run, code="XX99")) is None


def test_two_who_start_from_a_figure_share_it(people, run):
    first, second = (factory.mechanism(people.lena, name, based=False) for name in ("One", "Two"))
    for made in (first, second):
        mechanisms.link(made, selectors.thing_of(people.lena, address(run, "?at=skills_2")), by=people.lena)

    (kept,) = RunFigure.objects.all()
    assert (kept.area.code, kept.node.code, kept.area.run) == ("AT12", "skills_2", run)
    assert kept.get_absolute_url() == address(run, "?run=1&at=skills_2")
    assert len(trails.around(people.lena, kept)) == 2


def test_a_later_run_moves_nothing(people, run):
    made = factory.mechanism(people.lena, based=False)
    mechanisms.link(made, selectors.thing_of(people.lena, address(run, "?at=firms_1")), by=people.lena)
    readings.run(run.benchmark)
    (piece,) = selectors.evidence_now(people.lena, made)

    page = browser_of(people.lena).get(piece.address)
    assert (page.context["run"].number, page.context["figure"]) == (1, "Share of firms 1")
    assert (piece.kind, str(piece.title)) == (
        "Figure of a region in a benchmark",
        "Niederösterreich: Share of firms 1 (Clusters compared, run 1)",
    )


def test_the_trail_leads_over_the_figure_to_the_benchmark(people, run):
    change = changes.confirmed(people.marko, learned=[trails.thing_at(people.marko, address(run, "?at=money_1"))])
    found = chains.chain(people.guest, thing_kind("pilots.policychange"), PolicyChange.objects.get(pk=change.pk))

    places = [place[0] for place in found.stops]
    assert {FIGURE, "benchmarking.benchmark"} <= set(places)
    steps = {(step.earlier[0], step.later[0]) for step in found.steps}
    assert {("benchmarking.benchmark", FIGURE), (FIGURE, "pilots.policychange")} <= steps


def test_a_benchmark_one_of_whose_figures_is_taken_up_waits_no_more(people, run):
    assert [course.waits for course in courses(people.guest)] == ["taking"]
    changes.confirmed(people.marko, learned=[trails.thing_at(people.marko, address(run))])

    assert [(course.stage, course.evidence, course.breaks) for course in courses(people.guest)] == [("change", 1, ())]


def test_the_page_of_the_region_tells_what_started_there(people, run, client):
    made = record("Vouchers")
    figure = trails.thing_at(people.lena, address(run, "?at=money_1"))
    services.draw("benchmarking.record_starts", made, figure, note="Behind all peers")
    secret = record("Secret", publish=False)
    services.draw("benchmarking.record_starts", secret, figure)
    cache.clear()

    page = parsed(client.get(address(run)))
    assert page.xpath("//section[@id='started']//li/a/text()")[:1] == ["Vouchers"]
    assert page.xpath("//section[@id='started']//h3/a/@href") == [address(run, "?run=1&at=money_1") + "#figure"]
    assert page.xpath("boolean(//*[contains(text(), 'Secret')])") is False


def test_a_figure_of_a_run_one_may_not_see_is_no_start(people, run):
    figure = trails.thing_at(people.lena, address(run))
    access.set_audience(run, {"role:reviewer"})
    made = factory.mechanism(people.lena, based=False)

    with pytest.raises(PermissionDenied):
        mechanisms.link(made, figure, by=people.lena)
    assert RunFigure.objects.count() == 0
    assert trails.thing_at(people.lena, address(run)) is None


def test_a_withdrawn_benchmark_leaves_a_tombstone(people, run):
    change = changes.confirmed(people.marko, learned=[trails.thing_at(people.marko, address(run))])
    Benchmark.objects.filter(pk=run.benchmark_id).update(state="withdrawn", why_withdrawn="Wrong data.")
    access.set_audience(run, {"role:lead_partner"})
    found = chains.chain(people.guest, thing_kind("pilots.policychange"), change)

    (stop,) = (stop for stop in found.stops.values() if stop.place[0] == FIGURE)
    assert (stop.tombstone.reason, str(stop.title)) == (
        "Wrong data.",
        "Niederösterreich: Place in the index (Clusters compared, run 1)",
    )


@pytest.mark.parametrize(("is_open", "stones"), [(True, 1), (False, 0)])
def test_no_tombstone_tells_of_a_run_that_was_never_published(people, run, is_open, stones):
    tried = readings.run(run.benchmark, is_open=is_open, note="Without skills")
    made = record("Vouchers")
    figure = trails.thing_at(people.wanda, address(run, "?run=2&at=money_1"))
    services.draw("benchmarking.record_starts", made, figure)
    Benchmark.objects.filter(pk=run.benchmark_id).update(state="withdrawn", why_withdrawn="Wrong data.")
    access.set_audience(tried, {"role:lead_partner"})

    found = chains.chain(people.guest, thing_kind("repository.record"), made)

    assert len([stop for stop in found.stops.values() if stop.place[0] == FIGURE]) == stones


def test_an_information_request_starts_from_a_figure(people, run):
    asking = sent(people.wanda, people.marko)
    wanda = browser_of(people.wanda)
    typed = {"kind": "benchmarking.request_starts", "address": address(run, "?at=skills_1"), "note": "Why so few?"}
    wanda.post(reverse("trails:draw", args=["workinggroups.informationrequest", asking.pk]), typed)

    told = parsed(wanda.get(asking.get_absolute_url())).xpath("//section[@aria-labelledby='relations']//li/a/@href")
    assert told == [address(run, "?run=1&at=skills_1")]
    page = parsed(wanda.get(address(run)))
    assert page.xpath("//section[@id='started']//li/a/@href")[:1] == [asking.get_absolute_url()]
    assert parsed(browser_of(people.guest).get(address(run))).xpath("//section[@id='started']//li/a/@href") == [
        address(run, f"?run=1&at={code}") + "#figure" for code in ("index", "money", "skills", "firms")
    ]
