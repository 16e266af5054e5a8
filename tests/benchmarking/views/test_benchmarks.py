"""Pages of benchmarks: who reaches them, what bad input becomes, and what lists cost."""

import pytest
from django.core.cache import cache
from django.test import Client

from benchmarking.models import Benchmark
from benchmarking.selectors import sources
from benchmarking.services import benchmarks, runs as run_services
from platform_core.identity.access import services as access
from platform_core.materials.drafts.models import Draft
from tests.consultations.views.pages import parsed, queries, texts
from tests.factories.benchmarks import begun, complete, computed
from tests.people import browser_of

pytestmark = pytest.mark.database


def desk(found, rest: str = "") -> str:
    return f"/en/desk/benchmarking/{found.code}/{rest}"


def published(by, number: int) -> None:
    for one in range(number):
        found = begun(by, title={"en": f"Benchmark {by.pk} {one} {Benchmark.objects.count()}"})
        Benchmark.objects.filter(pk=found.pk).update(state="published", published_at=found.made_at)
        access.set_audience(found, {"public"})


def test_lists_cost_the_same_whatever_their_length(people):
    wanda, counts = browser_of(people.wanda), []
    lists = ((Client(), "/en/benchmarking/"), (wanda, "/en/desk/benchmarking/"), (wanda, "/en/groups/4/"))
    for number in (1, 2):
        published(people.wanda, number)
        for _one in range(number):
            begun(people.wanda, title={"en": f"Draft {Benchmark.objects.count()}"})
        for browser, address in lists:
            browser.get(address)
        cache.clear()
        counts.append([queries(browser, address) for browser, address in lists])

    assert counts[0] == counts[1]


def test_the_list_is_filtered(people):
    published(people.wanda, 2)
    Benchmark.objects.filter(pk=Benchmark.objects.first().pk).update(title={"en": "Venture capital"})
    shown = {
        query: len(parsed(Client().get(f"/en/benchmarking/?{query}")).xpath("//article[contains(@class, 'rec')]"))
        for query in ("", "words=venture", "words=nothing", "topic=4", "topic=5", "page=99", "topic=x", "words=%00")
    }

    assert list(shown.values()) == [2, 1, 0, 2, 0, 2, 2, 2]


@pytest.mark.parametrize(
    "rest",
    ["", "steps/weights/", "points/", "compare/", "copy/", "delete/", "hierarchy/groups/", "hierarchy/indicators/"],
)
def test_what_is_a_group_s_is_nobody_else_s(people, rest):
    found = begun(people.wanda)
    statuses = {name: browser_of(person).get(desk(found, rest)).status_code for name, person in people.each()}

    assert statuses == {
        "lena": 200, "wanda": 200, "marko": 404, "ana": 404, "petra": 404, "carl": 404, "guest": 302,
    }  # fmt: skip


def test_those_of_the_group_who_do_not_make_it_read_along(people):
    found = complete(people.wanda)
    access.give_role(people.ana, "wg_participant", scope="group:4")
    ana = browser_of(people.ana)
    page = ana.get(desk(found, "steps/weights/"))

    assert (page.status_code, ana.post(desk(found, "steps/weights/")).status_code) == (200, 403)
    assert parsed(page).xpath("//main//button[@name='next']") == []


def test_what_was_typed_wrongly_stays_and_is_told_beside_it(people):
    found = begun(people.wanda)
    answer = browser_of(people.wanda).post(
        desk(found, "steps/question/"),
        {"title": "", "question": "Why?", "year": "1066", "years_back": "2", "next": "1"},
    )
    fields = parsed(answer).xpath("//div[contains(@class, 'err')]//label/text()")

    assert (answer.status_code, [told.strip() for told in fields]) == (400, ["Title", "Year"])
    assert parsed(answer).xpath("//textarea[@name='question']")[0].text.strip() == "Why?"


def test_what_somebody_else_changed_is_not_overwritten_unknowingly(people):
    found = begun(people.wanda)
    wanda, address = browser_of(people.wanda), desk(found, "steps/treatment/")
    (seen,) = parsed(wanda.get(address)).xpath("//input[@name='seen']/@value")
    typed = {"screen": "80", "imputation": "none", "treatment": "none", "normalisation": "rank"}
    first = wanda.post(address, {**typed, "seen": seen, "next": "1"})
    stale = wanda.post(address, {**typed, "screen": "10", "seen": seen, "next": "1"})
    found.refresh_from_db()
    (again,) = parsed(stale).xpath("//input[@name='seen']/@value")
    knowingly = wanda.post(address, {**typed, "screen": "10", "seen": again, "next": "1"})

    assert (first.status_code, stale.status_code, knowingly.status_code) == (302, 400, 302)
    assert found.recipe["screen"] == 0.8


def test_a_step_is_left_and_resumed(people):
    found = begun(people.wanda)
    wanda, address = browser_of(people.wanda), desk(found, "steps/robustness/")
    wanda.post(address, {"runs": "77", "weights": "", "top": "x", "keep_draft": "1"})
    resumed = parsed(wanda.get(address))

    assert resumed.xpath("//input[@name='runs']/@value") == ["77"]
    assert resumed.xpath("//input[@name='top']/@value") == ["x"]
    wanda.post(f"{address}forget/")
    assert (Draft.objects.count(), parsed(wanda.get(address)).xpath("//input[@name='runs']/@value")) == (0, ["500"])


def test_codes_of_regions_are_checked(people):
    found = complete(people.wanda)
    wanda, address = browser_of(people.wanda), desk(found, "steps/regions/")
    wrong = wanda.post(address, {"codes": "AT11 XX99", "next": "1"})
    right = wanda.post(address, {"codes": "AT11 at12, AT13", "next": "1"})

    assert (wrong.status_code, texts(wrong, "//div[@id='id_codes_error']")) == (
        400,
        ["These codes are not known: XX99."],
    )
    assert (right.status_code, list(found.areas.values_list("code", flat=True))) == (302, ["AT11", "AT12", "AT13"])


def test_a_geometric_mean_needs_a_scale_above_zero(people):
    found = complete(people.wanda)
    answer = browser_of(people.wanda).post(
        desk(found, "steps/aggregation/"), {"level_1": "gmean", "level_2": "amean", "next": "1"}
    )

    assert answer.status_code == 400
    assert texts(answer, "//fieldset[@id='id_level_1']/div[@class='msg']") == [
        "This mean needs scores above zero. Choose the scale 1 to 100 in the step “Treatment” first."
    ]


def test_ampi_is_refused_on_deviations_and_taken_on_its_own_scale(people):
    found = complete(people.wanda)
    wanda, chosen = browser_of(people.wanda), {"level_1": "ampi", "level_2": "amean", "next": "1"}
    benchmarks.keep(found, "treatment", by=people.wanda, recipe={"normalisation": "zscore:0:1"})
    refused = wanda.post(desk(found, "steps/aggregation/"), chosen)
    benchmarks.keep(found, "treatment", by=people.wanda, recipe={"normalisation": "minmax:70:130"})
    taken = wanda.post(desk(found, "steps/aggregation/"), chosen)

    assert (refused.status_code, taken.status_code) == (400, 302)
    assert texts(refused, "//fieldset[@id='id_level_1']/div[@class='msg']") == [
        "The adjusted Mazziotta–Pareto index divides by the mean of the scores, which has to be above zero. Choose the"
        " scale 70 to 130, with which it was published, in the step “Treatment” first."
    ]


def test_coverage_names_what_the_rule_would_drop(people):
    found = complete(people.wanda)
    by_area, by_indicator, areas, indicators = sources.coverage(found)
    page = browser_of(people.wanda).get(desk(found, "steps/regions/"))

    assert (set(by_area.values()), set(by_indicator.values()), areas, indicators) == ({4}, {10}, 10, 4)
    assert len(parsed(page).xpath("//section[@id='diagnosis']//tbody/tr")) == 10


def test_a_draft_s_run_is_in_no_api(people):
    run = computed(people.wanda)
    guest = Client()
    addresses = ["", f"/{run.benchmark.code}", f"/{run.benchmark.code}/runs/1"]
    answers = [guest.get(f"/api/v1/benchmarks{rest}") for rest in addresses]

    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert answers[0].json()["total"] == 0
    assert guest.get(f"/en/benchmarking/{run.benchmark.code}/runs/1/").status_code == 404


def test_cancel_from_the_page(people):
    run = run_services.start(complete(people.wanda), by=people.wanda)
    wanda = browser_of(people.wanda)
    form = parsed(wanda.get(run.get_absolute_url())).xpath("//form[contains(@action, '/cancel/')]/@action")
    wanda.post(form[0])
    run.refresh_from_db()

    assert run.state == "cancelled"
    assert browser_of(people.ana).post(form[0]).status_code == 404


def test_every_page_of_a_computed_benchmark(people):
    run = computed(people.wanda)
    run_services.start(run.benchmark, by=people.wanda)
    wanda = browser_of(people.wanda)
    steps = [f"steps/{step}/" for step in ("question", "regions", "indicators", "treatment", "weights", "aggregation")]
    rest = ["", *steps, "steps/robustness/", "steps/reading/", "points/", "compare/", "runs/1/ask/"]
    node = run.benchmark.nodes.get(code="money")
    rest += [f"hierarchy/{node.pk}/", f"hierarchy/{node.pk}/remove/", "copy/", "delete/"]
    pages = [desk(run.benchmark, one) for one in rest]
    pages += [run.get_absolute_url(), run.benchmark.get_absolute_url()]

    assert {address: wanda.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
