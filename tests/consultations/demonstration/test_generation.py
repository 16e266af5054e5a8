from collections import Counter
from datetime import date
from random import Random

import pytest
from django.utils import timezone

from consultations.answering import problems
from consultations.demonstration import add_answers, reading
from consultations.demonstration.generation import generated_answers
from consultations.models import Response
from consultations.structure import questions, visible_answers
from platform_core.ground.vocabulary.models import Region
from tests.factories.consultations import consultation


def test_generated_answers_would_pass_the_form(db, finance):
    chance = Random(7)

    wrong = []
    for _person in range(100):
        shown, kept = visible_answers(finance, generated_answers(finance, chance))
        asked = [question for _section, questions in shown for question in questions]
        wrong += [told for question in asked for told in problems(question, kept)]

    assert wrong == []


def test_the_same_seed_draws_the_same_answers(finance):
    one, other, third = (generated_answers(finance, Random(seed)) for seed in (7, 7, 8))

    assert (one == other, one == third) == (True, False)


def test_added_answers_are_labelled_and_name_nobody(db):
    add_answers(consultation().versions.get(), 20)

    rows = set(Response.objects.values_list("is_demonstration", "person"))
    assert (Response.objects.count(), rows) == (20, {(True, None)})


def drawn(question: dict, times: int = 200) -> list:
    """What different people answer to one question."""
    chance = Random(7)
    structure = {"sections": [{"questions": [{"code": "it", "required": True, **question}]}]}
    return [generated_answers(structure, chance)["it"] for _person in range(times)]


def items(*codes: str) -> list[dict]:
    return [{"code": code} for code in codes]


def test_sliders_stand_on_their_steps():
    assert set(drawn({"type": "slider", "min": 2, "max": 14, "step": 4})) == {2.0, 6.0, 10.0, 14.0}


def test_ratings_use_the_whole_scale_and_nothing_beside_it():
    assert set(drawn({"type": "rating", "max": 5})) == {1, 2, 3, 4, 5}


def test_budgets_add_up_and_give_no_debts():
    points = drawn({"type": "budget", "total": 100, "options": items("a", "b", "c", "d")})

    assert {(sum(share.values()), min(share.values()) >= 0, "".join(share)) for share in points} == {
        (100, True, "abcd")
    }


def test_every_row_of_a_matrix_has_one_of_its_columns():
    rows = drawn({"type": "matrix", "rows": items("a", "b"), "columns": items("x", "y", "dont_know")})

    assert {row for answer in rows for row in answer.items()} == {
        (row, column) for row in "ab" for column in ("x", "y", "dont_know")
    }


def test_rows_of_a_matrix_with_several_answers_have_some_or_stay_empty():
    answers = drawn({"type": "matrix_multiple", "rows": items(*"abcdefgh"), "columns": items("x", "y")})

    assert {tuple(columns) for answer in answers for columns in answer.values()} == {("x",), ("y",), ("x", "y")}
    assert Counter(len(answer) == 8 for answer in answers).keys() == {True, False}


def test_dates_lie_between_the_limits_and_not_in_the_future():
    days = drawn({"type": "date", "min": "2020-01-01", "max": "9000-01-01"})

    assert [told for told in days if not date(2020, 1, 1) <= date.fromisoformat(told) <= timezone.localdate()] == []


def test_a_region_is_one_of_the_respondents_country(db):
    structure = {
        "sections": [
            {"questions": [{"code": "country", "type": "country", "required": True}, {"code": "it", "type": "region"}]}
        ]
    }
    known = set(Region.objects.values_list("country__code", "code"))

    answers = [generated_answers(structure, Random(seed)) for seed in range(50)]
    told = {(answer["country"], answer["it"]) for answer in answers if "it" in answer}
    assert (told - known, {len(region) for _country, region in told}) == (set(), {4})


@pytest.mark.parametrize("kind", ["text", "long_text", "email", "url", "organisation", "file", "info"])
def test_nothing_is_made_up_that_would_name_somebody(kind):
    structure = {"sections": [{"questions": [{"code": "it", "type": kind, "required": True}]}]}

    assert generated_answers(structure, Random(7)) == {}


@pytest.mark.parametrize("code", reading.codes())
def test_most_people_answer_all_but_the_open_questions(db, code):
    found = reading.questionnaire(code)
    answers = [generated_answers(found, Random(seed)) for seed in range(60)]
    given = Counter(key for answer in answers for key in answer)
    silent = {"text", "long_text", "info"}

    assert {question["code"] for question in questions(found) if given[question["code"]] < 20} == {
        question["code"] for question in questions(found) if question["type"] in silent
    }
