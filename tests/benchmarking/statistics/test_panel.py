import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.composite import build
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe

METADATA = pd.DataFrame({"iCode": ["a", "b", "i"], "Parent": ["i", "i", ""]})
PANEL = pd.DataFrame(
    [
        ("x", 2016, 1.0, 5.0),
        ("x", 2017, np.nan, 6.0),
        ("x", 2020, 5.0, np.nan),
        ("y", 2016, 7.0, 1.0),
        ("y", 2020, 8.0, 2.0),
        ("z", 2017, 4.0, np.nan),
        ("z", 2020, np.nan, 3.0),
    ],
    columns=["uCode", "Time", "a", "b"],
).set_index("uCode")
PLAIN = Recipe(treatment="none", normalisation="minmax:0:1")


def test_the_latest_year_is_taken_when_none_is_named():
    found = build(PANEL, METADATA, PLAIN)

    assert found.denominated["a"].to_dict() == pytest.approx({"x": 5.0, "y": 8.0, "z": np.nan}, nan_ok=True)


def test_another_year():
    found = build(PANEL, METADATA, PLAIN.changed(year=2016))

    assert found.denominated["a"].to_dict() == {"x": 1.0, "y": 7.0}


def test_gaps_are_filled_on_the_line_between_years_and_with_the_nearest_outside():
    found = build(PANEL, METADATA, PLAIN.changed(year=2017, imputation="linear"))

    assert found.imputed["a"].to_dict() == {"x": 2.0, "y": 7.25, "z": 4.0}
    assert found.imputed["b"].to_dict() == {"x": 6.0, "y": 1.25, "z": 3.0}
    assert found.is_imputed["a"].to_dict() == {"x": True, "y": True, "z": False}


def test_a_year_without_figures_is_told():
    with pytest.raises(StatisticsError) as found:
        build(PANEL, METADATA, PLAIN.changed(year=2019))

    assert (found.value.code, found.value.place["value"]) == ("unknown_year", 2019)


@pytest.mark.parametrize("imputation", ["none", "linear"])
def test_a_unit_twice_in_a_year_is_told(imputation):
    twice = pd.concat([PANEL, PANEL.iloc[[2]]])
    with pytest.raises(StatisticsError) as found:
        build(twice, METADATA, PLAIN.changed(imputation=imputation))

    assert (found.value.code, found.value.place["row"]) == ("duplicate_unit", "x")


def test_denominators_divide_year_by_year():
    metadata = METADATA.assign(Denominator=["people", None, None])
    found = build(PANEL.assign(people=[1.0, 1, 5, 7, 2, 1, 1]), metadata, PLAIN.changed(imputation="linear"))

    assert found.imputed["a"].to_dict() == {"x": 1.0, "y": 4.0, "z": 4.0}


def test_one_year_is_no_panel():
    found = build(PANEL[PANEL["Time"] == 2016], METADATA, PLAIN.changed(imputation="linear"))

    assert found.scores["i"].to_dict() == {"x": 0.5, "y": 0.5}
