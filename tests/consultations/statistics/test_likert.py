import numpy as np
import pandas as pd

from consultations.statistics.likert import battery_counts, medians, ratings

ANSWERS = pd.DataFrame(
    {"q.cost": ["1", "5", "4", "dont_know", None, "5"], "q.time": ["3", "3", None, None, None, "2"]}, dtype="str"
)
SHOWN = np.array([True, True, True, True, True, False])


def test_counts_have_a_row_per_row_and_a_column_per_step():
    counts, reaches = battery_counts(ANSWERS, SHOWN, "q", ["cost", "time"])
    assert counts.to_numpy().tolist() == [[1, 0, 0, 1, 1], [0, 0, 2, 0, 0]]
    assert [(reach.dont_know, reach.not_answered, reach.not_shown) for reach in reaches] == [(1, 1, 1), (0, 3, 1)]


def test_ratings_leave_dont_know_out_of_the_base():
    table = ratings(ANSWERS, SHOWN, "q", ["cost", "time"])
    assert table["base"].tolist() == [3, 2]
    assert table["top_two"].round(6).tolist() == [0.666667, 0.0]
    assert table["share_5"].round(6).tolist() == [0.333333, 0.0]
    assert table.loc["cost", ["top_two_low", "top_two_high"]].round(6).tolist() == [0.20766, 0.938508]


def test_medians_lie_on_a_step_or_half_way():
    counts = np.array([[1, 0, 0, 0, 2], [1, 1, 1, 1, 0], [0, 5, 0, 0, 5], [0, 0, 0, 0, 0]])
    assert medians(counts)[:3].tolist() == [5.0, 2.5, 3.5]
    assert np.isnan(medians(counts)[3])


def test_a_row_without_answers_has_no_shares():
    table = ratings(ANSWERS.assign(**{"q.cost": None}), SHOWN, "q", ["cost"])
    assert table[["base", "not_answered"]].to_numpy().tolist() == [[0, 5]]
    assert table[["share_1", "median", "top_two", "top_two_low"]].isna().all(axis=None)
