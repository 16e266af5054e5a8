import numpy as np
import pytest

from benchmarking.statistics.denomination import denominate
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError

from . import small

TREE = Hierarchy.read(small.metadata(Denominator={"a": "people", "c": " people "}))


def test_indicators_are_divided_by_what_the_metadata_names():
    found = denominate(small.data(people=[1.0, 2.0, 4.0, 5.0, np.nan]), TREE)

    assert found["a"].tolist()[:4] == [0.0, 0.5, 0.5, 0.6]
    assert found["c"].tolist()[:4] == [1.0, 2.5, 0.5, 0.6]
    assert found.loc["u5"].isna().tolist() == [True, False, True, False]
    assert found["b"].tolist() == small.DATA["b"].tolist()


@pytest.mark.parametrize(
    ("columns", "code", "place"),
    [
        ({}, "unknown_denominator", {"table": "metadata", "row": "a", "column": "Denominator", "value": "people"}),
        (
            {"people": [1, 0, 1, 1, 1]},
            "zero_denominator",
            {"table": "data", "row": "u2", "column": "people", "value": "a"},
        ),
        (
            {"people": 1, "b": ["1", "x", "2", "3", "4"]},
            "no_number",
            {"table": "data", "row": "u2", "column": "b", "value": "x"},
        ),
        (
            {"people": 1, "b": [1, np.inf, 2, 3, 4]},
            "no_number",
            {"table": "data", "row": "u2", "column": "b", "value": np.inf},
        ),
    ],
)
def test_what_cannot_be_divided_is_told(columns, code, place):
    with pytest.raises(StatisticsError) as found:
        denominate(small.data(**columns), TREE)

    assert (found.value.code, found.value.place) == (code, place)


def test_a_missing_indicator_is_told():
    with pytest.raises(StatisticsError) as found:
        denominate(small.data(people=1).drop(columns="d"), TREE)

    assert (found.value.code, found.value.place) == ("missing_indicator", {"table": "data", "column": "d"})


def test_a_unit_that_comes_twice_is_told():
    twice = small.data(people=1).rename(index={"u2": "u1"})
    with pytest.raises(StatisticsError) as found:
        denominate(twice, TREE)

    assert (found.value.code, found.value.place) == ("duplicate_unit", {"table": "data", "row": "u1"})
