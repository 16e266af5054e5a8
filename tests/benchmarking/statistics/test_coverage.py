import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.coverage import Coverage, available, covered, screened
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError

from . import small

TREE = Hierarchy.read(small.metadata())
FIGURES = small.data(a=[np.nan, 1, 2, 3, np.nan], c=[np.nan, np.nan, np.nan, 3, 4])[TREE.indicators]


def test_parts_that_were_measured():
    found = Coverage.of(FIGURES, pd.Series([False, True, True, True, True], index=FIGURES.index), TREE)

    assert found.units.tolist() == [0.5, 0.75, 0.75, 1.0, 0.75]
    assert found.indicators.to_dict() == {"a": pytest.approx(0.6), "b": 1.0, "c": pytest.approx(0.4), "d": 1.0}
    assert found.nodes.loc["u1"].to_dict() == {"one": 0.5, "two": 0.5, "index": 0.5}
    assert (found.units_left_out, found.indicators_left_out) == (["u1"], [])


def test_a_threshold_keeps_who_stands_on_it():
    five_of_fifty = pd.DataFrame([[np.nan] * 5 + [1.0] * 45])

    assert available(five_of_fifty.notna(), 1)[0] == 0.9
    assert screened(five_of_fifty, 0.9).tolist() == [True]


def test_an_aggregate_without_indicators_goes_too():
    holes = FIGURES.assign(d=[np.nan, np.nan, np.nan, np.nan, 1.0])

    assert covered(holes, TREE, 0.5).codes == ["a", "b", "one", "index"]


def test_nothing_left():
    with pytest.raises(StatisticsError) as found:
        covered(FIGURES * np.nan, TREE, 0.5)

    assert (found.value.code, found.value.place["value"]) == ("nothing_left", "a, b, c, d")
