import csv
import io
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarking.models import RunArea
from platform_core.identity.access import services as access
from tests.consultations.views.pages import parsed
from tests.factories import benchmarks, readings as factory
from tests.people import browser_of

pytestmark = pytest.mark.django_db
PAGES = ("reading", "ranking", "map", "compare", "scatter", "trends", "robustness", "method")
HOSTILE = "<script>alert(1)</script>&\"'"


def get(client, address, status=200):
    response = client.get(f"/en/benchmarking/{address}")
    assert response.status_code == status, address
    return response.content.decode() if not response.streaming else b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_published_run_is_read_by_everybody(client, page):
    factory.run()

    found = get(client, f"finance/{page}/")
    assert found.count("<h1>") == 1
    assert 'aria-current="page"' in found


@pytest.mark.parametrize("page", [*PAGES, "regions/AT12", "ranking/ranking.csv", "regions/AT12/radar.svg"])
def test_a_draft_is_read_by_its_group_alone(people, page):
    run = factory.run(is_open=False, regions=3)
    address = f"/en/benchmarking/finance/{page}{'' if '.' in page else '/'}".replace("AT12", run.areas.first().code)

    seen = {name for name, person in people.each() if browser_of(person).get(address).status_code == 200}
    assert seen == {"lena", "wanda"}


def test_another_run_is_named_in_every_link(people):
    old = factory.run(is_open=False)
    new = factory.run(old.benchmark, is_open=False)
    browser = browser_of(people.wanda)

    found = browser.get("/en/benchmarking/finance/ranking/?run=1").content.decode()
    assert new.number == 2
    assert set(re.findall(r"/regions/\w+/\?run=(\d)", found)) == {"1"}


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_regions_costs_no_query(client, page, django_assert_max_num_queries):
    run = factory.run(factory.benchmark("few"), regions=3)
    many = factory.run(factory.benchmark("many"), regions=40)
    counts = []
    for one in (run, many):
        cache.clear()
        get(client, f"{one.benchmark.code}/{page}/")
        cache.clear()
        with django_assert_max_num_queries(20) as asked:
            get(client, f"{one.benchmark.code}/{page}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("regions", "peers", "asked"), [(4, 2, 6), (60, 10, 6), (60, 0, 7)])
def test_a_profile_asks_few_questions(client, regions, peers, asked, django_assert_num_queries):
    run = factory.run(regions=regions, peers=peers)
    address = f"finance/regions/{run.areas.get(rank=3).code}/"
    get(client, address)
    cache.clear()

    with django_assert_num_queries(asked):
        get(client, address)


def test_names_from_outside_are_text(client):
    run = factory.run()
    RunArea.objects.filter(run=run, rank=1).update(name=HOSTILE)
    run.nodes.filter(code="money_1").update(name={"en": HOSTILE})
    first = run.areas.get(rank=1).code

    for page in (*PAGES, f"regions/{first}"):
        assert "<script>alert" not in get(client, f"finance/{page}/")
    assert "<script>alert" not in get(client, f"finance/regions/{first}/ranking.svg")


@pytest.mark.parametrize("query", ["node=nothing", "region=XX", "across=a&up=b", "page=99", "country=XX", "run=x"])
def test_whatever_is_asked_gives_a_page_or_none(client, query):
    factory.run()

    for page in ("ranking", "map", "compare", "scatter", "trends"):
        expected = 404 if query == "run=x" else 200
        assert client.get(f"/en/benchmarking/finance/{page}/?{query}").status_code == expected


def test_regions_and_units_are_named_in_the_reader_s_language(client):
    run = factory.run(regions=40)
    run.structure[-1] |= {"unit": {"en": "% of firms", "bg": "% от фирмите"}}
    run.save(update_fields=["structure"])
    RunArea.objects.filter(run=run, code="BG31").update(name="As its country writes it")

    pages = {code: client.get(f"/{code}/benchmarking/finance/regions/BG31/").content.decode() for code in ("en", "bg")}
    assert [re.search(r"<h1>([^<]*) <small", page)[1] for page in pages.values()] == ["Severozapaden", "Северозападен"]
    assert ["от фирмите" in page for page in pages.values()] == [False, True]


def test_a_region_is_chosen_from_the_list(client):
    run = factory.run()
    code = run.areas.get(rank=4).code

    response = client.get("/en/benchmarking/finance/regions/", {"region": code})
    assert response.url == f"/en/benchmarking/finance/regions/{code}/"
    assert client.get("/en/benchmarking/finance/regions/", {"region": "XX"}).status_code == 404
    assert get(client, "finance/regions/XX/", 404)


def test_what_if_adds_the_points_of_the_weights(client):
    run = factory.run()
    area = run.areas.get(rank=6)
    level = round(area.profile["indicators"]["money_1"]["normalised"])
    other = 100 if level < 50 else 0

    told = get(client, f"finance/regions/{area.code}/suppose/?level_money_1={other}")
    exact = (other - area.profile["indicators"]["money_1"]["normalised"]) / 6
    assert f"{area.score + exact:.1f}" in re.search(r'class="outcome"[^>]*>([^<]*)<', told)[1]


def test_what_was_supposed_in_the_address_of_a_region_is_led_on(client):
    code = factory.run().areas.get(rank=6).code
    answer = client.get(f"/en/benchmarking/finance/regions/{code}/?level_money_1=20&run=1")
    assert answer.headers["Location"] == f"/en/benchmarking/finance/regions/{code}/suppose/?level_money_1=20&run=1"


def test_what_if_takes_a_figure_in_its_unit(client):
    """Of figures without outliers a level is where the figure lies between the lowest and the highest."""
    run = factory.run(regions=12, recipe=factory.RECIPE | {"treatment": "none"})
    own = run.areas.get(rank=5)
    figures = [one.profile["indicators"]["money_1"]["used"] for one in run.areas.all()]
    low, high = min(figures), max(figures)
    wanted = low + 0.75 * (high - low)

    page = client.get(f"/en/benchmarking/finance/regions/{own.code}/suppose/?raw_money_1={wanted!r}")

    before = own.profile["indicators"]["money_1"]["normalised"]
    assert page.context["supposed"].gain == pytest.approx((75 - before) / 6)
    refused = client.get(f"/en/benchmarking/finance/regions/{own.code}/suppose/?raw_money_1=1000000")
    assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["raw_money_1"])


def test_what_if_says_what_is_wrong_at_the_field(client):
    run = factory.run()
    code = run.areas.get(rank=6).code

    told = get(client, f"finance/regions/{code}/suppose/?level_money_1=300", 400)
    assert 'value="300"' in told
    assert "less than or equal to 100" in told


def test_a_region_without_a_rank_says_why(client):
    run = factory.run()
    code = run.areas.get(rank=None).code

    assert "has no rank, because too few of its figures are known." in get(client, f"finance/regions/{code}/")


@pytest.mark.parametrize(("form", "kind"), [("svg", "image/svg+xml"), ("csv", "text/csv; charset=utf-8")])
def test_charts_are_taken_along(client, form, kind):
    run = factory.run()
    code = run.areas.get(rank=3).code

    for chart in ("ranking", "radar", "waterfall", "parallel"):
        response = client.get(f"/en/benchmarking/finance/regions/{code}/{chart}.{form}")
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"].startswith("attachment")
    assert client.get(f"/en/benchmarking/finance/regions/{code}/nothing.{form}").status_code == 404
    assert client.get(f"/en/benchmarking/finance/regions/{code}/radar.exe").status_code == 404


def test_a_chart_is_a_picture(client):
    factory.run()

    for _again in range(2):
        response = client.get("/en/benchmarking/finance/ranking/ranking.png")
        assert response.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_file_has_all_pages_of_the_ranking(client):
    run = factory.run(regions=79)

    rows = get(client, "finance/ranking/ranking.csv?page=2").splitlines()
    assert len(rows) == run.areas.count() + 1


def test_a_run_that_was_computed_is_read_on_every_page(client, people):
    run = benchmarks.computed(people.wanda)
    access.set_audience(run, {"public"})
    access.set_audience(run.benchmark, {"public"})
    code = run.benchmark.code

    for page in (*PAGES, "regions/AT12"):
        get(client, f"{code}/{page}/?run={run.number}")
    assert "AT12" in get(client, f"{code}/ranking/ranking.csv?run={run.number}")
    shown = get(client, f"{code}/robustness/?run={run.number}")
    assert "Which choice of method moves the ranks most" in shown
    assert "Who belongs to the first 10, whatever is chosen" in shown
    assert "What happens when one element is left out" in shown


def test_regions_are_ranked_by_a_part_of_the_index_too(client):
    run = factory.run(regions=4)
    area = run.areas.get(rank=2)
    area.profile["nodes"]["money"] |= {"rank": 1, "low": 1, "high": 2, "score": 99.5}
    area.save()

    rows = list(csv.reader(io.StringIO(get(client, "finance/ranking/ranking.csv?node=money"))))

    assert [row[1:] for row in rows if row[1] == area.code] == [[area.code, "1", "1.0", "2.0", "99.5"]]
    page = get(client, "finance/ranking/?node=money")
    assert "Ranking by Money with intervals" in page
    assert '<option value="money" selected>' in page


def test_a_region_shows_its_parts_with_intervals(client):
    run = factory.run(regions=12)
    area = run.areas.get(rank=3)

    page = client.get(f"/en/benchmarking/finance/regions/{area.code}/")

    told = page.context["parts_table"]["rows"]
    assert [(row[0], row[3], row[4]) for row in told] == [(name, "3", "1–5") for name in ("Money", "Skills", "Firms")]


@pytest.mark.parametrize("regions", [4, 40])
def test_the_page_of_a_country_tells_of_its_first_regions_at_the_same_price(people, regions):
    run = factory.run(regions=regions)
    run.areas.update(country="AT")
    cache.clear()

    with CaptureQueriesContext(connection) as captured:
        page = browser_of(people.guest).get("/en/countries/AT/")

    told = parsed(page).xpath("//section[.//h2[.='In the latest benchmark']]//li/a/@href")
    first = run.areas.filter(rank__isnull=False).order_by("rank")[:5]
    assert told == [f"/en/benchmarking/finance/regions/{area.code}/" for area in first]
    assert sum("benchmarking_runarea" in query["sql"] for query in captured) == 2
