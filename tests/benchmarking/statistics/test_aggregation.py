import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from benchmarking.statistics import methods
from benchmarking.statistics.aggregation import FUNCTIONS, node_scores
from benchmarking.statistics.problems import StatisticsError

N = math.nan
VALUES = [[2.0, 8.0, 4.0], [4.0, N, 16.0], [N, N, N], [1.0, 1.0, 1.0]]
WEIGHTS = [1.0, 2.0, 1.0]


def scores(text, values=VALUES, weights=WEIGHTS, least=0.0):
    children = pd.DataFrame(values, columns=list("abcdefgh")[: len(values[0])])
    return node_scores("node", children, weights, methods.read("aggregation", text), least).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amean", [5.5, 10, N, 1]),
        ("gmean", [(2 * 8 * 8 * 4) ** 0.25, 8, N, 1]),
        ("hmean", [4 / (1 / 2 + 2 / 8 + 1 / 4), 2 / (1 / 4 + 1 / 16), N, 1]),
        ("power:2", [math.sqrt((4 + 128 + 16) / 4), math.sqrt((16 + 256) / 2), N, 1]),
        ("power:-1", [4 / (1 / 2 + 2 / 8 + 1 / 4), 2 / (1 / 4 + 1 / 16), N, 1]),
        ("median", [6, 10, N, 1]),
        ("ampi", [5.5 - 6.75 / 5.5, 10 - 3.6, N, 1]),
        ("ampi:+", [5.5 + 6.75 / 5.5, 10 + 3.6, N, 1]),
    ],
)
def test_each_mean(text, expected):
    assert scores(text) == pytest.approx(expected, nan_ok=True)


def test_the_median_with_equal_weights_is_the_median():
    rows = [[3.0, 1.0, 2.0, 10.0], [5.0, N, 1.0, 3.0], [7.0, 7.0, 1.0, N]]

    assert scores("median", rows, [1, 1, 1, 1]) == np.nanmedian(rows, axis=1).tolist()


def test_copeland_counts_pairs_won_less_pairs_lost():
    # u1 beats u2 in a and b, u3 in b and c; u2 and u3 win one each and are equal in the third
    rows = [[3.0, 3.0, 3.0], [2.0, 2.0, 4.0], [4.0, 1.0, 2.0], [0.0, 0.0, 0.0]]

    assert scores("copeland", rows, [1, 1, 1]) == [3.0, 1.0, -1.0, -3.0]


def test_copeland_leaves_a_draw_a_draw():
    # 4 of 9 ahead, 4 behind, one equal: weights of a ninth do not sum to exactly a half
    rows = [[2.0] * 4 + [1.0] * 5, [1.0] * 5 + [2.0] * 4]

    children = pd.DataFrame(rows)
    found = node_scores("node", children, [1 / 9] * 9, methods.read("aggregation", "copeland"))
    assert found.tolist() == [0.0, 0.0]


def test_copeland_with_a_gap_counts_what_both_have():
    assert scores("copeland", [[1.0, 9.0], [2.0, N], [N, N]], [1, 5]) == pytest.approx([-1.0, 1.0, N], nan_ok=True)


def test_copeland_does_not_hang_on_the_last_digit():
    assert scores("copeland", [[0.1 + 0.2], [0.3]], [1]) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("gmean", 0.0), ("gmean", -1.0), ("hmean", 0.0), ("hmean", -2.0), ("power:2", -1.0), ("power:-2", 0.0)],
)
def test_figures_a_mean_cannot_take_are_told(text, value):
    with pytest.raises(StatisticsError) as found:
        scores(text, [[1.0, 2.0], [3.0, value]], [1, 1])

    place = {"row": 1, "column": "b", "value": value, "node": "node", "method": text.split(":")[0]}
    assert (found.value.code, found.value.place) == ("not_positive", place)


@pytest.mark.parametrize(
    ("row", "mean"), [([-3.0, 3.0], 0.0), ([0.0, 0.0], 0.0), ([-3.0, 1.0], -1.0), ([-3.0, 3.0 + 2e-11], 0.0)]
)
def test_a_mean_that_is_not_above_zero_cannot_be_penalised(row, mean):
    with pytest.raises(StatisticsError) as found:
        scores("ampi", [[1.0, 2.0], row], [1, 1])

    place = {"row": 1, "column": "node", "value": mean, "node": "node", "method": "ampi"}
    assert (found.value.code, found.value.place) == ("not_positive", place)


def test_the_usual_scale_of_ampi_is_never_refused():
    # two levels: the worst a unit can have below is 70 in all but one
    below = scores("ampi", [[70.0, 70.0, 130.0], [70.0, 70.0, 70.0]], [1, 1, 1])

    assert below == pytest.approx([90 - 800 / 90, 70])
    assert scores("ampi", [below, below[::-1]], [1, 1]) == pytest.approx([75.5555556 - 5.5555556**2 / 75.5555556] * 2)


def test_too_few_children():
    assert scores("amean", least=0.5) == pytest.approx([5.5, 10, N, 1], nan_ok=True)
    assert scores("amean", least=0.7) == pytest.approx([5.5, N, N, 1], nan_ok=True)


ROWS = st.lists(
    st.tuples(*[st.one_of(st.floats(0.5, 100), st.just(N))] * 4).filter(lambda row: not all(map(math.isnan, row))),
    min_size=1,
    max_size=8,
)
MEANS = ["amean", "gmean", "hmean", "power:3", "power:-0.5", "median"]


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, weights=st.tuples(*[st.floats(0.1, 5)] * 4), factor=st.floats(0.1, 10))
def test_means_lie_between_their_values_and_carry_their_unit(rows, weights, factor):
    table = np.array(rows)
    for text in MEANS:
        found = np.array(scores(text, rows, weights))
        assert (found >= np.nanmin(table, axis=1) - 1e-9).all()
        assert (found <= np.nanmax(table, axis=1) + 1e-9).all()
        assert scores(text, (table * factor).tolist(), weights) == pytest.approx(found * factor)
        assert scores(text, rows, [weight * factor for weight in weights]) == pytest.approx(found)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, weights=st.tuples(*[st.floats(0.1, 5)] * 4))
def test_means_stand_in_their_order(rows, weights):
    harmonic, geometric, arithmetic, square = (
        np.array(scores(text, rows, weights)) for text in ("hmean", "gmean", "amean", "power:2")
    )

    assert (harmonic <= geometric + 1e-9).all()
    assert (geometric <= arithmetic + 1e-9).all()
    assert (arithmetic <= square + 1e-9).all()


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(*[st.integers(0, 3).map(float)] * 3), min_size=2, max_size=9))
def test_copeland_sums_to_nothing(rows):
    assert sum(scores("copeland", rows, [1, 1, 1])) == 0


def test_every_method_has_its_function():
    assert set(FUNCTIONS) == set(methods.METHODS["aggregation"])
