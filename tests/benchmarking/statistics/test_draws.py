import io

import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.draws import Choices, Draws, draws_from, treatment_of, winmax_of
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from tests.benchmarking.statistics.regions import metadata

TREE = Hierarchy.read(metadata())
CHOICES = Choices(
    treatment=("none", "winsorise:5"), normalisation=("minmax:1:100",), noise=0.25, aggregation=("amean", "gmean,hmean")
)


def test_draws_follow_the_seed():
    one, other = draws_from(CHOICES, 50, 7, Recipe(), TREE), draws_from(CHOICES, 50, 7, Recipe(), TREE)
    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_frame_equal(one.sets, other.sets)
    assert not one.frame.equals(draws_from(CHOICES, 50, 8, Recipe(), TREE).frame)


def test_draws_come_in_the_documented_order():
    random = np.random.Generator(np.random.PCG64(7))
    winmax = np.array(["none", "5"])[(random.random(50) * 2).astype(int)]
    random.random(50)  # normalisation, with its one alternative
    aggregation = np.array(["amean", "gmean,hmean"])[(random.random(50) * 2).astype(int)]
    noise = random.random((50, len(TREE.codes)))
    found = draws_from(CHOICES, 50, 7, Recipe(), TREE)
    assert found.frame["winmax"].tolist() == winmax.tolist()
    assert found.frame["aggregation"].tolist() == aggregation.tolist()
    assert found.sets.to_numpy() == pytest.approx(TREE.weights.to_numpy() * (0.75 + 0.5 * noise))


def test_columns_are_those_of_the_command():
    found = draws_from(CHOICES, 3, 1, Recipe(), TREE).frame
    assert list(found) == ["run", "winmax", "normalisation", "weight_set", "aggregation"]
    assert found["weight_set"].tolist() == ["1", "2", "3"]
    more = Choices(imputation=("none", "mean"), left_out=("", "i0"))
    assert list(draws_from(more, 3, 1, Recipe(), TREE).frame)[5:] == ["imputation", "left_out"]


def test_levels_are_drawn_by_themselves_and_written_together():
    levels = Choices(aggregation_by_level=(("amean", "gmean"), ("hmean",)))
    assert set(draws_from(levels, 40, 1, Recipe(), TREE).frame["aggregation"]) == {"amean,hmean", "gmean,hmean"}


def test_only_the_named_levels_are_noisy():
    found = draws_from(Choices(noise=0.5, noisy_levels=(2,)), 20, 1, Recipe(), TREE).sets
    assert list(found.columns[found.nunique() > 1]) == ["p0", "p1"]


def test_a_dirichlet_law_keeps_the_shares_on_average():
    sets = draws_from(Choices(concentration=50), 4000, 1, Recipe(), TREE).sets[["i0", "i2", "i4"]]
    shares = sets.div(sets.sum(axis=1), axis=0)
    own = np.array([1, 3, 5]) / 9
    assert shares.mean().to_numpy() == pytest.approx(own, abs=0.005)
    assert shares.var().to_numpy() == pytest.approx(own * (1 - own) / 51, rel=0.1)


def test_what_was_written_is_read_again():
    drawn = draws_from(CHOICES, 9, 2, Recipe(), TREE)
    sets = pd.read_csv(io.StringIO(drawn.long_sets(TREE).to_csv(index=False)))
    frame = pd.read_csv(io.StringIO(drawn.frame.to_csv(index=False)))
    again = Draws.read(frame, Recipe(), TREE, sets)
    assert again.frame.astype(str).equals(drawn.frame.astype(str))
    assert again.sets.loc[drawn.sets.index, TREE.codes].to_numpy().tolist() == drawn.sets.to_numpy().tolist()


def test_missing_columns_stay_as_the_recipe_has_them():
    found = Draws.read(pd.DataFrame({"run": [4, 5]}), Recipe(treatment="none"), TREE).frame
    assert found.to_numpy().tolist() == [[run, "none", "minmax:1:100", "original", "amean"] for run in (4, 5)]


def test_numbers_that_became_decimal_are_whole_again():
    frame = pd.DataFrame({"winmax": [5.0, np.nan], "weight_set": [1.0, 2.0]})
    assert Draws.read(frame, Recipe(), TREE).frame[["winmax", "weight_set"]].to_numpy().tolist() == [
        ["5", "1"],
        ["", "2"],
    ]


@pytest.mark.parametrize("treatment", ["none", "winsorise", "winsorise:5", "log", "sd:3"])
def test_treatments_survive_the_column_winmax(treatment):
    assert treatment_of(winmax_of(treatment)) == treatment


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("unknown_column", {"run": [1], "colour": ["red"]}),
        ("repeated", {"run": [1, 1]}),
        ("empty", {"run": []}),
    ],
)
def test_draws_that_cannot_be_read(code, table):
    with pytest.raises(StatisticsError) as told:
        Draws.read(pd.DataFrame(table), Recipe(), TREE)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("unknown_code", [("a", "i99", 1.0)]),
        ("negative_weight", [("a", "i0", -1.0)]),
        ("repeated", [("a", "i0", 1.0), ("a", "i0", 2.0)]),
    ],
)
def test_sets_that_cannot_be_read(code, rows):
    sets = pd.DataFrame(rows, columns=["set", "iCode", "Weight"])
    with pytest.raises(StatisticsError) as told:
        Draws.read(pd.DataFrame({"run": [1]}), Recipe(), TREE, sets)
    assert told.value.code == code


def test_choices_that_exclude_each_other():
    for wrong in (
        {"noise": 0.2, "concentration": 9},
        {"aggregation": ("amean",), "aggregation_by_level": (("amean",),)},
    ):
        with pytest.raises(StatisticsError, match="choices_exclude"):
            Choices(**wrong)


def test_choices_survive_being_stored():
    assert Choices.from_json(CHOICES.as_json()) == CHOICES
    assert Choices.from_json({"aggregation_by_level": [["amean"], ["gmean"]]}).aggregation_by_level == (
        ("amean",),
        ("gmean",),
    )
    with pytest.raises(StatisticsError, match="unknown_choice"):
        Choices.from_json({"colour": []})
