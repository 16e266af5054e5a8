import numpy as np
import pandas as pd
import pytest

from consultations.statistics.frequencies import Reach, choice, multiple, positions


def test_a_choice_counts_every_option_in_order():
    column = pd.Series(["b", "b", None, "dont_know", "a", "b"], dtype="str")
    shown = np.array([True, True, True, True, True, False])
    found = choice(column, shown, ["c", "b", "a"])
    assert found.reach == Reach(base=3, dont_know=1, not_answered=1, not_shown=1)
    assert found.options["count"].to_dict() == {"c": 0, "b": 2, "a": 1}
    assert found.options["share"].round(6).tolist() == [0.0, 0.666667, 0.333333]


def test_reach_adds_up():
    reach = Reach(base=3, dont_know=1, not_answered=2, not_shown=4)
    assert (reach.shown, reach.responses) == (6, 10)


def test_a_code_outside_the_options_is_named():
    column = pd.Series(["a", "x"], name="size", dtype="str")
    with pytest.raises(ValueError, match=r"size: answers outside the options: \['x'\]"):
        positions(column, np.array([True, True]), ["a"])


def test_positions_tell_the_four_ways_of_choosing_nothing():
    column = pd.Series(["a", "dont_know", None, "a"], dtype="str")
    shown = np.array([True, True, True, False])
    assert positions(column, shown, ["a"]).tolist() == [0, 1, -1, -2]


def test_multiple_gives_shares_of_respondents_and_of_ticks():
    answers = pd.DataFrame(
        {"q.a": [True, True, pd.NA, False, pd.NA], "q.b": [True, False, pd.NA, False, pd.NA]}, dtype="boolean"
    )
    found = multiple(answers, np.array([True, True, True, True, False]), "q", ["a", "b"])
    assert found.reach == Reach(base=3, dont_know=0, not_answered=1, not_shown=1)
    assert found.options["count"].tolist() == [2, 1]
    assert found.options["share"].round(6).tolist() == [0.666667, 0.333333]
    assert found.options["mention_share"].round(6).tolist() == [0.666667, 0.333333]


def test_multiple_keeps_dont_know_out_of_the_base():
    answers = pd.DataFrame({"q.a": [True, False], "q.dont_know": [False, True]})
    found = multiple(answers, np.array([True, True]), "q", ["a", "dont_know"])
    assert found.reach == Reach(base=1, dont_know=1, not_answered=0, not_shown=0)
    assert found.options["count"].to_dict() == {"a": 1}


def test_columns_without_any_answer_count_nothing():
    column, shown = pd.Series([None, None], dtype=object), np.array([True, True])
    found = choice(column, shown, ["a"])
    assert found.reach == Reach(base=0, dont_know=0, not_answered=2, not_shown=0)
    assert found.options.isna().to_numpy().tolist() == [[False, True, True, True]]
