import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from benchmarking.statistics.ranking import ranks


def ranked(*scores):
    return ranks(pd.DataFrame({"x": scores}))["x"].tolist()


def test_best_is_one_and_ties_take_the_smallest():
    assert ranked(3.0, 5.0, 5.0, 1.0) == [3, 1, 1, 4]


def test_no_score_no_rank():
    assert ranked(3.0, np.nan, 5.0) == pytest.approx([2, np.nan, 1], nan_ok=True)


def test_the_last_digit_of_a_sum_decides_nothing():
    assert ranked(0.1 + 0.2, 0.3, 0.3 - 1e-12, 0.3 - 1e-9) == [1, 1, 1, 4]


@settings(max_examples=25, deadline=None)
@given(scores=st.lists(st.integers(0, 50), min_size=1, max_size=30), seed=st.integers(0, 100))
def test_noise_below_the_rounding_changes_nothing(scores, seed):
    noise = np.random.default_rng(seed).uniform(-1e-12, 1e-12, len(scores))

    assert ranked(*(np.array(scores) + noise)) == ranked(*map(float, scores))
