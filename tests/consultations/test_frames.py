import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from consultations.frames import frames, plain_questions
from consultations.structure import questions, visible_answers

STEPS = [{"code": code} for code in ("low", "high")]
OPTIONS = [{"code": code} for code in ("a", "b")]


def section(*asked, **more):
    return {"code": "s", "questions": list(asked), **more}


def columns(question, *values):
    """The columns of one question when people answered so; None is no answer."""
    rows = [{} if value is None else {question["code"]: value} for value in values]
    answers, _shown = frames({"sections": [section(question)]}, rows)
    return answers


def told(frame):
    """A frame as plain lists, with None for what is missing."""
    return {name: [None if pd.isna(value) else value for value in column] for name, column in frame.items()}


def test_a_choice_is_one_column_of_codes():
    found = columns({"code": "q", "type": "single", "options": OPTIONS}, "a", None, "b")

    assert told(found) == {"q": ["a", None, "b"]}
    assert found["q"].dtype == "str"


def test_a_multiple_choice_is_a_boolean_column_per_option():
    found = columns({"code": "q", "type": "multiple", "options": OPTIONS}, ["a"], None, ["a", "b"])

    assert told(found) == {"q.a": [True, None, True], "q.b": [False, None, True]}
    assert [str(kind) for kind in found.dtypes] == ["boolean", "boolean"]


def test_a_battery_is_a_column_of_steps_per_row():
    question = {"code": "q", "type": "likert", "rows": OPTIONS, "scale": STEPS}

    found = columns(question, {"a": "low", "b": "dont_know"}, None, {"b": "high"})

    assert told(found) == {"q.a": ["low", None, None], "q.b": ["dont_know", None, "high"]}


def test_a_ranking_is_a_column_of_ranks_per_option():
    found = columns({"code": "q", "type": "ranking", "options": OPTIONS}, {"a": 2, "b": 1}, None, {"b": 1})

    assert told(found) == {"q.a": [2.0, None, None], "q.b": [1.0, None, 1.0]}
    assert [kind.kind for kind in found.dtypes] == ["f", "f"]


def test_a_number_is_a_column_in_which_zero_is_an_answer():
    found = columns({"code": "q", "type": "number"}, 0.0, None, 7)

    assert told(found) == {"q": [0.0, None, 7.0]}


def test_consent_is_yes_or_missing():
    assert told(columns({"code": "q", "type": "consent"}, True, None)) == {"q": ["yes", None]}


def test_words_for_other_are_in_no_column():
    question = {"code": "q", "type": "single", "options": OPTIONS, "other": "b"}

    answers, _shown = frames({"sections": [section(question)]}, [{"q": "b", "q.other": "mine"}])

    assert list(answers) == ["q"]


def test_no_answers_give_empty_columns():
    question = {"code": "q", "type": "multiple", "options": OPTIONS}

    answers, shown = frames({"sections": [section(question, show={"any": []})]}, [])

    assert (answers.shape, shown.shape) == ((0, 2), (0, 1))


def test_statistics_are_told_of_codes_only():
    question = {"code": "q", "type": "country", "text": {"en": "Where?"}, "required": True}

    assert plain_questions({"sections": [section(question)]}, ["AT", "other"]) == [
        {
            "code": "q",
            "type": "country",
            "options": ["AT", "other"],
            "rows": [],
            "columns": [],
            "scale": [],
            "dont_know": False,
            "exclusive": None,
        }
    ]


def test_bounds_are_told_where_a_question_has_them():
    question = {"code": "q", "type": "slider", "min": 0, "max": 10, "step": 2, "unit": {"en": "days"}}

    (told_of,) = plain_questions({"sections": [section(question)]}, [])

    assert {name: told_of[name] for name in ("type", "min", "max")} == {"type": "slider", "min": 0, "max": 10}
    assert {"total", "whole", "unit"}.isdisjoint(told_of)


def test_a_matrix_is_a_column_per_row():
    question = {"code": "q", "type": "matrix", "rows": OPTIONS, "columns": STEPS}

    assert told(columns(question, {"a": "low"}, None)) == {"q.a": ["low", None], "q.b": [None, None]}


def test_a_matrix_of_ticks_is_a_boolean_column_per_row_and_column():
    question = {"code": "q", "type": "matrix_multiple", "rows": OPTIONS, "columns": STEPS}

    assert told(columns(question, {"a": ["low", "high"], "b": ["high"]}, {"a": ["low"]}, None)) == {
        "q.a.low": [True, True, None],
        "q.a.high": [True, False, None],
        "q.b.low": [False, None, None],
        "q.b.high": [True, None, None],
    }


@pytest.mark.parametrize("kind", ["rating", "slider", "number"])
def test_steps_and_sliders_are_numbers(kind):
    assert told(columns({"code": "q", "type": kind}, 3, None)) == {"q": [3.0, None]}


def test_a_budget_is_a_column_per_option():
    assert told(columns({"code": "q", "type": "budget", "options": OPTIONS}, {"a": 70, "b": 30}, None)) == {
        "q.a": [70.0, None],
        "q.b": [30.0, None],
    }


@pytest.mark.parametrize("kind", ["date", "region", "text"])
def test_dates_and_regions_are_words(kind):
    assert told(columns({"code": "q", "type": kind}, "2026-01-31", None)) == {"q": ["2026-01-31", None]}


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "vera@example.org"), ("url", "https://example.org"), ("file", {"name": "a.pdf"}), ("organisation", "7")],
)
def test_addresses_and_files_are_not_kept(kind, value):
    assert told(columns({"code": "q", "type": kind}, value, None)) == {"q": ["given", None]}


@pytest.mark.parametrize(("mark", "kept"), [(True, "given"), (False, "Vera")])
def test_texts_that_say_who_wrote_are_not_kept(mark, kept):
    found = columns({"code": "q", "type": "text", "identifies": mark}, "Vera", None)

    assert told(found) == {"q": [kept, None]}


def test_a_text_to_read_has_no_column():
    answers, shown = frames({"sections": [section({"code": "q", "type": "info"})]}, [{}])

    assert (list(answers), told(shown)) == ([], {"q": [True]})


def shown_when(condition, question, *values, languages=None):
    """To whom a question with this condition is shown when people answered the earlier one so."""
    structure = {"sections": [section(question, {"code": "next", "type": "text", "show": condition})]}
    rows = [{} if value is None else {question["code"]: value} for value in values]
    _answers, shown = frames(structure, rows, languages)
    return shown["next"].tolist()


@pytest.mark.parametrize(
    ("operator", "shown"),
    [
        ("lt", [True, False, False, False]),
        ("le", [True, True, False, False]),
        ("gt", [False, False, True, False]),
        ("ge", [False, True, True, False]),
    ],
)
def test_conditions_on_numbers(operator, shown):
    assert shown_when({operator: ["q", 5]}, {"code": "q", "type": "number"}, 4, 5.0, 6, None) == shown


@pytest.mark.parametrize(("operator", "shown"), [("lt", [True, False, False]), ("ge", [False, True, False])])
def test_conditions_on_days(operator, shown):
    condition = {operator: ["q", "2026-02-01"]}

    assert shown_when(condition, {"code": "q", "type": "date"}, "2026-01-31", "2026-02-01", None) == shown


def test_a_condition_on_a_rating():
    assert shown_when({"eq": ["q", 2]}, {"code": "q", "type": "rating", "max": 3}, 2, 3, None) == [True, False, False]


def test_a_condition_on_a_row_of_a_matrix():
    question = {"code": "q", "type": "matrix", "rows": OPTIONS, "columns": STEPS}

    assert shown_when({"eq": ["q.a", "low"]}, question, {"a": "low"}, {"b": "low"}, None) == [True, False, False]


def test_a_condition_on_having_answered():
    question = {"code": "q", "type": "multiple", "options": OPTIONS}

    assert shown_when({"answered": "q"}, question, ["a"], [], None) == [True, False, False]


def test_a_condition_on_the_language():
    question = {"code": "q", "type": "text"}

    assert shown_when({"language": "el"}, question, "a", "b", languages=["el", "en"]) == [True, False]
    assert shown_when({"language": "el"}, question, "a", "b") == [False, False]


def test_conditions_on_the_audience():
    question = {"code": "audience", "type": "single", "options": OPTIONS}
    structure = {
        "sections": [section(question), section({"code": "own", "type": "text"}, audiences=["a"])],
    }

    _answers, shown = frames(structure, [{"audience": "a"}, {"audience": "b"}, {}])

    assert shown["own"].tolist() == [True, False, False]
    assert shown_when({"audience": "b"}, question, "a", "b", None) == [False, True, False]


def test_an_audience_can_come_with_the_link():
    structure = {"sections": [section({"code": "own", "type": "text"}, audiences=["a"])]}

    _answers, shown = frames(structure, [{}, {}], audiences=["b", "a"])

    assert shown["own"].tolist() == [False, True]


# What `structure` says of one respondent, `frames` says of all of them at once.

CODES = [f"q{number}" for number in range(6)]
MULTIPLES = CODES[1::2]


def conditions(earlier):
    """Condition trees over earlier questions; those with an odd number are multiple choices."""
    letters = st.sampled_from(["a", "b"])
    leaves = st.tuples(st.sampled_from(earlier), letters).map(
        lambda pair: {"in" if pair[0] in MULTIPLES else "eq": list(pair)}
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda part: {"not": part}),
            st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        ),
        max_leaves=4,
    )


@st.composite
def structures(draw):
    asked = []
    for place, code in enumerate(CODES):
        show = draw(st.none() | conditions(CODES[:place])) if place else None
        kind = "multiple" if code in MULTIPLES else "single"
        asked.append({"code": code, "type": kind, "options": OPTIONS, "show": show})
    outer = draw(st.none() | conditions(CODES[:3]))
    return {"sections": [section(*asked[:3]), section(*asked[3:], show=outer)]}


def answers_of_one():
    single, multiple = st.sampled_from(["a", "b"]), st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True)
    return st.fixed_dictionaries({}, optional={code: multiple if code in MULTIPLES else single for code in CODES})


@settings(max_examples=60, deadline=None)
@given(structures(), st.lists(answers_of_one(), max_size=6))
def test_masks_agree_with_what_each_respondent_was_shown(structure, given_answers):
    seen = [visible_answers(structure, answers) for answers in given_answers]
    expected = [{asked["code"] for _section, here in shown for asked in here} for shown, _kept in seen]

    _answers, shown = frames(structure, [kept for _shown, kept in seen])

    assert [set(shown.columns[row]) for row in shown.to_numpy(dtype=bool)] == expected
    assert list(shown) == [question["code"] for question in questions(structure)]
    assert all(kind == np.dtype(bool) for kind in shown.dtypes) or not len(shown)


def test_who_was_not_asked_for_her_audience_belongs_to_that_of_her_link():
    options = [{"code": "a", "text": {}}, {"code": "b", "text": {}}]
    asked = {"code": "audience", "type": "single", "options": options, "show": {"language": "de"}}
    given = [{"audience": "a"}, {}, {}, {}]

    answers, shown = frames({"sections": [section(asked)]}, given, ["de", "en", "en", "de"], ["b", "b", "x", ""])

    assert answers["audience"].fillna("-").tolist() == ["a", "b", "-", "-"]
    assert shown["audience"].tolist() == [True, True, False, True]


def test_nobody_was_shown_what_was_added_later():
    structure = {"sections": [section({"code": "old", "type": "text"}, {"code": "new", "type": "text"})]}
    before, after = frozenset({"old"}), frozenset({"old", "new"})

    _answers, shown = frames(structure, [{}, {}, {}], asked=[before, after, before])

    assert told(shown) == {"old": [True, True, True], "new": [False, True, False]}
