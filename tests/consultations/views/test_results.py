"""The page of results: groups beside each other, every share with its base, and figures of earlier times."""

import pytest

from consultations import presentation, services
from consultations.models import Response, ResultSet
from consultations.publication import publish_results
from consultations.structure import canonical_hash
from tests.people import browser_of
from tests.settling import settle

from .pages import alerts, parsed, texts

PAGE = "/en/consultations/finance/results/"
LETTER = "We the undersigned ask for a stable core grant for every cluster organisation of the region."
LATER = {
    *("input", "raked", "weighted", "origins", "groups", "comparison", "left_out", "mentions", "mention_share"),
    *("column_share", "residuals", "method", "top_two", "reached", "difference", "dissimilarity", "languages"),
    *("median_low", "median_high", "interquartile_range", "median_deviation", "trimmed_mean", "complete"),
}


def blocks_of(page) -> dict[str, dict]:
    return {block["code"]: block for _title, blocks in page.context["sections"] for block in blocks}


def kinds(page) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for block in blocks_of(page).values():
        found.setdefault(block["kind"], []).append(block)
    return found


def computed_again(consultation, people) -> ResultSet:
    services.compute(consultation, by=people.wanda)
    settle()
    return consultation.results.first()


def without(part, keys):
    if isinstance(part, list):
        return [without(one, keys) for one in part]
    if isinstance(part, dict):
        return {name: without(one, keys) for name, one in part.items() if name not in keys}
    return part


@pytest.mark.parametrize(("query", "compared"), [("", True), ("?by=audience", True), ("?by=", False)])
def test_audiences_stand_beside_each_other_where_nothing_else_is_asked(computed, people, query, compared):
    page = browser_of(people.wanda).get(PAGE + query)

    beside = [block for block in blocks_of(page).values() if block["crosses"] or block["groups"]]
    assert [block["kind"] for block in beside] == [
        block["kind"] for block in blocks_of(page).values() if compared and block["kind"] != "consent"
    ][1 if compared else 0 :]
    assert bool(texts(page, "//figure[@class='cross']")) == compared


def test_with_one_audience_nothing_is_compared(answered, people):
    for response in Response.objects.all():
        Response.objects.filter(pk=response.pk).update(answers={**response.answers, "audience": "policy"})
    results = computed_again(services.close(answered, by=people.wanda), people)

    told = presentation.results_context(answered, results)

    assert [code for code, _name, chosen in told["profiles"] if chosen] == []


def test_every_question_says_to_how_many_it_was_shown(computed, people):
    page = browser_of(people.wanda).get(PAGE)

    assert [block["code"] for block in blocks_of(page).values() if not block["reach"].startswith("Shown to")] == []


def test_a_multiple_choice_stands_on_both_bases(computed, people):
    for block in kinds(browser_of(people.wanda).get(PAGE))["multiple"]:
        (table,) = block["tables"]
        assert table["head"][2:] == ["Share of respondents", "Share of mentions"]


def test_steps_tell_median_top_two_and_mean(computed, people):
    for block in kinds(browser_of(people.wanda).get(PAGE))["likert"]:
        (table,) = block["tables"]
        assert table["head"][4:] == ["Median", "Two highest steps", "Mean"]
        assert len(table["rows"]) == len(block["likert"])


def test_a_ranking_says_by_which_rule(computed, people):
    for block in kinds(browser_of(people.wanda).get(PAGE))["ranking"]:
        assert block["tables"][0]["note"].startswith("Score: of ")
        assert len(block["bars"]) == len(block["tables"][0]["rows"])


def test_no_number_of_a_cell_that_is_kept_back_is_on_the_page(computed, people):
    page = browser_of(people.wanda).get(f"{PAGE}?by=country")

    cells = [
        cell
        for block in blocks_of(page).values()
        for cross in block["crosses"]
        for row in cross["rows"]
        for cell in row["cells"]
    ]
    hidden = [cell for cell in cells if cell["suppressed"]]
    assert 0 < len(hidden) < len(cells)
    assert {(cell["text"], cell["share"], tuple(cell["more"])) for cell in hidden} == {("", None, ())}


def test_wanted_numbers_of_audiences_and_countries_are_set_against_those_reached(computed, people):
    found = computed.consultation
    found.targets, found.country_targets = {"policy": 20, "private": 20}, {"AT": 10, "IT": 10}
    found.type_targets = {"enterprise": 10}
    found.save()
    computed_again(found, people)

    page = browser_of(people.wanda).get(PAGE)

    audience, country, kind, *_rest = page.context["representation"]
    assert audience["head"] == country["head"] == kind["head"]
    assert [row[3] for row in kind["rows"] if row[3] != "–"] == ["10"]
    assert audience["head"][3:] == ["Wanted", "Reached", "Difference from the share wanted"]
    assert audience["notes"][0] == "30 of 40 answers wanted were given: 75\u00a0%."
    weighted = [block["weighted"] for block in blocks_of(page).values() if block["weighted"]]
    assert {table["caption"] for table in weighted} == {"Sensitivity view: weighted shares"}


def campaign(people, answered) -> ResultSet:
    """Twelve of thirty answers hold the same letter."""
    for response in Response.objects.order_by("pk")[:12]:
        Response.objects.filter(pk=response.pk).update(answers={**response.answers, "one_change": LETTER})
    return computed_again(services.close(answered, by=people.wanda), people)


def test_campaigns_are_told_and_each_question_also_without_them(answered, people):
    results = campaign(people, answered)

    page = browser_of(people.wanda).get(PAGE)

    assert texts(page, "//section[.//h2[normalize-space()='Campaigns']]//li") == ["near-identical texts: 12 answers"]
    origins = results.figures["questions"]["audience"]["origins"]
    (own, other), without_them = origins["rows"], blocks_of(page)["audience"]["without"]
    assert (own["total"], other["total"]) == (18, 12)
    assert without_them["head"] == ["Answer", "All answers", "Without campaigns"]
    assert without_them["rows"][-1] == ["Answers", "30", "18"]


@pytest.mark.parametrize("keys", [{"input"}, LATER])
def test_figures_of_earlier_times_are_shown_without_what_they_lack(answered, people, keys):
    results = campaign(people, answered)
    kept = {name: part for name, part in results.figures.items() if name not in keys}
    figures = kept | {"questions": without(results.figures["questions"], keys)}
    ResultSet.objects.filter(pk=results.pk).update(figures=figures, sha256=canonical_hash(figures))
    publish_results(answered, by=people.wanda, languages=("en",))
    settle()

    pages = [browser_of(people.guest).get(f"{PAGE}{query}") for query in ("", "?by=country", "?by=")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [alerts(page) for page in pages] == [[], [], []]
    assert len(parsed(pages[0]).xpath("//div[@class='result']")) == len(blocks_of(pages[0]))


def test_answers_that_changed_are_noticed_though_they_are_as_many(computed, people):
    browser = browser_of(people.wanda)
    before = alerts(browser.get("/en/desk/consultations/finance/publish/"))
    first = Response.objects.order_by("pk").first()
    Response.objects.filter(pk=first.pk).update(answers={**first.answers, "size": "large"})

    after = alerts(browser.get("/en/desk/consultations/finance/publish/"))

    told = "Answers have changed since these figures were computed. Please compute them again."
    assert (before, after) == ([], [told])


def test_the_fingerprint_of_the_input_tells_versions_and_number(computed):
    told = computed.figures["input"]

    assert (told["answers"], told["versions"], len(told["fingerprint"])) == (30, {"1": 30}, 64)


def test_every_question_can_be_gone_to_from_the_top(computed, people):
    page = browser_of(people.wanda).get(PAGE)

    links = parsed(page).xpath("//main//details//a[starts-with(@href, '#')]/@href")
    places = parsed(page).xpath("//div[@class='result']/@id")
    assert links == [f"#{place}" for place in places] == [f"#{code}" for code in blocks_of(page)]
