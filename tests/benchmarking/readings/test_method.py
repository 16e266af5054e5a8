"""Formulas say what the statistics compute."""

import pytest

from benchmarking import choices
from benchmarking.readings import method
from benchmarking.recipes import with_ends
from tests.factories import readings as factory


@pytest.mark.parametrize(
    ("code", "formula"),
    [
        ("percentile", "I = (rank(x) − 1) / (n − 1)"),
        ("distance_to_target:cap", "I = 1 − max(0, target − x) / (target − min)"),
        ("distance_to_target", "I = 1 − (target − x) / (target − min)"),
        ("minmax:1:100", "I = (x − min) / (max − min) · (b − a) + a"),
        ("mean_group:country", "x := mean(x | country)"),
        ("median_group:nuts.1", "x := median(x | NUTS 1)"),
        ("nothing", ""),
    ],
)
def test_a_formula_is_that_of_the_scale(code, formula):
    assert method.formula(code) == formula


@pytest.mark.parametrize(
    ("scale", "treatment", "varied", "ends"),
    [
        ("goalposts", "winsorise:5", {}, "treated"),
        ("distance_to_target:cap", "boxcox", {}, "treated"),
        ("minmax:0:100", "none", {"normalisation": ["goalposts"], "treatment": ["log"]}, "treated"),
        ("goalposts", "none", {}, None),
        ("minmax:0:100", "log", {}, None),
    ],
)
def test_ends_go_along_with_figures_that_may_be_turned(scale, treatment, varied, ends):
    assert with_ends({"normalisation": scale, "treatment": treatment}, varied).get("ends") == ends


@pytest.mark.django_db
def test_steps_tell_every_rule_of_coverage():
    more = {"indicator_coverage": 0.5, "node_coverage": 0.4, "skewness": 3, "ends": "treated"}
    run = factory.run(regions=3, recipe=factory.RECIPE | more)

    told = {one.step: one.chosen for one in method.steps(run)}

    assert list(told)[1:8] == [
        "Coverage", "Indicators need", "Groups need", "Strongly skewed from", "Gaps", "Outliers", "Common scale",
    ]  # fmt: skip
    assert list(told)[8:10] == ["Targets and goalposts", "Weights"]
    assert (told["Indicators need"], told["Groups need"]) == ("50 % of the regions", "40 % of what they are made of")
    assert told["Strongly skewed from"] == "skewness 3 and kurtosis 3.5"


def test_every_choice_has_its_formula():
    families = (choices.IMPUTATION, choices.TREATMENT, choices.NORMALISATION, choices.WEIGHTS, choices.AGGREGATION)
    without = {code for known in families for code in known if not method.explained("", known, code).formula}

    assert without == {"none"}
    assert method.explained("", choices.IMPUTATION, "median").formula == "x := median(x)"
    assert method.explained("", choices.AGGREGATION, "median").formula == "S = median(I)"
