"""Whatever stands in an address, the answer is a page, a file or a plain refusal: never a broken page."""

from urllib.parse import quote, urlencode

import pytest
from django.utils import timezone

from benchmarking.services import clusters, peers, studies as deeds, swots
from platform_core.identity.access import services as access
from tests.factories import data, policies, readings, studies
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db

LONG = "9" * 5000  # more digits than Python reads as a number
ODD = ("\0", "-3", "1" + "0" * 30, LONG, "XX99", "1e999", "\\\"'<%")
NAMES = (
    "across", "area", "columns", "country", "csv", "direction", "distance", "indicator", "kind", "language", "level",
    "level_money_1", "new", "node", "number", "old", "own", "page", "per_page", "q", "region", "role", "sector", "topic",
    "up", "words", "year",
)  # fmt: skip
PUBLIC = (
    "", "areas/", "clusters/", "clusters/sectors/", "clusters/sectors/change/", "clusters/sectors/sectors/wood/",
    "data/", "data/figures/", "data/figures/1/", "data/figures/1/coverage.csv", "data/figures/1/figures.csv",
    "data/figures/changes.csv", "data/figures/compare/", "finance/", "finance/compare/",
    "finance/map/", "finance/ranking/", "finance/ranking/ranking.csv", "finance/regions/", "finance/regions/AT12/",
    "finance/robustness/", "finance/runs/1/", "finance/scatter/", "finance/trends/", "indicators/", "indicators/gdp/",
    "peers/", "peers/alike/", "peers/alike/AT12/", "peers/alike/AT12/peers.csv", "policies/", "swots/",
    "swots/compare/", "swots/{swot}/",
)  # fmt: skip
API = (
    "indicators", "datasets", "datasets/figures/versions/1/observations", "areas/AT12", "benchmarks",
    "benchmarks/finance/runs/1/areas/AT12",
)  # fmt: skip
PATHS = (
    "/api/v1/benchmarks/%00", "/api/v1/benchmarks/finance/runs/1/areas/%00", "/api/v1/areas/%00",
    "/api/v1/benchmarks/finance/runs/1/results/%00", "/api/v1/datasets/%00", "/api/v1/benchmarking/indicators/%00",
    f"/api/v1/benchmarks/finance/runs/{LONG}/results/x", "/en/benchmarking/finance/reports/%00.pdf",
    "/en/benchmarking/finance/ranking/ranking.%00", f"/en/benchmarking/policies/{LONG}/",
    f"/en/benchmarking/policies/{LONG[:40]}/", f"/en/benchmarking/finance/runs/{LONG[:40]}/",
    f"/en/benchmarking/policies/rubric/{LONG[:40]}/", f"/en/benchmarking/data/figures/{LONG[:40]}/",
    f"/en/assessments/grids/cluster-policy/{LONG[:40]}/", f"/en/assessments/{LONG[:40]}/",
)  # fmt: skip


@pytest.fixture
def world(people):
    """One of everything that has an address, for everybody to read; gives the number of the SWOT."""
    readings.run(regions=8)
    source = studies.version()
    told = source.data_set
    newer = data.version(told, ("gdp", "AT12", 2020, 12.0), number=2, published_at=timezone.now())
    for thing in (told, source, newer, *studies.indicators("gdp")):
        access.set_audience(thing, {"public"})
    study = studies.peer_study(people.wanda, source)
    found = studies.cluster_map(people.wanda, source, title={"en": "Sectors"})
    peers.compute(study, by=people.wanda)
    clusters.compute(found, by=people.wanda)
    settle()
    deeds.publish(study, by=people.wanda)
    deeds.publish(found, by=people.wanda)
    swot = policies.swot(people.wanda)
    policies.point(swot, people.wanda)
    return swots.approve(swot, by=people.wanda).pk


def answered(response) -> int:
    """The status, after the last line of a file was written too."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def test_every_page_is_there(people, world):
    browser = browser_of(people.guest)
    pages = [f"/en/benchmarking/{page.format(swot=world)}" for page in PUBLIC]

    told = {page: answered(browser.get(page)) for page in (*pages, *(f"/api/v1/{page}" for page in API))}
    assert {page for page, status in told.items() if status != 200} == {"/en/benchmarking/finance/regions/"}


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_question_breaks_a_page(people, world, odd):
    query = urlencode(dict.fromkeys(NAMES, odd))
    pages = [f"/en/benchmarking/{page.format(swot=world)}" for page in PUBLIC]
    browser = browser_of(people.guest)

    for page in (*pages, *(f"/api/v1/{page}" for page in API)):
        assert answered(browser.get(f"{page}?{query}")) in (200, 302, 400, 404, 422), (page, quote(odd[:20]))


def test_no_odd_address_breaks_a_page(people, world):
    browser = browser_of(people.guest)

    assert {path: answered(browser.get(path)) for path in PATHS} == dict.fromkeys(PATHS, 404)
