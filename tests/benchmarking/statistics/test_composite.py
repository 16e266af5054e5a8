import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.composite import build
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe

from . import asem, small

COINR = Recipe(screen=0.9, imputation="mean_group:EurAsia_group", normalisation="minmax:1:100")
PLAIN = Recipe(treatment="none", normalisation="minmax:0:1")
STEPS = {
    "denominated": "denominated",
    "imputed": "imputed",
    "treated": "treated",
    "normalised": "normalised_minmax_1_100",
    "scores": "aggregated_arithmetic",
}


@pytest.fixture(scope="module")
def composite():
    return build(asem.data(), asem.metadata(), COINR)


@asem.needs_asem
@pytest.mark.parametrize(("step", "reference"), STEPS.items())
def test_every_step_is_what_coinr_computes(composite, step, reference):
    found, expected = getattr(composite, step), asem.reference(reference)

    assert list(found.columns) == list(expected.columns)
    assert list(found.index) == list(expected.index)
    assert found.isna().equals(expected.isna())
    assert (found - expected).abs().max().max() < 1e-10


@asem.needs_asem
def test_imputed_cells_are_marked(composite):
    assert composite.is_imputed.to_numpy().sum() == asem.reference("denominated").isna().to_numpy().sum() == 65


@asem.needs_asem
def test_the_order_of_rows_changes_nothing(composite):
    turned = build(asem.data().iloc[::-1], asem.metadata().iloc[::-1], COINR)

    assert (
        turned.scores.loc[composite.scores.index, composite.scores.columns] - composite.scores
    ).abs().max().max() < 1e-10
    assert turned.ranks.loc[composite.ranks.index, composite.ranks.columns].equals(composite.ranks)


def test_by_hand():
    found = build(small.data(), small.metadata(), PLAIN)

    assert found.scores["one"].tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert found.scores["two"].tolist() == [0.0, 0.75, 0.25, 0.75, 0.75]
    assert found.scores["index"].tolist() == [0.0, 0.5, 0.375, 0.75, 0.875]
    assert found.ranks["two"].tolist() == [5.0, 1.0, 4.0, 1.0, 1.0]


def test_effective_weights_are_the_parts_in_the_index():
    found = build(small.data(), small.metadata(), PLAIN).weights["EffWeight"]

    assert found.to_dict() == {"a": 0.125, "b": 0.375, "c": 0.25, "d": 0.25, "one": 0.5, "two": 0.5, "index": 1.0}


def test_units_are_screened_after_imputation_unless_told_otherwise():
    holes = small.data(c=[np.nan, 5, 2, 3, 4], d=[np.nan, 30, 20, 50, 40])
    recipe = PLAIN.changed(imputation="mean", screen=0.75)

    assert list(build(holes, small.metadata(), recipe).scores.index) == ["u1", "u2", "u3", "u4", "u5"]
    measured = build(holes, small.metadata(), recipe.changed(screen_on="measured"))
    assert list(measured.scores.index) == ["u2", "u3", "u4", "u5"]
    assert measured.diagnosis.coverage.units_left_out == ["u1"]
    assert list(measured.imputed.index) == ["u1", "u2", "u3", "u4", "u5"]


def test_a_unit_at_the_threshold_stays():
    holes = small.data(c=[np.nan, 5, 2, 3, 4])

    assert list(build(holes, small.metadata(), PLAIN.changed(screen=0.75)).scores.index) == list(small.DATA.index)
    assert list(build(holes, small.metadata(), PLAIN.changed(screen=0.76)).scores.index) == ["u2", "u3", "u4", "u5"]


def test_an_indicator_measured_too_seldom_is_left_out():
    holes = small.data(c=[np.nan, np.nan, np.nan, 3, 4])
    found = build(holes, small.metadata(), PLAIN.changed(indicator_coverage=0.5))

    assert list(found.scores.columns) == ["a", "b", "d", "one", "two", "index"]
    assert found.diagnosis.coverage.indicators_left_out == ["c"]
    assert found.scores["two"].equals(found.scores["d"].rename("two"))


def test_weights_of_the_missing_go_to_the_others():
    holes = small.data(a=[np.nan, 1, 2, 3, 4])
    found = build(holes, small.metadata(), PLAIN)

    assert found.scores.at["u1", "one"] == found.scores.at["u1", "b"] == 0.0
    assert found.scores.at["u5", "one"] == 1.0


def test_an_aggregate_with_too_few_children_gets_no_score():
    holes = small.data(a=[np.nan, 1, 2, 3, 4])
    found = build(holes, small.metadata(), PLAIN.changed(node_coverage=0.6))

    assert found.scores["one"].isna().tolist() == [True, False, False, False, False]
    assert found.scores["index"].isna().tolist() == [True, False, False, False, False]


def test_a_unit_with_nothing_has_no_score_and_no_rank():
    holes = small.DATA.copy()
    holes.loc["u1", ["a", "b", "c", "d"]] = np.nan
    found = build(holes, small.metadata(), PLAIN)

    assert found.scores.loc["u1"].isna().all()
    assert found.ranks.loc["u1"].isna().all()
    assert found.ranks.loc["u2":, "index"].tolist() == [3.0, 4.0, 2.0, 1.0]


def test_groups_may_come_beside_the_figures():
    holes = small.data(a=[np.nan, 1, 2, 3, 4])
    groups = pd.DataFrame({"mine": ["p", "q", "p", "q", "q"]}, index=small.DATA.index)
    found = build(holes, small.metadata(), PLAIN.changed(imputation="mean_group:mine"), groups)

    assert found.imputed["a"].tolist() == [2.0, 1.0, 2.0, 3.0, 4.0]


def test_any_depth():
    rows = [(f"n{level}", f"n{level + 1}" if level < 9 else None) for level in range(1, 10)]
    metadata = pd.DataFrame(rows, columns=["iCode", "Parent"])
    found = build(pd.DataFrame({"n1": [1.0, 3.0, 2.0]}, index=list("xyz")), metadata, PLAIN)

    assert found.hierarchy.depth == 9
    assert found.scores["n9"].tolist() == [0.0, 1.0, 0.5]


def test_an_indicator_alone_is_no_composite():
    with pytest.raises(StatisticsError) as found:
        build(small.DATA, pd.DataFrame({"iCode": ["a"], "Level": [1], "Parent": [None]}), PLAIN)

    assert found.value.code == "no_index"


def test_no_unit_left():
    with pytest.raises(StatisticsError) as found:
        build(small.data(a=[np.nan] * 4 + [1.0], b=np.nan), small.metadata(), PLAIN.changed(screen=0.9))

    assert found.value.code == "no_units_left"
