import numpy as np
import pytest
from scipy import stats

from consultations.statistics.ordinal import bootstrap_means, compared, kruskal, mann_whitney, midranks, three_ways

GROUPS = np.array([[4, 9, 12, 20, 15], [10, 14, 9, 6, 3], [7, 7, 8, 9, 10]])


def spelt_out(row):
    return np.repeat(np.arange(len(row)), row)


def test_midranks_are_shared():
    assert midranks(np.array([2, 0, 3])).tolist() == [1.5, 2.5, 4.0]
    assert midranks(np.array([2, 1, 3]))[[0, 2]].tolist() == [1.5, 5.0]


def test_mann_whitney_agrees_with_scipy():
    expected = stats.mannwhitneyu(*map(spelt_out, GROUPS[:2]), method="asymptotic")
    found = mann_whitney(GROUPS[:2])
    assert [found.statistic, round(found.p, 12)] == [expected.statistic, round(expected.pvalue, 12)]


def test_kruskal_agrees_with_scipy():
    expected = stats.kruskal(*map(spelt_out, GROUPS))
    found = kruskal(GROUPS)
    assert [round(found.statistic, 9), round(found.p, 12)] == [
        round(expected.statistic, 9),
        round(expected.pvalue, 12),
    ]


def test_cliffs_delta_counts_pairs():
    first, second = map(spelt_out, GROUPS[:2])
    pairs = np.sign(first[:, None] - second[None, :]).mean()
    assert round(mann_whitney(GROUPS[:2]).effect, 12) == round(pairs, 12)


def test_groups_apart_have_the_largest_effect():
    apart = np.array([[0, 0, 20], [20, 0, 0]])
    assert mann_whitney(apart).effect == 1.0
    assert mann_whitney(apart[::-1]).effect == -1.0


def test_epsilon_squared_is_h_per_degree():
    found = kruskal(GROUPS)
    assert round(found.effect, 12) == round(found.statistic / (GROUPS.sum() - 1), 12)


@pytest.mark.parametrize("table", [[[0, 9], [0, 8]], [[0, 9], [0, 8], [0, 7]]])
def test_equal_answers_differ_in_nothing(table):
    found = compared(np.array(table))
    assert (found.p, found.effect) == (1.0, 0.0)


def test_one_group_cannot_be_compared():
    assert compared(GROUPS[:1]) is None


def test_bootstrap_means_come_near_those_of_scipy():
    expected = stats.bootstrap((spelt_out(GROUPS[0]),), np.mean, method="percentile", n_resamples=9999, rng=1)
    mean, low, high = (part[0] for part in bootstrap_means(GROUPS, np.arange(5), 9999))
    assert mean == spelt_out(GROUPS[0]).mean()
    assert abs(low - expected.confidence_interval.low) < 0.03
    assert abs(high - expected.confidence_interval.high) < 0.03


def test_no_answers_have_no_mean():
    mean, low, high = bootstrap_means(np.array([[0, 0], [3, 3]]), [1, 2], 100)
    assert np.isnan([mean[0], low[0], high[0]]).tolist() == [True] * 3
    assert mean[1] == 1.5


@pytest.mark.parametrize(
    ("size", "parts"), [(5, ([0, 1], [2], [3, 4])), (4, ([0, 1], [], [2, 3])), (2, ([0], [], [1]))]
)
def test_a_scale_has_two_sides_and_perhaps_a_middle(size, parts):
    assert tuple(list(range(size))[part] for part in three_ways(size)) == parts
