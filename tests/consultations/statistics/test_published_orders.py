import numpy as np
import pytest
from scipy import stats

from consultations.statistics.crosstabs import UNSTATED
from consultations.statistics.published_orders import diverging, ordered_groups
from consultations.statistics.published_tables import VeiledTable
from consultations.statistics.suppression import HiddenCells

COUNTS = np.array([[10, 20, 12, 7], [9, 9, 30, 8], [15, 8, 6, 5], [5, 5, 5, 9]])
NOTHING = np.array([False] * 4)


def table(cells=None, rows=NOTHING, columns=NOTHING):
    hidden = np.zeros(COUNTS.shape, dtype=bool)
    hidden[tuple(cells) if cells else ([], [])] = True
    return VeiledTable(
        COUNTS, ["a", "b", "c", UNSTATED], ["1", "2", "3", UNSTATED], HiddenCells(hidden, False), rows, columns
    )


def steps(row):
    return np.repeat([1, 2, 3], COUNTS[row, :-1])


def test_groups_have_the_figures_of_their_answers():
    group = ordered_groups(table())["groups"][1]
    assert (group["code"], group["base"], group["median"]) == ("b", 48, 3.0)
    assert group["mean"] == round(steps(1).mean(), 6)
    assert (group["top_two"]["count"], group["top_two"]["share"]) == (39, 0.8125)


def test_more_groups_are_compared_at_once():
    found, expected = ordered_groups(table())["comparison"], stats.kruskal(*map(steps, range(3)))
    assert (found["method"], found["groups"], found["effect"]["name"]) == (
        "kruskal",
        ["a", "b", "c"],
        "epsilon_squared",
    )
    assert found["p"] == round(expected.pvalue, 6)


def test_a_group_with_a_hidden_cell_is_left_out():
    found = ordered_groups(table(cells=([2, 2], [0, 1])))
    expected = stats.mannwhitneyu(steps(0), steps(1), method="asymptotic")
    assert ([group["code"] for group in found["groups"]], found["left_out"]) == (["a", "b"], ["c"])
    assert (found["comparison"]["method"], found["comparison"]["p"]) == ("mann_whitney", round(expected.pvalue, 6))


@pytest.mark.parametrize("hidden", [{"columns": np.array([True, False, False, False])}, {"rows": np.array([True] * 4)}])
def test_hidden_totals_leave_nothing_to_compare(hidden):
    assert ordered_groups(table(**hidden)) == {"groups": [], "comparison": None, "left_out": ["a", "b", "c"]}


def test_one_open_group_is_told_and_not_compared():
    found = ordered_groups(table(cells=([1, 2], [0, 1])))
    assert ([group["code"] for group in found["groups"]], found["comparison"]) == (["a"], None)


def test_a_scale_diverges_from_its_middle():
    assert diverging(np.array([1, 2, 3, 4]), np.array([False] * 4), 10) == {
        "negative": 0.3,
        "neutral": 0.0,
        "positive": 0.7,
    }


def test_sides_that_hidden_counts_leave_open_are_not_told():
    count, hidden = np.array([3, 7, 20, 40, 30]), np.array([True, True, False, False, False])
    assert diverging(count, hidden, 100) == {"negative": 0.1, "neutral": 0.2, "positive": 0.7}
    assert diverging(count, hidden[::-1], 100)["negative"] == 0.1
    apart = np.array([True, False, False, False, True])
    assert diverging(count, apart, 100) == {"negative": None, "neutral": 0.2, "positive": None}
