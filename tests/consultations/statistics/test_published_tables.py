import numpy as np
import pandas as pd

from consultations.statistics.crosstabs import UNSTATED
from consultations.statistics.published_tables import (
    VeiledTable,
    multiple_crosstab,
    open_part,
    published_test,
    single_crosstab,
)
from consultations.statistics.suppression import HiddenCells
from consultations.statistics.tallies import multiple_tally, single_tally

COUNTS = np.array([[10, 20, 0], [3, 9, 0], [6, 1, 0], [30, 10, 0], [0, 0, 0]])
NO_ROWS, NO_COLUMNS = np.zeros(5, dtype=bool), np.zeros(3, dtype=bool)


def veiled(hidden):
    return VeiledTable(
        COUNTS, [*"wxyz", UNSTATED], ["a", "b", UNSTATED], HiddenCells(hidden, False), NO_ROWS, NO_COLUMNS
    )


def single(values, options):
    column = pd.Series(values, dtype="str")
    return single_tally(column, np.ones(len(column), dtype=bool), options, 5, False)


def test_rows_with_hidden_cells_are_pooled():
    hidden = np.zeros(COUNTS.shape, dtype=bool)
    hidden[1:3, :2] = True
    counts, rows, columns, pooled = open_part(veiled(hidden))
    assert counts.tolist() == [[10, 20], [30, 10], [9, 10]]
    assert (rows, columns, pooled) == (["w", "z", None], ["a", "b"], ["x", "y"])


def test_a_test_of_an_open_table_pools_nothing():
    found = published_test(veiled(np.zeros(COUNTS.shape, dtype=bool)))
    assert (found["rows"], found["pooled"], found["dof"]) == ([*"wxyz"], [], 3)
    assert np.shape(found["residuals"]) == (4, 2)


def test_a_withheld_table_has_no_test():
    assert published_test(veiled(np.ones(COUNTS.shape, dtype=bool))) is None


def test_rows_of_a_cross_table_are_shares_of_those_who_chose():
    profile = single(["x"] * 30 + ["y"] * 30, ["x", "y"])
    question = single((["a"] * 10 + ["b"] * 10 + [None] * 10) * 2, ["a", "b"])
    table = single_crosstab(profile, question, 5)
    assert table["share_of"] == "base"
    assert table["rows"][0]["total"] == 30
    assert [cell["share"] for cell in table["rows"][0]["cells"]] == [0.5, 0.5]
    assert table["columns"][1] == {"code": "b", "total": 20, "suppressed": False}


def test_few_without_an_answer_in_a_row_make_shares_of_the_whole_row():
    profile = single(["x"] * 30 + ["y"] * 30, ["x", "y"])
    question = single(["a"] * 27 + [None] * 3 + ["b"] * 20 + [None] * 10, ["a", "b"])
    table = single_crosstab(profile, question, 5)
    assert table["share_of"] == "row"


def test_each_option_of_a_multiple_choice_is_a_table_of_its_own():
    profile = single(["x"] * 40 + ["y"] * 20, ["x", "y"])
    answers = pd.DataFrame({"q.a": [True] * 20 + [False] * 30 + [True] * 10, "q.b": [True] * 20 + [False] * 40})
    question = multiple_tally(answers, np.ones(60, dtype=bool), "q", ["a", "b"], 5, False)
    table = multiple_crosstab(profile, question, 5)
    assert [[cell["count"] for cell in row["cells"]] for row in table["rows"]] == [[20, 20], [10, 0]]
    assert [column["test"]["chi2"] for column in table["columns"]] == [0.0, 15.0]
    assert (table["share_of"], table["withheld"]) == ("base", False)
