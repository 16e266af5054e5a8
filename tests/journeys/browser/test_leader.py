"""The leader of a working group closes a consultation, has it computed, reads the results and publishes them."""

import pytest

from .browsing import Browsing
from .looking import LOOKS, opened, troubles
from .steps import (
    CONSULTATION,
    DESK,
    RESULTS,
    close_consultation,
    compute_results,
    count_of_results,
    press,
    publish_results,
    records_shown,
    sign_in,
    wait_until,
)

pytestmark = pytest.mark.browser

LEADER = "donaukreis@example.org"
WORDS = {"el": "χρηματοδοτούνται", "bg": "финансират", "en": "financed"}


@pytest.fixture(scope="module")
def leader(chromium, site):
    windows = Browsing(chromium, site)
    page = windows.open()
    sign_in(page, LEADER)
    yield page
    windows.close()


@pytest.fixture(scope="module")
def progress(leader):
    close_consultation(leader)
    return compute_results(leader)


@pytest.fixture(scope="module")
def record(leader, progress):
    return publish_results(leader)


@pytest.fixture
def results(leader, progress):
    leader.goto(f"{RESULTS}?by=audience")
    return leader


def test_progress_bar_moves_to_its_end(progress):
    assert progress == sorted(progress)
    assert progress[-1:] in ([], [100])


def test_results_show_bases_and_wilson_intervals(results):
    assert "Wilson" in results.inner_text("main")
    assert "200" in results.inner_text("aside .facts")
    assert results.locator(".bars .interval").count() > 20
    assert results.locator(".result:has(.bars):not(:has(.base p, .hint))").count() == 0


def test_every_chart_has_a_table_twin(results):
    assert results.locator("figure.chart").count() > 10
    assert results.locator("figure.chart:not(:has(details.twin table))").count() == 0


def test_groups_are_compared_in_cross_tables(results):
    assert results.locator("figure.cross table").count() > 10
    assert results.locator("figure.cross td small").count() > 0


def test_small_groups_are_not_shown_and_said_so(leader, progress):
    leader.goto(f"{RESULTS}?by=org_type")
    assert set(leader.locator("td.withheld").all_text_contents()) == {"not shown"}
    assert leader.locator("figure.cross:has(td.withheld) .base").count() > 0


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_guest_finds_the_published_record(browsing, record, language, script):
    page = browsing.open(script=script)
    page.goto(f"/{language}/repository/?q={WORDS[language]}")
    wait_until(lambda: page.reload() and f"/{language}/{record}" in records_shown(page))
    page.goto(f"/{language}/{record}")
    assert page.get_attribute("html", "lang") == language
    press(page, f"main a[href='/{language}/consultations/{CONSULTATION}/']")
    press(page, f"main a[href='/{language}/consultations/{CONSULTATION}/results/']")


def test_guest_reads_the_results_without_script(browsing, record):
    page = browsing.open(script=False)
    page.goto(RESULTS)
    page.select_option("select[name=by]", "audience")
    page.click("form.by button")
    page.wait_for_url("**by=audience")
    page.locator("details.twin summary").first.click()
    assert page.locator("details.twin table").first.is_visible()
    assert page.locator("figure.cross table").count() > 10


def test_published_record_counts_among_those_of_its_topic(browsing, record):
    page = browsing.open()
    page.goto("/en/repository/?topic=4")
    assert count_of_results(page) == int(page.inner_text("#facet-topic a[aria-current] .count"))


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_pages_of_the_results(browsing, leader, record, look):
    guest = browsing.open(**look.options)
    addresses = [f"{RESULTS}?by=audience", RESULTS.replace("/en/", "/el/"), f"/en/{record}", f"/bg/{record}"]
    addresses += [f"/en/consultations/{CONSULTATION}/", "/en/consultations/"]
    found = [line for address in addresses for line in troubles(opened(guest, address), look)]
    desk = browsing.open(storage_state=leader.context.storage_state(), **look.options)
    found += troubles(opened(desk, DESK), look)
    assert not found, "\n".join(found)
