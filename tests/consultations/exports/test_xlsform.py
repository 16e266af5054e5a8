"""Questionnaires as XLSForm, read back by our own reader of such forms."""

import io

import pytest
from openpyxl import load_workbook

from consultations.exports import xlsform
from consultations.exports.relevance import Relevance, UnsayableError
from consultations.imports import expressions, read_questionnaire
from consultations.imports.expressions import Reference
from consultations.structure import questions
from tests.consultations.exports.everything import AB, EVERYTHING
from tests.factories.consultations import STRUCTURE, consultation

KEPT = {
    "sections": [
        {
            "code": "first",
            "title": {"en": "First", "el": "Πρώτο"},
            "questions": [
                {
                    "code": "audience",
                    "type": "single",
                    "text": {"en": "Who?", "el": "Ποιος;"},
                    "options": AB,
                    "display": "dropdown",
                    "required": True,
                },
                {"code": "country", "type": "country", "text": {"en": "Where?"}},
                {"code": "which", "type": "multiple", "text": {"en": "Which?"}, "options": AB, "max": 2},
                {"code": "order", "type": "ranking", "text": {"en": "Order"}, "options": AB},
                {"code": "age", "type": "number", "text": {"en": "=1+1"}, "min": -1, "max": 99, "whole": True},
                {"code": "level", "type": "slider", "text": {"en": "Level"}, "min": 0, "max": 10, "step": 2},
                {"code": "points", "type": "rating", "text": {"en": "Points"}, "max": 5},
            ],
        },
        {
            "code": "second",
            "title": {"en": "Second"},
            "show": {"any": [{"gt": ["age", 20]}, {"not": {"eq": ["audience", "a"]}}]},
            "questions": [
                {
                    "code": "why",
                    "type": "long_text",
                    "text": {"en": "Why?"},
                    "max_length": 500,
                    "show": {"all": [{"in": ["which", "b"]}, {"answered": "country"}]},
                },
                {"code": "day", "type": "date", "text": {"en": "When?"}},
                {
                    "code": "agree",
                    "type": "consent",
                    "text": {"en": "I agree"},
                    "require": {"ge": ["day", "2026-01-01"]},
                },
                {"code": "read", "type": "info", "text": {"en": "Thank you"}, "help": {"en": "Really"}},
            ],
        },
    ]
}


def form(structure, **fields) -> xlsform.Form:
    return xlsform.Form(consultation(structure=structure, **fields).versions.get())


def read_back(made: xlsform.Form):
    return read_questionnaire(xlsform.written(made), "form.xlsx")


def test_what_such_a_form_can_say_comes_back_as_it_was(people):
    made = form(KEPT)
    back = read_back(made)

    assert (made.notes, back.notes) == ([], [])
    assert back.structure == KEPT
    assert back.title == {"en": "Cluster finance"}


def test_every_type_is_written_and_what_is_lost_is_told(people):
    made = form(EVERYTHING)
    back = read_back(made)

    assert {asked["code"] for asked in back.questions} >= {
        "audience",
        "country",
        "points",
        "mood_a",
        "cells_b",
        "parts_a",
    }
    told = {(note.where, note.what) for note in made.notes}
    assert told >= {("mood", "likert"), ("parts", "total"), ("sources", "If other, which?"), ("region", "region")}
    assert [asked["type"] for asked in back.questions if asked["code"] in ("mail", "page", "holder")] == ["text"] * 3


def test_what_is_lost_stands_in_the_file(people):
    made = form(EVERYTHING)
    book = load_workbook(io.BytesIO(xlsform.written(made)))

    assert book.sheetnames == ["survey", "choices", "settings", "not_written"]
    assert len(list(book["not_written"].values)) == len(made.notes) + 1


def test_the_heads_are_those_programs_know(people):
    book = load_workbook(io.BytesIO(xlsform.written(form(STRUCTURE))))
    survey, choices, settings = (list(book[name].values) for name in ("survey", "choices", "settings"))

    assert survey[0][:9] == (
        *("type", "name", "relevant", "constraint", "required", "appearance", "parameters"),
        "label::English (en)",
        "label::Ελληνικά (el)",
    )
    assert choices[0][:3] == ("list_name", "name", "label::English (en)")
    assert settings[1] == ("Cluster finance", "finance", "English (en)")
    kinds = [row[0] for row in survey[1:]]
    assert kinds.count("begin_group") == kinds.count("end_group") == 2


@pytest.mark.parametrize(
    "tree",
    [
        {"eq": ["one", "a"]},
        {"in": ["many", "b"]},
        {"answered": "many"},
        {"not": {"any": [{"eq": ["one", "a"]}, {"lt": ["number", 3]}]}},
        {"all": [{"ge": ["number", -1]}, {"not": {"answered": "one"}}]},
        {"eq": ["points", 3]},
        {"le": ["day", "2026-01-01"]},
        {"any": []},
    ],
)
def test_conditions_come_back(tree):
    types = {"one": "single", "many": "multiple", "number": "number", "points": "rating", "day": "date"}
    asked = {code: {"code": code, "type": kind, "options": AB} for code, kind in types.items()}
    names = {code: Reference(code, kind, values={"a": "a", "b": "b"}) for code, kind in types.items()}

    assert expressions.condition(Relevance(asked).said(tree), names) == tree


@pytest.mark.parametrize("tree", [{"language": "el"}, {"audience": "nobody"}, {"eq": ["place", "AT11"]}])
def test_conditions_that_cannot_be_said(tree):
    with pytest.raises(UnsayableError):
        Relevance({"place": {"code": "place", "type": "region"}}).said(tree)


def test_every_question_of_a_program_has_a_row(people):
    names = {row["name"].split("_")[0] for row in form(EVERYTHING).survey}

    assert {asked["code"] for asked in questions(EVERYTHING)} <= names
