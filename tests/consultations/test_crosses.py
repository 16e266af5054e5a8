"""Cross-tables in words."""

import pytest

from consultations import crosses


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"count": None, "share": None}, ""),
        ({"count": 7, "share": 0.25}, "7 (25\u00a0%)"),
        ({"count": 7, "share": None}, "7"),
        ({"count": 0, "share": 0.0}, "0 (0\u00a0%)"),
    ],
)
def test_a_cell_in_words(cell, words):
    assert crosses.cell_words(cell) == words


CELL = {"count": 7, "share": 0.25, "column_share": 0.5, "suppressed": False}
KEPT_BACK = {"count": None, "share": None, "column_share": None, "suppressed": True}
GROUPS = {"a": "Small", "b": "Large"}


def table_of(*rows, **more):
    """A table of one answer by groups of a code, a total and a cell."""
    rows = [{"code": code, "total": total, "cells": [cell]} for code, total, cell in rows]
    return {"columns": [{"code": "x", "total": 14}], "rows": rows, **more}


def test_few_groups_stand_beside_each_other_and_empty_ones_are_left_out():
    table = table_of(("a", 28, CELL), ("b", None, KEPT_BACK), ("c", 0, CELL))

    found = crosses.cross("By size", GROUPS, {"x": "Yes"}, [("", table)])

    assert (found["title"], found["columns"], found["note"]) == ("By size", ["Small (28)", "Large"], "")
    (row,) = found["rows"]
    assert [(cell["text"], cell["more"], cell["suppressed"]) for cell in row["cells"]] == [
        ("7 (25\u00a0%)", ["50\u00a0% of this answer"], False),
        ("", [], True),
    ]


def test_many_groups_are_rows():
    table = table_of(*[(code, 28, CELL) for code in "abcde"])

    found = crosses.cross("By size", dict.fromkeys("abcde", "Group"), {"x": "Yes"}, [("", table)])

    assert (found["columns"], [row["total"] for row in found["rows"]]) == (["Yes"], [28] * 5)


def test_rows_of_a_battery_follow_one_another_under_their_names():
    table = table_of(("a", 28, CELL), ("b", 20, CELL))

    found = crosses.cross("By size", GROUPS, {"x": "Yes"}, [("Rules", table), ("Time", table)])

    assert [(row["label"], row.get("is_heading", False)) for row in found["rows"]] == [
        ("Rules", True),
        ("Yes", False),
        ("Time", True),
        ("Yes", False),
    ]


TEST = {"method": "fisher", "p": 0.004, "p_holm": 0.02, "batch": 5, "cramers_v": 0.4}


def test_a_cell_beyond_chance_is_marked_in_words():
    residuals = {"rows": ["a", "b"], "columns": ["x"], "residuals": [[2.41], [-2.41]]}
    table = table_of(("a", 28, CELL), ("b", 20, CELL), test=TEST | residuals)

    found = crosses.cross("By size", GROUPS, {"x": "Yes"}, [("", table)])

    assert [cell["more"][-1] for cell in found["rows"][0]["cells"]] == [
        "▲ more than expected, r = 2.4",
        "▼ fewer than expected, r = -2.4",
    ]
    assert found["note"].startswith("Fisher's exact test: p = 0.004")


def test_each_answer_of_a_multiple_choice_has_its_test():
    test = TEST | {"rows": ["a"], "columns": ["x", "not x"], "residuals": [[1.0, -1.0]]}
    table = table_of(("a", 28, CELL)) | {"columns": [{"code": "x", "total": 14, "test": test}]}

    found = crosses.cross("By size", GROUPS, {"x": "Yes"}, [("", table)])

    assert found["note"] == ""
    assert found["tests"]["rows"] == [["Yes", "Fisher's exact test", "0.004", "0.020", "0.40"]]
    assert found["rows"][0]["cells"][0]["more"][-1] == "r = 1.0"


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (None, ""),
        ({"p": None}, ""),
        ({"p": 0.0312, "cramers_v": 0.254, "method": "chi2"}, "Chi-square test: p = 0.031, Cramér's V = 0.25."),
        (
            {"p": 0.5, "cramers_v": None, "low_expected": True, "method": "monte_carlo"},
            "Monte Carlo test: p = 0.500, Cramér's V = –. Many cells are small, so the test is rough.",
        ),
    ],
)
def test_the_test_of_independence_in_words(test, words):
    assert crosses.test_words(test) == words
