import json

import pytest

from benchmarking.statistics import methods
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe

FULL = Recipe(
    indicator_coverage=0.5,
    screen=0.65,
    screen_on="measured",
    year=2018,
    imputation="mean_group:EurAsia_group",
    treatment="winsorise:3",
    skewness=1.0,
    kurtosis=3.0,
    normalisation="zscore:100:10",
    weights="given",
    given=(("a", 0.1), ("b", 2.0)),
    aggregation=("amean", "gmean"),
    node_coverage=0.6,
)


@pytest.mark.parametrize("recipe", [Recipe(), FULL])
def test_a_recipe_survives_being_stored(recipe):
    assert Recipe.from_json(json.loads(json.dumps(recipe.as_json()))) == recipe


def test_what_an_older_recipe_does_not_say_is_as_it_was():
    assert Recipe.from_json({"screen": 0.9}) == Recipe(screen=0.9)


def test_choices_nobody_knows_are_refused():
    with pytest.raises(StatisticsError) as found:
        Recipe.from_json({"winmax": 5})

    assert (found.value.code, found.value.place) == ("unknown_choice", {"value": "winmax"})


@pytest.mark.parametrize(
    ("choices", "code", "value"),
    [
        ({"screen": 1.2}, "not_a_share", 1.2),
        ({"screen_on": "raw"}, "unknown_method", "raw"),
        ({"normalisation": "minmax:1:100:3"}, "wrong_arguments", "minmax:1:100:3"),
        ({"normalisation": "minmax:100:1"}, "wrong_arguments", "minmax:100:1"),
        ({"normalisation": "minmax:low:high"}, "not_a_number", "minmax:low:high"),
        ({"normalisation": "zscore:0:0"}, "wrong_arguments", "zscore:0:0"),
        ({"normalisation": "MinMax"}, "unknown_method", "MinMax"),
        ({"normalisation": "distance_to_reference"}, "wrong_arguments", "distance_to_reference"),
        ({"normalisation": "distance_to_target:x"}, "wrong_arguments", "distance_to_target:x"),
        ({"treatment": "winsorise:-1"}, "wrong_arguments", "winsorise:-1"),
        ({"treatment": "winsorise:1.5"}, "wrong_arguments", "winsorise:1.5"),
        ({"treatment": "sd"}, "wrong_arguments", "sd"),
        ({"treatment": "sd:nan"}, "not_a_number", "sd:nan"),
        ({"imputation": "mean_group"}, "wrong_arguments", "mean_group"),
        ({"imputation": "mean_group:"}, "wrong_arguments", "mean_group:"),
        ({"weights": "bod:0.5:0.4"}, "wrong_arguments", "bod:0.5:0.4"),
        ({"aggregation": ("amean", "power:0")}, "wrong_arguments", "power:0"),
        ({"aggregation": ("mean",)}, "unknown_method", "mean"),
    ],
)
def test_each_choice_is_checked_when_it_is_made(choices, code, value):
    with pytest.raises(StatisticsError) as found:
        Recipe(**choices)

    assert (found.value.code, found.value.place["value"]) == (code, value)


def test_one_aggregation_is_that_of_every_level():
    assert [str(method) for method in FULL.aggregators(3)] == ["amean", "gmean"]
    assert [str(method) for method in Recipe().aggregators(4)] == ["amean"] * 3


def test_aggregations_must_be_as_many_as_levels():
    with pytest.raises(StatisticsError) as found:
        FULL.aggregators(4)

    assert (found.value.code, found.value.place["levels"]) == ("aggregation_levels", 3)


@pytest.mark.parametrize("text", ["minmax:1:100", "zscore:0.5:10", "distance_to_reference:SI04", "rank"])
def test_a_method_is_written_as_it_was_read(text):
    assert str(methods.read("normalisation", text)) == text


def test_what_is_not_told_of_a_method_is_its_default():
    assert str(methods.read("normalisation", "minmax:1")) == "minmax:1:100"
