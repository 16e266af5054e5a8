import numpy as np
import pandas as pd

from consultations.statistics.tallies import multiple_tally, single_tally, splits, telling

EVERYONE = np.ones(100, dtype=bool)


def test_a_single_choice_is_counted_with_what_is_hidden():
    column = pd.Series(["a"] * 60 + ["b"] * 37 + ["c"] * 3, dtype="str")
    tally = single_tally(column, EVERYONE, ["a", "b", "c"], 5, False)
    assert tally.count.tolist() == [60, 37, 3]
    assert tally.hidden_totals.tolist() == [False, True, True, False]


def test_ticks_by_nearly_everybody_are_hidden():
    answers = pd.DataFrame({"q.a": [True] * 98 + [False] * 2, "q.b": [True] * 50 + [False] * 50})
    assert multiple_tally(answers, EVERYONE, "q", ["a", "b"], 5, False).hidden_options.tolist() == [True, False]


def test_a_hidden_base_counts_against_the_public_number():
    ticked = pd.Series([True] * 97 + [None] * 3, dtype="boolean")
    answers = pd.DataFrame({"q.a": ticked, "q.b": ticked.where(ticked.isna(), np.arange(100) < 40)})
    tally = multiple_tally(answers, EVERYONE, "q", ["a", "b"], 5, False)
    assert (tally.hidden.base, tally.hidden_options.tolist()) == (True, [True, False])


def test_a_number_shown_that_parts_hidden_cells_tells():
    cells, hidden = np.repeat([0, 1, 2], [60, 37, 3]), np.array([False, True, True])
    assert splits(cells, hidden, cells == 1) is True
    assert splits(cells, hidden, cells == 0) is False
    assert splits(cells, hidden, np.arange(100) < 80) is False


def test_a_follow_up_of_a_hidden_option_tells():
    column = pd.Series(["a"] * 60 + ["b"] * 37 + ["c"] * 3, dtype="str")
    tally = single_tally(column, EVERYONE, ["a", "b", "c"], 5, False)
    assert [telling(column.to_numpy() == option, [tally]) for option in "abc"] == [False, True, True]
