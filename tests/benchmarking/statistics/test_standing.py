import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from benchmarking.statistics.ranking import ranks
from benchmarking.statistics.standing import acceptability, dominance, quantiles, ranked

NUMBERS = st.one_of(st.integers(-5, 5).map(float), st.floats(-1e12, 1e12), st.just(np.nan))
TABLES = st.integers(1, 7).flatmap(
    lambda units: st.lists(st.lists(NUMBERS, min_size=units, max_size=units), min_size=1, max_size=5)
)
RANKS = st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=20)


@given(TABLES)
def test_ranks_are_those_of_pandas(rows):
    scores = np.array(rows)
    expected = [ranks(pd.Series(row)).fillna(0).astype(int).tolist() for row in rows]
    assert ranked(scores.copy()).tolist() == expected


def test_ties_take_the_smallest_and_gaps_none():
    assert ranked(np.array([[2.0, 5.0, np.nan, 2.0, 1.0]])).tolist() == [[2, 1, 0, 2, 4]]


def test_the_last_digit_of_a_sum_decides_nothing():
    assert ranked(np.array([[0.1 + 0.2, 0.3, 0.3 + 2e-10]])).tolist() == [[2, 2, 1]]


def test_scores_too_large_to_be_packed_are_ranked_as_well():
    assert ranked(np.array([[3e15, -3e15, 3e15, np.nan]])).tolist() == [[1, 3, 1, 0]]


@given(RANKS)
def test_counts_are_those_of_a_loop(rows):
    told = np.array(rows, np.int16)
    expected = [[int((told[:, unit] == rank).sum()) for rank in range(5)] for unit in range(4)]
    assert acceptability(told, rows=3).tolist() == expected


@given(RANKS, st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_quantiles_are_those_of_numpy(rows, parts):
    told = np.array(rows, np.int16)
    found = quantiles(acceptability(told), parts)
    for unit in range(4):
        there = told[:, unit][told[:, unit] > 0]
        expected = np.quantile(there, parts) if len(there) else np.full(len(parts), np.nan)
        assert found[unit] == pytest.approx(expected, nan_ok=True)


@given(RANKS)
def test_dominance_is_that_of_a_loop(rows):
    told = np.array(rows, np.int16)
    wins, both = dominance(told, cells=1)
    one, other = told[:, :, None], told[:, None, :]
    there = (one > 0) & (other > 0)
    assert both.tolist() == there.sum(axis=0).tolist()
    assert wins.tolist() == ((one < other) & there).sum(axis=0).tolist()
