import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from consultations.statistics.disclosure import (
    arc_bounds,
    blanket_arcs,
    cell_bounds,
    determined,
    hidden_arcs,
    limits,
    table_network,
)

TABLE = np.array([[3, 7, 20], [8, 12, 9], [15, 6, 11]])
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=2, max_size=5)
)


def test_a_single_hidden_cell_is_computed_from_its_row():
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[0, 0] = True
    assert cell_bounds(TABLE, hidden)[0].tolist() == cell_bounds(TABLE, hidden)[1].tolist() == TABLE.tolist()


def test_four_hidden_corners_can_move_together():
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[np.ix_([0, 1], [0, 1])] = True
    low, high = cell_bounds(TABLE, hidden)
    assert low[hidden].round(6).tolist() == [0.0, 0.0, 1.0, 9.0]
    assert high[hidden].round(6).tolist() == [10.0, 10.0, 11.0, 19.0]


def test_knowing_the_rule_narrows_the_bounds():
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[np.ix_([0, 1], [0, 1])] = True
    low, high = cell_bounds(TABLE, hidden, threshold=5)
    assert [low[0, 0].round(6), high[0, 0].round(6)] == [1.0, 4.0]


def test_a_hidden_total_leaves_its_row_open():
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[:2] = True
    low, high = cell_bounds(TABLE, hidden, hidden_rows=[True, True, False])
    assert low[0].round(6).tolist() == [0.0, 0.0, 0.0]
    assert high[0].round(6).tolist() == [11.0, 19.0, 29.0]


def test_limits_say_what_the_rule_says():
    low, high = limits(np.array([0, 1, 4, 5, 9]), 5)
    assert low.tolist() == [0, 1, 1, 5, 5]
    assert high.tolist() == [np.inf, 4, 4, np.inf, np.inf]


def test_a_blanket_says_nothing():
    low, high = limits(np.array([0, 3, 9]), 5, np.array([True, True, True]))
    assert [low.tolist(), high.tolist()] == [[0, 0, 0], [np.inf] * 3]


def test_limits_that_do_not_fit_are_refused():
    network, hidden = table_network(TABLE), hidden_arcs(np.ones((3, 3)))
    with pytest.raises(ValueError, match="do not fit"):
        arc_bounds(network, hidden, np.full(len(hidden), 50), np.full(len(hidden), 60))


@settings(derandomize=True, max_examples=150, deadline=None)
@given(table=tables, chance=st.integers(0, 10_000), threshold=st.integers(3, 6))
def test_determined_is_what_linear_programming_finds(table, chance, threshold):
    network, random = table_network(table), np.random.default_rng(chance)
    shape = np.shape(table)
    totals = [random.random(size) < 0.2 for size in shape]
    hidden = hidden_arcs(random.random(shape) < random.random(), *totals)
    blanket = blanket_arcs(hidden, shape)
    hidden |= blanket
    low, high = arc_bounds(network, hidden, *limits(network.value, threshold, blanket))
    assert (determined(network, hidden, threshold, blanket) == (hidden & (high - low < 0.5))).all()
