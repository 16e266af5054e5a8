import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from benchmarking.statistics import methods
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.normalisation import normalise
from benchmarking.statistics.problems import StatisticsError

COLUMN = [2.0, 4.0, math.nan, 4.0, 10.0]
POSTS = {"goalpost_lower": 4.0, "goalpost_upper": 8.0, "goalpost_scale": 100.0}
S = np.std([2, 4, 4, 10], ddof=1)
N = math.nan
WAYS = [
    ("none", 1, [2, 4, N, 4, 10]),
    ("none", -1, [-2, -4, N, -4, -10]),
    ("minmax:1:100", 1, [1, 25.75, N, 25.75, 100]),
    ("minmax:1:100", -1, [100, 75.25, N, 75.25, 1]),
    ("minmax", 1, [0, 25, N, 25, 100]),
    ("scaled:0:20:1", 1, [0.1, 0.2, N, 0.2, 0.5]),
    ("scaled:0:20:1", -1, [0.9, 0.8, N, 0.8, 0.5]),
    ("zscore", 1, [-3 / S, -1 / S, N, -1 / S, 5 / S]),
    ("zscore:10:2", -1, [10 + 6 / S, 10 + 2 / S, N, 10 + 2 / S, 10 - 10 / S]),
    ("rank", 1, [1, 2, N, 2, 4]),
    ("rank", -1, [4, 2, N, 2, 1]),
    ("percentile", 1, [0, 1 / 3, N, 1 / 3, 1]),
    ("borda", 1, [0, 1, N, 1, 3]),
    ("distance_to_max", 1, [0, 0.25, N, 0.25, 1]),
    ("distance_to_max", -1, [1, 0.75, N, 0.75, 0]),
    ("distance_to_target", 1, [0, 0.5, N, 0.5, 2]),
    ("distance_to_target:cap", 1, [0, 0.5, N, 0.5, 1]),
    ("distance_to_target", -1, [2, 1.5, N, 1.5, 0]),
    ("distance_to_reference:u2", 1, [0, 1, N, 1, 4]),
    ("distance_to_reference:u2:cap", 1, [0, 1, N, 1, 1]),
    ("distance_to_reference:u2", -1, [8 / 6, 1, N, 1, 0]),
    ("fraction_of_max", 1, [0.2, 0.4, N, 0.4, 1]),
    ("fraction_of_max", -1, [1, 2, N, 2, 5]),
    ("goalposts", 1, [0, 0, N, 0, 100]),
    ("goalposts", -1, [100, 100, N, 100, 0]),
]


def tree(direction=1, **columns):
    rows = [
        {"iCode": "x", "Parent": "index", "Direction": direction, **columns},
        {"iCode": "index", "Parent": "", "Direction": 1},
    ]
    return Hierarchy.read(pd.DataFrame(rows))


PLAIN = {direction: tree(direction) for direction in (1, -1)}


def normalised(text, direction=1, column=COLUMN, **columns):
    known = tree(direction, **columns) if columns else PLAIN[direction]
    figures = pd.DataFrame({"x": column}, index=[f"u{number}" for number in range(1, len(column) + 1)])
    return normalise(figures, methods.read("normalisation", text), known)["x"].tolist()


@pytest.mark.parametrize(("text", "direction", "expected"), WAYS)
def test_each_way(text, direction, expected):
    assert normalised(text, direction, Target=6.0, **POSTS) == pytest.approx(expected, nan_ok=True)


def test_every_method_is_tried():
    assert {text.split(":")[0] for text, *_rest in WAYS} == set(methods.METHODS["normalisation"])


def test_goalposts_need_not_cut_off():
    posts = {**POSTS, "goalpost_trunc2posts": "FALSE"}

    assert normalised("goalposts", **posts) == pytest.approx([-50, 0, N, 0, 150], nan_ok=True)


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("minmax:0:1", [3.0, 3.0, N], "constant"),
        ("zscore", [0.1] * 7, "constant"),
        ("zscore", [3.0, N, N], "constant"),
        ("distance_to_max", [3.0, 3.0], "constant"),
        ("percentile", [3.0, N], "constant"),
        ("fraction_of_max", [-3.0, 0.0], "maximum_is_zero"),
        ("distance_to_reference:u1", [1.0, 2.0], "reference_is_worst"),
        ("distance_to_reference:u2", [1.0, N, 2.0], "reference_missing"),
        ("distance_to_reference:u9", [1.0, 2.0], "unknown_unit"),
        ("distance_to_target", [6.0, 7.0], "target_is_worst"),
        ("rank", [N, N], "all_missing"),
    ],
)
def test_what_cannot_be_normalised_is_told(text, column, code):
    with pytest.raises(StatisticsError) as found:
        normalised(text, column=column, Target=6.0)

    assert found.value.code == code


@pytest.mark.parametrize(("text", "column"), [("distance_to_target", "Target"), ("goalposts", "goalpost_lower")])
def test_a_method_names_the_column_it_lacks(text, column):
    with pytest.raises(StatisticsError) as found:
        normalised(text)

    assert found.value.place == {"table": "metadata", "row": "x", "column": column}


def test_a_target_that_is_no_number_is_told():
    with pytest.raises(StatisticsError) as found:
        normalised("distance_to_target", Target="high")

    assert found.value.place == {"table": "metadata", "row": "x", "column": "Target", "value": "high"}


FIGURES = st.lists(st.one_of(st.integers(1, 1000).map(float), st.just(N)), min_size=3, max_size=30).filter(
    lambda column: len({value for value in column if not math.isnan(value)}) > 1
)
BLIND_TO_SCALE = ["minmax:1:100", "zscore", "rank", "percentile", "borda", "distance_to_max"]


@settings(max_examples=25, deadline=None)
@given(column=FIGURES, factor=st.sampled_from([0.25, 3.0, 1000.0]), shift=st.sampled_from([-50.0, 0.0, 7.0]))
def test_scale_and_origin_of_the_figures_change_nothing(column, factor, shift):
    for text in BLIND_TO_SCALE:
        moved = normalised(text, column=[value * factor + shift for value in column])
        assert moved == pytest.approx(normalised(text, column=column), nan_ok=True, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(column=FIGURES, direction=st.sampled_from([1, -1]))
def test_better_never_gets_less(column, direction):
    order = sorted((value * direction, place) for place, value in enumerate(column) if not math.isnan(value))
    for text in BLIND_TO_SCALE:
        found = normalised(text, direction, column)
        values = [found[place] for _value, place in order]
        assert values == sorted(values)
        assert [math.isnan(value) for value in found] == [math.isnan(value) for value in column]
