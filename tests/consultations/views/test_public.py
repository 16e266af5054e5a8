import pytest
from django.test import Client

from consultations import publication, services
from consultations.models import Consultation
from pilots.contents import BASED_ON
from platform_core.materials.trails import services as trails
from tests.factories.consultations import consultation
from tests.factories.mechanisms import mechanism
from tests.people import browser_of
from tests.settling import settle

from .pages import alerts, heading, parsed, queries, texts

WAITING = "These results are not published yet; only those who look after the consultation see them."
LISTED = "//article//h3/a"


def test_the_list_tells_open_ones_and_closed_ones(client, people):
    consultation("one", title={"en": "First"}), consultation("two", open_now=False, title={"en": "Second"})
    services.close(consultation("three", title={"en": "Third"}))

    page = client.get("/en/consultations/")

    assert texts(page, LISTED) == ["First", "Third"]
    assert page.cookies == {}


@pytest.mark.parametrize("name", ["guest", "marko", "wanda"])
def test_the_list_costs_the_same_with_one_and_with_three(people, name):
    browser, seen = browser_of(people.named(name)), []
    for codes in (["one"], ["two", "three"]):
        [services.close(consultation(f"closed-{code}")) for code in codes]
        [consultation(code) for code in codes]
        settle()
        seen.append(queries(browser, "/en/consultations/"))

    assert seen[0] == seen[1]


@pytest.mark.parametrize("language", ["en", "el", "bg"])
def test_the_page_begins_in_the_language_of_the_reader(client, db, language):
    found = consultation()

    page = client.get(f"/{language}/consultations/finance/")

    assert heading(page) == found.title.localise(language).text
    assert parsed(page).xpath("//form[@class='begin']/@action") == [f"/{language}/consultations/finance/begin/"]
    assert alerts(page) == []


def test_a_language_without_questions_is_told(client, db):
    consultation()

    page = client.get("/hu/consultations/finance/")

    assert (page.status_code, len(alerts(page))) == (200, 1)


@pytest.mark.database
def test_a_consultation_in_preparation_is_not_found(client, people):
    consultation(open_now=False)

    answers = [browser_of(person).get("/en/consultations/finance/").status_code for _name, person in people.each()]

    assert answers == [404] * 7


def test_a_closed_consultation_offers_no_beginning(client, db):
    services.close(consultation())

    page = client.get("/en/consultations/finance/")

    assert parsed(page).xpath("//form[@class='begin']") == []
    assert alerts(page) == ["This consultation takes no answers now. Its results will be published here."]


def test_beginning_by_looking_is_refused(client, db):
    consultation()

    assert client.get("/en/consultations/finance/begin/").status_code == 405


# Results

SECTIONS = "/en/consultations/finance/results/"


def results_for(person, query=""):
    return browser_of(person).get(f"/en/consultations/finance/results/{query}")


@pytest.mark.database
def test_results_not_yet_published_are_a_preview_for_the_leader(computed, people):
    page = results_for(people.wanda)

    assert (page.status_code, alerts(page)) == (200, [WAITING])


@pytest.mark.database
@pytest.mark.parametrize("name", ["marko", "ana", "petra", "carl", "guest"])
def test_results_not_yet_published_lead_to_the_consultation(computed, people, name):
    page = results_for(people.named(name))

    assert (page.status_code, page.url) == (302, "/en/consultations/finance/")


@pytest.mark.database
@pytest.mark.parametrize("name", ["wanda", "ana", "petra", "carl", "guest"])
def test_published_results_are_open_to_everyone(computed, people, name):
    publication.publish_results(computed.consultation, by=people.wanda, languages=("en",))

    page = results_for(people.named(name))

    assert (page.status_code, alerts(page), heading(page)) == (200, [], "Results")


def test_every_question_is_on_the_page_of_results(computed, people):
    page = results_for(people.wanda)

    assert parsed(page).xpath("//*[@class='result']/@id") == list_of_codes(computed)


def list_of_codes(computed):
    sections = computed.questionnaire.structure["sections"]
    return [question["code"] for section in sections for question in section["questions"]]


@pytest.mark.parametrize(("by", "chosen"), [("country", ["country"]), ("size", ["size"]), ("nothing", []), ("", [])])
def test_groups_are_compared_by_a_profile_question(computed, people, by, chosen):
    page = results_for(people.wanda, f"?by={by}")

    assert page.status_code == 200
    assert [code for code in parsed(page).xpath("//select[@name='by']/option[@selected]/@value") if code] == chosen


def test_hidden_counts_are_nowhere_on_the_page(computed, people):
    bars = [
        bar
        for _title, blocks in results_for(people.wanda).context["sections"]
        for block in blocks
        for bar in block.get("bars", [])
    ]

    hidden = [bar for bar in bars if bar["suppressed"]]
    assert 0 < len(hidden) < len(bars)
    assert {(bar["value"], bar["low"], bar["high"], bar["count"]) for bar in hidden} == {(None,) * 4}


@pytest.mark.parametrize("query", ["", "?by=country"])
def test_results_cost_few_queries(computed, people, query):
    publication.publish_results(computed.consultation, by=people.wanda, languages=("en",))
    settle()

    assert queries(Client(), f"/en/consultations/finance/results/{query}") <= 8


def test_published_results_are_cached_for_guests(computed, people):
    publication.publish_results(computed.consultation, by=people.wanda, languages=("en",))
    settle()
    first = Client().get("/en/consultations/finance/results/")

    assert queries(Client(), "/en/consultations/finance/results/") == 0
    assert (first.cookies, Consultation.objects.get().state) == ({}, "published")


# Section by section


def test_sections_of_results_follow_each_other_and_hold_everything_together(computed, people):
    wanda = browser_of(people.wanda)
    total = len(computed.questionnaire.structure["sections"])

    pages = [wanda.get(f"{SECTIONS}{number}/") for number in range(1, total + 1)]

    assert [code for page in pages for code in parsed(page).xpath("//*[@class='result']/@id")] == list_of_codes(
        computed
    )
    ways = [parsed(page).xpath("//nav[@aria-label='Other sections']/a/@href") for page in pages]
    assert ways == [
        [f"{SECTIONS}{beside}/" for beside in (number - 1, number + 1) if 0 < beside <= total]
        for number in range(1, total + 1)
    ]
    assert [wanda.get(f"{SECTIONS}{number}/").status_code for number in (0, total + 1)] == [404, 404]


def test_every_section_keeps_the_comparison_and_leads_to_every_question(computed, people):
    page = browser_of(people.wanda).get(f"{SECTIONS}2/?by=size")

    asked = [
        link.partition("#") for link in parsed(page).xpath("//ul[@class='plain']/li/a[contains(@href, '#')]/@href")
    ]
    assert [code for _place, _sign, code in asked] == list_of_codes(computed)
    assert {place for place, _sign, _code in asked} == {
        "" if number == 2 else f"{SECTIONS}{number}/?by=size"
        for number in range(1, len(computed.questionnaire.structure["sections"]) + 1)
    }
    assert parsed(page).xpath("//link[@rel='canonical']/@href")[0].endswith(f"{SECTIONS}2/")


@pytest.mark.parametrize("name", ["marko", "guest"])
def test_sections_not_yet_published_lead_to_the_consultation(computed, people, name):
    page = browser_of(people.named(name)).get(f"{SECTIONS}1/")

    assert (page.status_code, page.url) == (302, "/en/consultations/finance/")


def test_published_sections_are_kept_for_guests(computed, people):
    publication.publish_results(computed.consultation, by=people.wanda, languages=("en",))
    settle()

    assert [queries(Client(), f"{SECTIONS}1/") <= 8, queries(Client(), f"{SECTIONS}1/")] == [True, 0]


@pytest.mark.database
def test_the_trail_is_shown_as_soon_as_a_reader_may_see_something_on_it(people):
    found = consultation()
    address, shown = found.get_absolute_url(), "//h2[@id='trail']"
    before = texts(browser_of(people.marko).get(address), shown)
    trails.draw(BASED_ON, mechanism(people.wanda, based=False), found)
    hidden = texts(browser_of(people.guest).get(address), shown)

    assert (before, hidden) == ([], [])
    assert texts(browser_of(people.wanda).get(address), shown) == ["The trail"]
