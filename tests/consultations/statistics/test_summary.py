import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from consultations.statistics.summary import summarise

from .answers import QUESTIONS, consultation

THRESHOLD = 5


def summary(size=60, seed=4, profile=("country", "kind")):
    return summarise(QUESTIONS, *consultation(size, seed), THRESHOLD, profile)


def one_question(values, options, **more):
    answers = pd.DataFrame({"q": pd.Series(values, dtype="str")})
    shown = pd.DataFrame({"q": np.ones(len(values), dtype=bool)})
    return summarise([{"code": "q", "type": "single", "options": options, **more}], answers, shown)["q"]


def left_over(total, counts):
    """What a published total less the published counts leaves."""
    return 0 if total is None else total - sum(count for count in counts if count is not None)


def cross_remainders(table):
    grid = [[cell["count"] for cell in row["cells"]] for row in table["rows"]]
    columns = [[row[number] for row in grid] for number in range(len(table["columns"]))]
    return [left_over(column["total"], counts) for column, counts in zip(table["columns"], columns, strict=True)]


def row_remainders(table):
    return [left_over(row["total"], [cell["count"] for cell in row["cells"]]) for row in table["rows"]]


def one_way_remainders(figures):
    counts = [option["count"] for option in figures["options"]]
    leaves = [*counts, figures["dont_know"], figures["not_answered"]]
    return [left_over(figures["base"], counts), left_over(figures["shown"], leaves)]


def small(numbers):
    return [number for number in numbers if 0 < number < THRESHOLD]


def test_every_question_has_its_figures_and_they_are_json():
    figures = json.loads(json.dumps(summary(), allow_nan=False))
    assert {code: entry["type"] for code, entry in figures.items()} == {q["code"]: q["type"] for q in QUESTIONS}


def test_a_single_choice_without_small_counts():
    found = one_question(["a"] * 12 + ["b"] * 8 + ["dont_know"] * 5 + [None] * 5, ["a", "b", "c"], dont_know=True)
    reach = {key: found[key] for key in ("responses", "shown", "base", "dont_know", "not_answered")}
    assert reach == {"responses": 30, "shown": 30, "base": 20, "dont_know": 5, "not_answered": 5}
    assert [(option["code"], option["count"], option["share"]) for option in found["options"]] == [
        ("a", 12, 0.6),
        ("b", 8, 0.4),
        ("c", 0, 0.0),
    ]


def test_hidden_counts_are_none():
    found = one_question(["a"] * 50 + ["b"] * 20 + ["c"] * 2, ["a", "b", "c"])
    assert [option["count"] for option in found["options"]] == [50, None, None]
    assert [option["suppressed"] for option in found["options"]] == [False, True, True]


def test_too_few_answers_hide_the_whole_question():
    found = one_question(["a"] * 3 + [None] * 40, ["a", "b"])
    assert (found["base"], [option["count"] for option in found["options"]]) == (None, [None, None])


def test_nobody_has_answered_yet():
    found = one_question([], ["a"])
    assert (found["base"], found["options"][0]["count"], found["options"][0]["share"]) == (0, 0, None)


def test_a_pair_of_profile_questions_is_crossed_once():
    figures = summary(200)
    assert [list(figures[code]["crosstabs"]) for code in ("country", "kind", "need", "agree")] == [
        [],
        ["country"],
        ["country", "kind"],
        [],
    ]


def test_only_single_and_country_questions_make_a_profile():
    with pytest.raises(ValueError, match="not a single or country question: need, nothing"):
        summary(profile=("country", "need", "nothing"))


def test_the_order_of_options_of_a_cross_table_is_that_of_the_questionnaire():
    table = summary(200)["need"]["crosstabs"]["country"]
    assert [row["code"] for row in table["rows"]] == ["gr", "it", "si"]
    assert [column["code"] for column in table["columns"]] == ["money", "skills", "none"]


def test_a_battery_has_figures_for_each_row():
    rows = summary(400)["rate"]["rows"]
    assert [row["code"] for row in rows] == ["cost", "time"]
    assert [row["top_two"]["count"] for row in rows] == [sum(o["count"] for o in row["options"][3:]) for row in rows]


def test_a_ranking_has_scores_and_first_places():
    found = summary(300)["order"]
    assert (found["base"], found["complete"]) == (300, 300)
    assert sum(option["count"] for option in found["options"]) == 300
    assert round(sum(option["borda"] for option in found["options"]), 4) == 3.0


def test_a_number_is_counted_among_those_asked():
    answers, shown = consultation(400)
    found = summarise(QUESTIONS, answers, shown)["staff"]
    asked = answers.loc[shown["staff"], "staff"]
    assert (found["shown"], found["base"], found["mean"]) == (len(asked), len(asked), round(asked.mean(), 6))


def test_consent_takes_booleans_too():
    answers = pd.DataFrame({"q": pd.Series([True] * 9 + [False] * 6 + [None] * 5, dtype=object)})
    shown = pd.DataFrame({"q": [True] * 20})
    found = summarise([{"code": "q", "type": "consent"}], answers, shown)["q"]
    assert [(option["code"], option["count"]) for option in found["options"]] == [("yes", 9), ("no", 6)]


def test_a_follow_up_does_not_tell_how_many_chose_a_hidden_option():
    first = ["a"] * 60 + ["b"] * 37 + ["c"] * 3
    answers = pd.DataFrame({"q": first, "more": [None] * 60 + ["x"] * 20 + ["y"] * 17 + [None] * 3}, dtype="str")
    shown = pd.DataFrame({"q": [True] * 100, "more": answers["q"] == "b"})
    questions = [{"code": code, "type": "single", "options": list(o)} for code, o in (("q", "abc"), ("more", "xy"))]
    found = summarise(questions, answers, shown)
    assert [option["count"] for option in found["q"]["options"]] == [60, None, None]
    assert (found["more"]["shown"], found["more"]["base"], found["more"]["not_answered"]) == (None, None, None)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(size=st.integers(5, 250), seed=st.integers(0, 1000))
def test_published_totals_less_published_counts_are_never_small(size, seed):
    figures = summary(size, seed)
    parts = [part for entry in figures.values() for part in (entry, *entry.get("rows", []))]
    tables = [table for part in parts for table in part.get("crosstabs", {}).values()]
    single = [table for table in tables if "test" in table]
    one_way = [*(figures[code] for code in ("country", "kind", "agree", "stars")), *figures["rate"]["rows"]]
    one_way += [*figures["fit"]["rows"], {**figures["staff"], "options": figures["staff"]["bins"], "dont_know": 0}]
    assert [small(cross_remainders(table)) for table in tables] == [[]] * len(tables)
    assert [small(row_remainders(table)) for table in single] == [[]] * len(single)
    assert [small(one_way_remainders(entry)) for entry in one_way] == [[]] * len(one_way)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(size=st.integers(5, 250), seed=st.integers(0, 1000))
def test_ticks_not_made_are_never_few(size, seed):
    need = summary(size, seed)["need"]
    known = [option["count"] for option in need["options"] if option["count"] is not None]
    whole = need[need["share_of"]]
    assert small([number for count in known for number in (count, whole - count)]) == []


@settings(derandomize=True, max_examples=8, deadline=None)
@given(size=st.integers(5, 200), seed=st.integers(0, 1000))
def test_the_order_of_answers_changes_nothing(size, seed):
    answers, shown = consultation(size, seed)
    order = np.random.default_rng(seed).permutation(size)
    turned = [frame.iloc[order].reset_index(drop=True) for frame in (answers, shown)]
    assert summarise(QUESTIONS, answers, shown, THRESHOLD, ["country", "kind"]) == summarise(
        QUESTIONS, *turned, THRESHOLD, ["country", "kind"]
    )


@settings(derandomize=True, max_examples=8, deadline=None)
@given(size=st.integers(1, 200), seed=st.integers(0, 1000))
def test_open_frequencies_add_up(size, seed):
    figures = summary(size, seed)
    for entry in [figures["country"], figures["kind"], figures["stars"], *figures["fit"]["rows"]]:
        counts = [option["count"] for option in entry["options"]]
        assert None in [*counts, entry["base"]] or sum(counts) == entry["base"]
