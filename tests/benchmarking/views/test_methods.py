"""Methods that are told a number, a region, goalposts or other years: from the form to the results."""

import pytest

from benchmarking import computing
from benchmarking.models import Benchmark, Run
from benchmarking.services import benchmarks, hierarchy, runs
from platform_core.identity.access import services as access
from tests.factories.benchmarks import INDICATORS, REGIONS, YEAR, complete, figures
from tests.factories.data import data_set, version
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db
TREATMENT = {"screen": 50, "imputation": "none", "treatment": "none", "normalisation": "minmax:0:100"}


@pytest.fixture
def found(people):
    return complete(people.wanda)


def post(people, found: Benchmark, step: str, **typed):
    return browser_of(people.wanda).post(f"/en/desk/benchmarking/{found.code}/steps/{step}/", typed)


def weights(found: Benchmark) -> dict:
    return {f"weight_{node.pk}": 1 for node in found.nodes.exclude(parent=None)}


def ran(found: Benchmark, people) -> Run:
    run = runs.start(found, by=people.wanda)
    settle()
    run.refresh_from_db()
    assert (run.state, run.error) == ("done", "")
    return run


def chosen(found: Benchmark, name: str):
    found.refresh_from_db()
    return found.recipe[name]


def test_one_region_is_the_measure(people, found):
    lacking = post(people, found, "treatment", **TREATMENT | {"normalisation": "distance_to_reference"})
    assert lacking.context["form"].errors == {"reference": ["Please choose the region."]}

    typed = TREATMENT | {"normalisation": "distance_to_reference", "reference": "AT13"}
    assert post(people, found, "treatment", **typed).status_code == 302
    assert chosen(found, "normalisation") == "distance_to_reference:AT13"
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/treatment/")
    assert (page.context["form"]["normalisation"].value(), page.context["form"]["reference"].value()) == (
        "distance_to_reference",
        "AT13",
    )
    scored = ran(found, people).areas.get(code="AT13").profile["indicators"]
    assert [one["normalised"] for one in scored.values()] == pytest.approx([1.0] * 4)


def test_goalposts_come_in_pairs_and_make_the_scale(people, found):
    browser, nodes = browser_of(people.wanda), found.nodes.exclude(indicator="")
    address = f"/en/desk/benchmarking/{found.code}/hierarchy/{nodes[0].pk}/"
    typed = {"direction": 1, "parent": nodes[0].parent_id, "lower": 10}
    assert browser.post(address, typed).context["form"].errors == {"upper": ["Goalposts come in pairs."]}
    assert browser.post(address, typed | {"upper": 10}).context["form"].errors == {
        "upper": ["This has to be above the lower goalpost."]
    }

    assert post(people, found, "treatment", **TREATMENT | {"normalisation": "goalposts"}).status_code == 302
    page = browser.get(f"/en/desk/benchmarking/{found.code}/steps/reading/")
    assert "Scores lie between goalposts, and some indicators have none." in page.content.decode()
    assert browser.post(address, typed | {"upper": 90}).status_code == 302
    for node in nodes:
        hierarchy.change_node(node, by=people.wanda, lower=10.0, upper=90.0)
    run = ran(found, people)
    told = run.areas.get(code="AT11").profile["indicators"][nodes[0].code]
    assert told["normalised"] == pytest.approx(100 * (told["value"] - 10) / 80)


def test_a_power_mean_has_an_exponent(people, found):
    levels = {"level_1": "power", "level_2": "amean"}
    assert post(people, found, "aggregation", **levels).context["form"].errors == {
        "power": ["Please give an exponent other than 0."]
    }
    assert list(post(people, found, "aggregation", **levels, power=-2).context["form"].errors) == ["level_1"]

    assert post(people, found, "aggregation", **levels, power="0.5").status_code == 302
    assert chosen(found, "aggregation") == ["power:0.5", "amean"]
    assert ran(found, people).areas.filter(rank__isnull=False).count() == 10


def test_shares_of_benefit_of_the_doubt_have_bounds(people, found):
    typed = {"weights": "bod", **weights(found)}
    assert post(people, found, "weights", **typed, least=50, most=50).context["form"].errors == {
        "most": ["This has to be above the least share."]
    }

    assert post(people, found, "weights", **typed, least=10, most=60).status_code == 302
    assert chosen(found, "weights") == "bod:0.1:0.6"
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/weights/")
    assert (page.context["form"]["least"].value(), page.context["form"]["most"].value()) == (10, 60)
    benchmarks.keep(found, "robustness", by=people.wanda, robustness={"runs": 0})
    assert ran(found, people).areas.filter(rank__isnull=False).count() == 10


def test_a_gap_is_filled_from_the_years_around_it(people):
    """AT11 has no figure of the year, but one of the year before and one of the year after; nothing else is touched."""
    held = figures(regions=REGIONS[1:])
    cells = [(one, "AT11", year, value) for one in INDICATORS for year, value in ((YEAR - 1, 20.0), (YEAR + 1, 40.0))]
    other = version(data_set("others"), *cells, published_at=held.published_at)
    access.set_audience(other.data_set, {"public"})
    found = complete(people.wanda, held)
    benchmarks.choose_sources(found, [held, other], by=people.wanda)
    benchmarks.keep(found, "treatment", by=people.wanda, recipe={"imputation": "linear"})
    found.refresh_from_db()
    run = ran(found, people)

    told = run.areas.get(code="AT11").profile["indicators"]["grants"]
    assert (told["value"], told["used"], told["imputed"]) == (None, pytest.approx(30.0), True)
    measured = run.areas.get(code="AT12").profile["indicators"]["grants"]
    assert (measured["imputed"], measured["year"]) == (False, YEAR)
    assert [run.areas.count(), computing.inputs(run).matrix.value.shape[0]] == [10, 10]


def test_the_order_of_data_is_chosen(people, found):
    first = found.sources.get().version
    second, third = figures("second", seed=2), figures("third", seed=3)
    benchmarks.choose_sources(found, [first, second], by=people.wanda)
    places = {f"place_{first.pk}": 2, f"place_{second.pk}": 1}

    assert post(people, found, "indicators", versions=[first.pk, second.pk, third.pk], **places).status_code == 302
    assert list(found.sources.values_list("version", flat=True)) == [second.pk, first.pk, third.pk]
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/indicators/")
    assert [(place.name, place.value()) for place in page.context["form"].places()] == [
        (f"place_{second.pk}", 1),
        (f"place_{first.pk}", 2),
        (f"place_{third.pk}", 3),
    ]


def test_weights_vary_or_come_from_elsewhere(people, found):
    typed = {"runs": 10, "weights": 25, "weight_methods": ["entropy"], "top": 5, "seed": 1}

    assert post(people, found, "robustness", **typed).context["form"].errors == {
        "weights": ["Weights vary by per cent or come from elsewhere, not both: put 0 here."]
    }
    assert post(people, found, "robustness", **typed | {"weights": 0, "left_out": "on"}).status_code == 302
    found.refresh_from_db()
    assert {name: found.robustness[name] for name in ("weight_methods", "left_out", "by_level", "imputation")} == {
        "weight_methods": ["entropy"], "left_out": True, "by_level": False, "imputation": [],
    }  # fmt: skip


VARIED = {"runs": 10, "weights": 0, "top": 5, "seed": 1}


@pytest.mark.parametrize(
    ("recipe", "typed", "field", "words"),
    [
        ({}, {"aggregation": ["power"]}, "power", "Please give an exponent other than 0."),
        ({}, {"aggregation": ["gmean"]}, "aggregation", "This mean needs scores above zero."),
        ({}, {"aggregation": ["power"], "power": -1}, "aggregation", "This mean needs scores above zero."),
        (
            {"normalisation": "minmax:1:100"},
            {"aggregation": ["gmean"], "normalisation": ["zscore:0:1"]},
            "normalisation",
            "A geometric, a harmonic, such a power mean or the adjusted Mazziotta–Pareto index needs scores above zero",
        ),
        (
            {"normalisation": "zscore:0:1"},
            {"aggregation": ["ampi"]},
            "aggregation",
            "The adjusted Mazziotta–Pareto index divides by the mean of the scores, which has to be above zero.",
        ),
        (
            {"normalisation": "minmax:70:130", "aggregation": ["ampi"]},
            {"normalisation": ["zscore:0:1"]},
            "normalisation",
            "A geometric, a harmonic, such a power mean or the adjusted Mazziotta–Pareto index needs scores above zero",
        ),
        ({}, {"normalisation": ["goalposts"]}, "normalisation", "Some indicators have no goalposts."),
        ({}, {"normalisation": ["distance_to_target"]}, "normalisation", "Some indicators have no target."),
        ({}, {"weights": 25, "concentration": 50}, "concentration", "Weights vary in one way only"),
        ({}, {"weight_methods": ["pca"], "concentration": 50}, "concentration", "Weights vary in one way only"),
        ({"weights": "pca"}, {"concentration": 50}, "concentration", "The weights of this benchmark are found"),
        ({"weights": "bod"}, {"weights": 25}, "weights", "The weights of this benchmark are found"),
        ({}, {"weight_methods": ["bod"], "aggregation": ["median"]}, "aggregation", "Benefit of the doubt brings"),
        ({"aggregation": ["median"]}, {"weight_methods": ["bod"]}, "weight_methods", "Benefit of the doubt brings"),
        ({}, {"weight_methods": ["bod"], "normalisation": ["zscore:0:1"]}, "normalisation", "Benefit of the doubt and"),
        ({}, {"concentration": 0.5}, "concentration", "Ensure this value is greater than or equal to 1."),
        ({}, {"base": 300}, "base", "Select a valid choice."),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_field(people, found, recipe, typed, field, words):
    benchmarks.keep(found, "aggregation", by=people.wanda, recipe=recipe)

    errors = post(people, found, "robustness", **VARIED | typed).context["form"].errors

    assert {name: told[0][: len(words)] for name, told in errors.items()} == {field: words}


@pytest.mark.parametrize(
    "typed",
    [
        {"aggregation": ["power", "median"], "power": 0.5},
        {"normalisation": ["goalposts", "rank"]},
        {"weight_methods": ["bod", "original"], "normalisation": ["rank"]},
        {"concentration": 40, "aggregation": ["median"]},
    ],
    ids=lambda typed: next(iter(typed)),
)
def test_whatever_fits_together_is_computed(people, found, typed):
    for node in found.nodes.exclude(indicator=""):
        hierarchy.change_node(node, by=people.wanda, lower=0.0, upper=90.0)

    assert post(people, found, "robustness", **VARIED | typed).status_code == 302
    found.refresh_from_db()
    found.robustness["base"] = 16
    found.save(update_fields=["robustness"])
    run = ran(found, people)

    told = dict(run.results.values_list("code", "figures"))
    factors = told["sensitivity"]["factors"]
    assert (told["uncertainty"]["refusals"], told["uncertainty"]["runs"]) == ({}, 10)
    assert (told["sensitivity"]["base"], told["sensitivity"]["runs"]) == (16, 16 * (len(factors) + 2))


def test_what_is_varied_stands_in_the_form_as_it_was_chosen(people, found):
    typed = {"aggregation": ["power", "median"], "power": 0.5, "concentration": 40, "base": 4096}

    assert post(people, found, "robustness", **VARIED | typed).status_code == 302
    found.refresh_from_db()
    held = {name: found.robustness[name] for name in ("aggregation", "concentration", "base")}
    assert held == {"aggregation": ["power:0.5", "median"], "concentration": 40, "base": 4096}
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/robustness/")
    assert {name: page.context["form"][name].value() for name in typed} == typed
    assert page.context["cost"] == (10, 2, 4096 * 4)


def test_what_no_longer_fits_is_told_beside_the_step(people, found):
    assert post(people, found, "robustness", **VARIED | {"weights": 25}).status_code == 302
    benchmarks.keep(found, "weights", by=people.wanda, recipe={"weights": "pca"})

    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/robustness/")

    assert page.context["clashes"] == [
        "The weights of this benchmark are found in the figures, so there is nothing to vary around: put 0 here."
    ]


def test_the_target_is_the_end_of_the_scale(people, found):
    found.nodes.exclude(indicator="").update(target=40.0)
    typed = TREATMENT | {"normalisation": "distance_to_target:cap"}

    assert post(people, found, "treatment", **typed).status_code == 302
    run = ran(found, people)
    assert max(one["normalised"] for row in run.areas.all() for one in row.profile["indicators"].values()) == 1.0


def told(people, found: Benchmark, step: str) -> dict:
    context = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/{step}/").context
    return {name: context[name] for name in ("told", "untranslated")}


def test_the_first_step_looks_at_question_and_year(people, found):
    others = ["it", "de", "hu", "ro", "bg", "el", "sk", "sl", "hr", "sr"]
    assert told(people, found, "question") == {
        "told": ["It has few words. Who decides what, and about which regions?"], "untranslated": others,
    }  # fmt: skip
    benchmarks.keep(
        found, "question", by=people.wanda, year=YEAR + 2, question={"en": "Money", "de": "Geld", "_source": "en"}
    )
    found.refresh_from_db()
    assert told(people, found, "question")["told"] == [
        "It does not end with a question mark. What is to be answered?",
        "It has few words. Who decides what, and about which regions?",
        "Of 2024, 0 % of the figures are there; of 2022 there are 100 %.",
    ]


def test_the_last_step_says_what_readers_should_know(people, found):
    benchmarks.keep(found, "robustness", by=people.wanda, robustness={"runs": 20})
    ran(found, people)

    sentences = told(people, found, "reading")["told"]
    assert sentences[-1] == "Nothing is written yet about how to read it."
    assert sentences[0].startswith("In run 1 the rank of a typical region moved by")


def test_before_it_is_published_people_see_what_lacks_translation(people, found):
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/")

    assert page.context["untranslated"] == ["it", "de", "hu", "ro", "bg", "el", "sk", "sl", "hr", "sr"]


def test_numbers_of_the_treatment_are_told(people, found):
    lacking = post(people, found, "treatment", **TREATMENT | {"treatment": "winsorise"})
    assert lacking.context["form"].errors == {"points": ["Please give the number."]}

    more = {"treatment": "winsorise", "points": 7, "skewness": 1.5, "kurtosis": 3.5, "indicator_coverage": 60}
    assert post(people, found, "treatment", **TREATMENT | more).status_code == 302
    found.refresh_from_db()
    told = {name: found.recipe.get(name) for name in ("treatment", "skewness", "kurtosis", "indicator_coverage")}
    assert told == {"treatment": "winsorise:7", "skewness": 1.5, "kurtosis": None, "indicator_coverage": 0.6}
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/treatment/")
    assert {name: page.context["form"][name].value() for name in more} == more
    benchmarks.keep(found, "robustness", by=people.wanda, robustness={"runs": 0})
    assert ran(found, people).areas.filter(rank__isnull=False).count() == 10


def test_a_form_that_is_sent_as_it_was_changes_no_recipe(people, found):
    before = dict(found.recipe)
    page = browser_of(people.wanda).get(f"/en/desk/benchmarking/{found.code}/steps/treatment/")
    typed = {name: value for name, value in page.context["form"].initial.items() if value not in (None, "")}

    assert post(people, found, "treatment", **typed).status_code == 302
    found.refresh_from_db()
    assert found.recipe == before
