"""Figures in words, most of all those that are kept back."""

import pytest

from consultations import charts

QUESTION = {
    "code": "q",
    "type": "single",
    "options": [{"code": "a", "text": {"en": "Yes", "bg": "Да"}}, {"code": "b", "text": {"en": "No"}}],
}
OPEN = {"code": "a", "count": 12, "share": 0.63158, "low": 0.41, "high": 0.809, "suppressed": False}
HIDDEN = {"code": "b", "count": None, "share": None, "low": None, "high": None, "suppressed": True}
KEPT = (
    "Groups too small to be anonymous are not shown, and where needed a second one so that they cannot be worked out."
)
NOTHING = "Too few answers to say how many, 1 May"


@pytest.mark.parametrize(("share", "shown"), [(None, None), (0, 0), (0.63158, 63.2), (1, 100)])
def test_a_share_becomes_percent(share, shown):
    assert charts.percent(share) == shown


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"base": 19, "share_of": "base"}, "Base: 19 answers, 1 May"),
        ({"base": 1, "share_of": "base"}, "Base: 1 answer, 1 May"),
        ({"base": None, "shown": 30, "share_of": "shown"}, "Base: 30 answers, 1 May"),
        ({"base": None, "shown": None, "responses": 40, "share_of": "responses"}, "Base: 40 answers, 1 May"),
        ({"base": None, "share_of": "base"}, NOTHING),
        ({}, NOTHING),
    ],
)
def test_the_base_in_words(figures, words):
    assert charts.base_words(figures, "1 May") == words


@pytest.mark.parametrize(("options", "words"), [([OPEN], ""), ([OPEN, HIDDEN], KEPT), ([], "")])
def test_the_note_says_when_something_is_kept_back(options, words):
    assert charts.note({"options": options}) == words


def test_bars_of_hidden_options_carry_no_number():
    shown, hidden = charts.bars(QUESTION, {"options": [OPEN, HIDDEN]})

    assert shown == {"label": "Yes", "value": 63.2, "low": 41.0, "high": 80.9, "count": 12, "suppressed": False}
    assert hidden == {"label": "No", "value": None, "low": None, "high": None, "count": None, "suppressed": True}


def test_countries_nobody_chose_are_left_out(db):
    nobody = {**OPEN, "code": "IT", "count": 0, "share": 0.0}
    options = [{**OPEN, "code": "AT"}, nobody, {**HIDDEN, "code": "other"}]

    found = charts.bars({"code": "q", "type": "country"}, {"options": options})

    assert [bar["label"] for bar in found] == ["Austria", "Another country"]


def test_a_row_of_a_battery_with_a_hidden_count_is_kept_back():
    question = {"rows": [{"code": "r", "text": {"en": "Rules"}}, {"code": "s", "text": {"en": "Time"}}]}
    open_row = {"code": "r", "base": 12, "options": [OPEN, {**OPEN, "code": "dont_know"}]}
    figures = {"rows": [open_row, {"code": "s", "base": None, "options": [OPEN, HIDDEN]}]}

    assert charts.likert_rows(question, figures) == [
        {"label": "Rules", "shares": [63.2], "base": 12, "suppressed": False},
        {"label": "Time", "shares": [], "base": None, "suppressed": True},
    ]


def test_a_hidden_dont_know_does_not_hide_its_row():
    question = {"rows": [{"code": "r", "text": {"en": "Rules"}}]}
    figures = {"rows": [{"code": "r", "base": 12, "options": [OPEN, {**HIDDEN, "code": "dont_know"}]}]}

    assert charts.likert_rows(question, figures) == [
        {"label": "Rules", "shares": [63.2], "base": 12, "suppressed": False}
    ]


def test_ranks_that_are_kept_back_come_last_and_say_so():
    scores, none_at_all = {"borda": 2.4, "mean_rank": 1.5}, {"share": 0.0, "borda": 0.0, "mean_rank": 3.0}
    figures = {"options": [{**HIDDEN, "borda": None, "mean_rank": None}, {**OPEN, **none_at_all}, {**OPEN, **scores}]}

    assert charts.ranking_rows(QUESTION, figures) == [
        ["Yes", "2.4", "1.50", "63.2\u00a0%"],
        ["Yes", "0", "3.00", "0\u00a0%"],
        ["No", "not shown", "not shown", "not shown"],
    ]


@pytest.mark.parametrize(
    ("figures", "facts"),
    [
        ({"mean": 12.5, "median": 10.0, "q1": None}, [("Mean", "12.5\u00a0%"), ("Median", "10\u00a0%")]),
        ({"mean": None, "median": None}, []),
        ({"mean": 0.0}, [("Mean", "0\u00a0%")]),
    ],
)
def test_facts_about_a_number_leave_hidden_ones_out(figures, facts):
    assert charts.number_facts({"unit": {"en": "%"}}, figures) == facts


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
    assert charts.cell_words(cell) == words


def test_a_cross_table_leaves_empty_rows_out_and_keeps_hidden_totals():
    cell = {"count": 7, "share": 0.25, "suppressed": False}
    hidden = {"count": None, "share": None, "suppressed": True}
    rows = [
        {"code": code, "total": total, "cells": [each]}
        for code, total, each in (("a", 28, cell), ("b", None, hidden), ("c", 0, cell))
    ]

    found = charts.cross(
        "By size", {"a": "Small", "b": "Large"}, {"x": "Yes"}, {"columns": [{"code": "x"}], "rows": rows}
    )

    assert (found["title"], found["columns"], found["note"]) == ("By size", ["Yes"], "")
    assert [(row["label"], row["total"]) for row in found["rows"]] == [("Small", 28), ("Large", None)]
    assert found["rows"][1]["cells"] == [{"text": "", "share": None, "suppressed": True}]


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (None, ""),
        ({"p": None}, ""),
        ({"p": 0.0312, "cramers_v": 0.254}, "Test of independence: p = 0.031, Cramér's V = 0.25."),
        (
            {"p": 0.5, "cramers_v": None, "low_expected": True},
            "Test of independence: p = 0.500, Cramér's V = –. Many cells are small, so the test is rough.",
        ),
    ],
)
def test_the_test_of_independence_in_words(test, words):
    assert charts.test_words(test) == words
