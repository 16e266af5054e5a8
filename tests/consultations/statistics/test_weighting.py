import numpy as np
import pytest

from consultations.statistics.weighting import kish, rake

TABLE = np.array([[40.0, 10.0], [30.0, 20.0], [10.0, 40.0]])


def test_equal_weights_lose_nothing():
    assert kish([10, 20], [1, 1]) == 30.0


def test_unequal_weights_count_for_fewer():
    # (2+2+1+1)² / (4+4+1+1)
    assert kish([2, 2], [2, 1]) == 3.6


def test_one_margin_is_met_at_once():
    found = rake([30, 10], [[1, 1]])
    assert found.weight.round(12).tolist() == [round(40 / 2 / 30, 12), 2.0]
    assert round(found.effective, 9) == round(40**2 / (30 * (2 / 3) ** 2 + 10 * 4), 9)
    assert round(found.design_effect * found.effective, 9) == 40.0


def test_all_margins_are_met():
    found = rake(TABLE, [[1, 2, 1], [1, 1]], trim=100)
    held = TABLE * found.weight
    assert (held.sum(axis=1) / held.sum()).round(7).tolist() == [0.25, 0.5, 0.25]
    assert (held.sum(axis=0) / held.sum()).round(7).tolist() == [0.5, 0.5]
    assert found.converged


def test_raking_keeps_the_ratios_of_ratios():
    held = TABLE * rake(TABLE, [[1, 2, 1], [1, 1]], trim=100).weight
    before, after = (t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0]) for t in (TABLE, held))
    assert round(after, 9) == round(before, 9)


def test_weights_have_mean_one():
    found = rake(TABLE, [[5, 1, 1], [1, 3]])
    assert round((TABLE * found.weight).sum() / TABLE.sum(), 12) == 1.0


def test_extreme_weights_are_cut_back():
    found = rake([98, 2], [[1, 1]])
    assert found.trimmed
    assert round(found.weight[1] / found.weight[0], 6) == round(5.0 / (50 / 98), 6)


@pytest.mark.parametrize("margin", [[1, 1, 1], [1, 1, 0], [1, 1, np.nan]])
def test_who_did_not_answer_cannot_be_weighed(margin):
    assert rake([30, 10, 0], [margin]).weight[:2].round(6).tolist() == [0.666667, 2.0]


def test_nobody_answered():
    found = rake([0, 0], [[1, 1]])
    assert np.isnan(found.effective)
