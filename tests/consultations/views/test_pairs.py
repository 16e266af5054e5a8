import csv
import io
import itertools

import pytest

from consultations import pairing, services
from consultations.models import Response
from consultations.selectors import newest_results
from tests.people import browser_of
from tests.settling import settle

from .pages import alerts, parsed, texts

PAGE = "/en/desk/consultations/finance/pairs/"
FILE = "/en/desk/consultations/finance/pairs.csv"


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("wanda", 200), ("marko", 403), ("ana", 403), ("petra", 403), ("guest", 302)]
)
def test_who_crosses_questions(computed, people, name, status):
    browser, query = browser_of(people.named(name)), "?rows=audience&columns=org_type"

    answers = [browser.get(PAGE + query), browser.get(FILE + query)]

    assert [answer.status_code for answer in answers] == [status, status]


def test_without_results_there_is_nothing_to_cross(answered, people):
    page = browser_of(people.wanda).get(PAGE)

    assert (page.status_code, page.url) == (302, "/en/desk/consultations/finance/")


def pairs_of(results):
    keys = list(pairing.pairable(results))
    singles = [key for key in keys if "." not in key]
    batteries = [key for key in keys if "." in key]
    return [*itertools.pairwise(singles), *zip(batteries[::3], singles, strict=False)]


def test_any_two_questions_are_crossed(computed):
    results = newest_results(computed.consultation)
    survey = pairing.read(results).survey

    crossed = [(pair, pairing.pair(results, survey, *pair)) for pair in pairs_of(results)]

    assert [pair for pair, table in crossed if table is None] == []
    for pair, table in crossed:
        found, cells = pairing.told(results, table, *pair), list(pairing.csv_rows(results, table, *pair))
        assert len(cells) == len(table["rows"]) * len(table["columns"])
        assert {cell["text"] for row in found["rows"] for cell in row["cells"] if cell["suppressed"]} <= {""}


def test_no_small_count_is_on_the_page_or_in_the_file(computed, people):
    browser, query = browser_of(people.wanda), "?rows=country&columns=size"

    page = browser.get(PAGE + query)
    content = b"".join(browser.get(FILE + query).streaming_content).decode("utf-8-sig")

    head, *lines = list(csv.reader(io.StringIO(content)))
    counts = [int(line[2]) for line in lines if line[2]]
    assert [number for number in counts if 0 < number < 5] == []
    assert {tuple(line[2:6]) for line in lines if line[6]} == {("",) * 4}
    assert len(texts(page, "//td[@class='withheld']")) > 0
    assert head[2:] == ["Answers", "Share of the row", "Share of the column", "Adjusted residual", "Withheld"]


def test_a_question_against_everything_else_is_corrected_for_all_tests(computed, people):
    page = browser_of(people.wanda).get(f"{PAGE}?rows=audience")

    told = page.context["strongest"]
    assert (page.status_code, told["head"][5]) == (200, "p, corrected")
    assert len(parsed(page).xpath("//table[contains(@class, 'data')]/tbody/tr")) == len(told["rows"])


@pytest.mark.parametrize("query", ["?rows=audience&columns=audience", "?rows=nothing", "?rows="])
def test_a_choice_that_cannot_be_crossed_is_refused_beside_the_field(computed, people, query):
    browser = browser_of(people.wanda)

    page = browser.get(PAGE + query)

    assert (page.status_code, bool(page.context["form"].errors)) == (400, True)
    assert browser.get(FILE + query).status_code == 404


def test_answers_that_changed_since_are_told(computed, people):
    browser, query = browser_of(people.wanda), "?rows=audience&columns=org_type"
    before = alerts(browser.get(PAGE + query))
    first = Response.objects.order_by("pk").first()
    Response.objects.filter(pk=first.pk).update(answers={**first.answers, "size": "large"})

    after = alerts(browser.get(PAGE + query))

    assert (before, len(after)) == ([], 1)


def test_tests_of_a_pair_are_corrected_together(computed, people):
    services.compute(computed.consultation, by=people.wanda)
    settle()
    results = newest_results(computed.consultation)
    multiple = next(
        code for code, told in results.figures["questions"].items() if told["type"] == "multiple" and told["base"]
    )

    table = pairing.pair(results, pairing.read(results).survey, "audience", multiple)

    tests = [column["test"] for column in table["columns"] if column["test"]]
    assert {test["batch"] for test in tests} <= {len(tests)}
    assert [test for test in tests if test["p_holm"] < test["p"]] == []


def pair_tests(results, survey, rows, columns):
    table = pairing.pair(results, survey, rows, columns)
    return table and pairing.told(results, table, rows, columns)["tests"]


def test_a_multiple_choice_shows_the_test_of_each_answer(computed, people):
    results = newest_results(computed.consultation)
    survey, keys = pairing.read(results).survey, pairing.pairable(results)
    multiple = [code for code, told in results.figures["questions"].items() if told["type"] == "multiple"]
    rows, columns = next(
        (first, second)
        for first in multiple
        for second in keys
        if first != second and pair_tests(results, survey, first, second)
    )

    page = browser_of(people.wanda).get(f"{PAGE}?rows={rows}&columns={columns}")

    told = page.context["cross"]["tests"]
    assert (page.status_code, told["head"][1:]) == (200, ["Test", "p", "p, corrected", "Cramér's V"])
    assert len(parsed(page).xpath("//details[@class='disclosure']//tbody/tr")) == len(told["rows"])
