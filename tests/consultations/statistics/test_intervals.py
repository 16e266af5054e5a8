import numpy as np
import pytest

from consultations.statistics.intervals import wilson


def test_eight_of_ten():
    assert np.round(wilson(8, 10), 7).tolist() == [0.4901625, 0.9433178]


def test_none_and_all_stay_within_nought_and_one():
    low, high = wilson([0, 10], [10, 10])
    assert np.round(low, 6).tolist() == [0.0, 0.722467]
    assert np.round(high, 6).tolist() == [0.277533, 1.0]


def test_no_answers_give_no_interval():
    assert np.isnan(wilson(0, 0)).tolist() == [True, True]


def test_more_confidence_is_a_wider_interval():
    narrow, wide = wilson(30, 100, 0.9), wilson(30, 100, 0.99)
    assert np.round([*narrow, *wide], 4).tolist() == [0.2307, 0.3798, 0.1975, 0.4274]


@pytest.mark.parametrize(("count", "total", "confidence"), [(-1, 10, 0.95), (11, 10, 0.95), (1, 10, 1.0)])
def test_impossible_arguments_are_refused(count, total, confidence):
    with pytest.raises(ValueError, match="must lie between"):
        wilson(count, total, confidence)
