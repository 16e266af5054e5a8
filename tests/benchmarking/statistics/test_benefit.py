import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from benchmarking.statistics.benefit import doubt
from benchmarking.statistics.composite import build
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe

from . import small


def solved(values, unit, low=0.0, high=1.0):
    """The program as it is written, on the figures as they are."""
    own, limits = values[unit], [values]
    for place in range(len(own)):
        part = np.zeros(len(own))
        part[place] = own[place]
        limits += [[low * own - part], [part - high * own]]
    table = np.vstack(limits)
    right = np.concatenate([np.ones(len(values)), np.zeros(len(table) - len(values))])
    return -linprog(-own, A_ub=table, b_ub=right, method="highs").fun


def figures(seed, units, count):
    return pd.DataFrame(np.random.default_rng(seed).uniform(1, 100, size=(units, count)))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), bounds=st.sampled_from([(0.0, 1.0), (0.05, 0.4), (0.1, 1.0), (0.0, 0.5)]))
def test_scores_are_those_of_scipys_solver(seed, bounds):
    values = figures(seed, 12, 5)
    found, _parts = doubt(values, *bounds)

    assert found.tolist() == pytest.approx([solved(values.to_numpy(), unit, *bounds) for unit in range(12)], abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_parts_keep_their_bounds_and_somebody_is_best(seed):
    scores, parts = doubt(figures(seed, 10, 5), 0.05, 0.4)

    assert scores.max() == pytest.approx(1)
    assert (scores > 0).all()
    assert parts.sum(axis=1).tolist() == pytest.approx([1] * 10)
    assert parts.to_numpy().min() > 0.05 - 1e-9
    assert parts.to_numpy().max() < 0.4 + 1e-9


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), factors=st.tuples(*[st.floats(0.01, 100)] * 4))
def test_units_of_measurement_change_nothing(seed, factors):
    values = figures(seed, 8, 4)

    assert doubt(values * np.array(factors))[0].tolist() == pytest.approx(doubt(values)[0].tolist())


def test_bounds_so_few_indicators_cannot_meet_become_equal_parts():
    _scores, parts = doubt(figures(1, 6, 2), 0.0, 0.3)

    assert parts.to_numpy() == pytest.approx(np.full((6, 2), 0.5))


def test_gaps_count_as_nothing_and_bounds_leave_them_out():
    scores, parts = doubt(pd.DataFrame({"a": [1.0, np.nan, np.nan], "b": [2.0, 4.0, np.nan]}), 0.3, 0.7)

    assert scores.tolist() == pytest.approx([1.0, 1.0, np.nan], nan_ok=True)
    assert parts.loc[1].tolist() == [0.0, 1.0]


def test_nothing_achieved_scores_nothing():
    assert doubt(pd.DataFrame({"a": [0.0, 1.0], "b": [0.0, 2.0]}))[0].tolist() == [0.0, 1.0]


def test_figures_below_zero_are_refused():
    with pytest.raises(StatisticsError) as found:
        doubt(pd.DataFrame({"a": [1.0, -2.0]}))

    assert found.value.place == {"row": 1, "column": "a", "value": -2.0, "node": "", "method": "bod"}


def test_every_aggregate_is_judged_over_all_indicators_below_it():
    found = build(small.data(), small.metadata(), Recipe(treatment="none", weights="bod"))
    for node, leaves in found.hierarchy.leaves.items():
        assert found.scores[node].tolist() == pytest.approx(doubt(found.normalised[leaves])[0].tolist())
    assert found.weights["EffWeight"][["a", "b", "c", "d"]].tolist() == pytest.approx(found.shares.mean().tolist())


def test_another_aggregation_cannot_be_asked_for():
    with pytest.raises(StatisticsError) as found:
        build(small.data(), small.metadata(), Recipe(weights="bod", aggregation=("gmean",)))

    assert found.value.code == "bod_aggregates"
