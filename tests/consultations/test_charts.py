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
    ("figures", "words"),
    [
        (
            {"shown": 30, "base": 19, "dont_know": 3, "not_answered": 8},
            "Shown to 30, answered by 19, don't know 3, not answered 8.",
        ),
        ({"shown": 30, "base": 30, "dont_know": 0, "not_answered": 0}, "Shown to 30, answered by 30."),
        ({"shown": 30, "base": 0, "dont_know": 0, "not_answered": 30}, "Shown to 30, answered by 0, not answered 30."),
        (
            {"shown": None, "base": 12, "dont_know": None, "not_answered": None},
            "Shown to –, answered by 12, don't know –, not answered –.",
        ),
        ({"shown": 30}, "Shown to 30."),
    ],
)
def test_what_became_of_a_question(figures, words):
    assert charts.reach_words(figures) == words


def test_robust_figures_of_a_number_leave_hidden_ones_out():
    figures = {"median_low": 3.0, "median_high": 7.0, "interquartile_range": 4.5, "median_deviation": None}

    assert charts.robust_facts({"unit": {"en": "%"}}, figures) == [
        ("Interval of the median, 95 per cent", "3 – 7\u00a0%"),
        ("Between the quartiles (interquartile range)", "4.5\u00a0%"),
    ]


def test_bars_of_scores_begin_with_the_highest_and_tell_none_that_is_kept_back():
    options = [{**HIDDEN, "borda": None}, {**OPEN, "borda": 1.5}]

    shown, hidden = charts.score_bars(QUESTION, {"options": options}, "borda")

    assert (shown["label"], shown["value"], shown["count"], shown["suppressed"]) == ("Yes", 1.5, None, False)
    assert (hidden["label"], hidden["value"], hidden["count"], hidden["suppressed"]) == ("No", None, None, True)
