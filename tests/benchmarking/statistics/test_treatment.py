import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings, strategies as st
from scipy import stats

from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe, treatment_of_winmax
from benchmarking.statistics.shape import skewness_and_kurtosis
from benchmarking.statistics.treatment import treat

CELLS = st.one_of(st.just(math.nan), st.integers(-3, 3).map(float), st.sampled_from([50.0, 51.0, -80.0, 1000.0]))
COLUMNS = st.lists(CELLS, min_size=6, max_size=40).filter(lambda column: not all(map(math.isnan, column)))


def treated(column, text="winsorise:5"):
    return treat(pd.DataFrame({"x": column}), Recipe(treatment=text))


def judged(values):
    there = np.array([value for value in values if not math.isnan(value)])
    if len(there) < 4 or there.min() == there.max():
        return None
    skew, kurtosis = stats.skew(there, bias=False), stats.kurtosis(there, bias=False)
    assume(abs(abs(skew) - 2) > 1e-9 and abs(kurtosis - 3.5) > 1e-9)
    return bool(abs(skew) < 2 or kurtosis < 3.5)


def one_by_one(column, most):
    """The rule in words: move the end in until the column passes or `most` points lie at ends, else the logarithm."""
    values, ends = list(column), {1: set(), -1: set()}
    while judged(values) is False and len(ends[1]) + len(ends[-1]) < most:
        there = np.array([value for value in values if not math.isnan(value)])
        side = 1 if stats.skew(there, bias=False) >= 0 else -1
        end = max(there * side) * side
        ends[side] = {place for place, value in enumerate(values) if value == end}
        following = max(value * side for value in there if value != end) * side
        values = [following if place in ends[side] else value for place, value in enumerate(values)]
    if judged(values) is None:
        return list(column)
    return values if judged(values) else logarithm(column)


def logarithm(column):
    low, high = np.nanmin(column), np.nanmax(column)
    return [math.log(value - low + 0.01 * (high - low)) for value in column]


@settings(max_examples=60, deadline=None)
@given(column=COLUMNS, most=st.integers(0, 6))
def test_winsorising_all_at_once_is_winsorising_one_by_one(column, most):
    found = treated(column, f"winsorise:{most}").values["x"].to_numpy()

    assert np.allclose(found, one_by_one(column, most), equal_nan=True)


@settings(max_examples=25, deadline=None)
@given(column=COLUMNS)
def test_shape_is_scipys(column):
    there = [value for value in column if not math.isnan(value)]
    skew, kurtosis = (found[0] for found in skewness_and_kurtosis(np.array(column)[:, None]))

    if len(there) > 3 and min(there) < max(there):
        assert skew == pytest.approx(stats.skew(there, bias=False))
        assert kurtosis == pytest.approx(stats.kurtosis(there, bias=False))
    if min(there) == max(there):
        assert np.isnan([skew, kurtosis]).all()


@settings(max_examples=25, deadline=None)
@given(column=COLUMNS, factor=st.sampled_from([0.001, 2.0, 1e6]))
def test_the_unit_of_measurement_changes_nothing(column, factor):
    judged(column)
    found, turned = treated(column), treated([value * factor for value in column])

    assert found.table["method"].tolist() == turned.table["method"].tolist()
    assert found.marks.equals(turned.marks)


def test_one_outlier_is_drawn_in():
    found = treated([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100])

    assert found.values["x"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert found.marks["x"].tolist() == [0] * 9 + [1]
    assert found.table.loc["x", ["method", "points", "passes"]].tolist() == ["winsorise", 1, True]


def test_a_low_outlier_is_drawn_in_from_below():
    found = treated([-100.0, 2, 3, 4, 5, 6, 7, 8, 9, 10])

    assert found.values["x"].tolist() == [2, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert found.marks["x"].tolist() == [-1] + [0] * 9


def test_too_many_outliers_are_transformed_from_the_original():
    column = [float(2**power) for power in range(30)]
    found = treated(column, "winsorise:2")

    assert found.values["x"].tolist() == pytest.approx(logarithm(column))
    assert found.table.loc["x", "method"] == "log"
    assert set(found.marks["x"]) == {2}


def test_what_would_become_constant_is_left_as_it_is():
    column = [0.0] * 30 + [1.0]
    found = treated(column)

    assert found.values["x"].tolist() == column
    assert found.table.loc["x", "method"] == "untreatable"


def test_without_a_limit_it_goes_on_until_it_passes():
    found = treated([float(2**power) for power in range(30)], "winsorise")

    assert found.table.loc["x", ["method", "passes"]].tolist() == ["winsorise", True]
    assert found.table.loc["x", "points"] > 2


def test_no_treatment():
    column = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100]

    assert treated(column, "none").values["x"].tolist() == column


def test_only_failing_columns_are_transformed():
    figures = pd.DataFrame({"x": [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100], "y": np.arange(10.0)})
    for text in ("log", "boxcox", "boxcox:0.5"):
        found = treat(figures, Recipe(treatment=text))
        assert found.values["y"].tolist() == figures["y"].tolist()
        assert found.table["method"].tolist() == [text.split(":")[0], ""]


def test_boxcox_with_a_power_is_its_formula():
    found = treated([1.0, 2, 3, 4, 5, 6, 7, 8, np.nan, 100], "boxcox:0.5").values["x"]

    assert found.dropna().tolist() == pytest.approx([(value**0.5 - 1) / 0.5 for value in [1, 2, 3, 4, 5, 6, 7, 8, 100]])


def test_deviations_are_cut():
    column = [float(value) for value in range(10)] + [100.0]
    found = treated(column, "sd:2")

    assert found.values["x"].iloc[-1] == pytest.approx(np.mean(column) + 2 * np.std(column, ddof=1))
    assert found.values["x"].tolist()[:-1] == column[:-1]
    assert found.marks["x"].tolist() == [0] * 10 + [1]


def test_an_indicator_without_values_is_told():
    with pytest.raises(StatisticsError) as found:
        treated([math.nan] * 5)

    assert (found.value.code, found.value.place) == ("all_missing", {"table": "data", "column": "x", "more": 0})


@pytest.mark.parametrize(
    ("winmax", "text"),
    [
        (5, "winsorise:5"),
        ("3", "winsorise:3"),
        ("none", "none"),
        ("", "none"),
        (float("nan"), "none"),
        ("unlimited", "winsorise"),
    ],
)
def test_winmax_in_words(winmax, text):
    assert treatment_of_winmax(winmax) == text
