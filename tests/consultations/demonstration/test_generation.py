from random import Random

from consultations.answering import problems
from consultations.demonstration import add_answers
from consultations.demonstration.generation import COUNTRIES, generated_answers
from consultations.models import Response
from consultations.structure import visible_answers
from tests.factories.consultations import consultation


def test_generated_answers_would_pass_the_form(finance):
    chance = Random(7)

    wrong = []
    for _person in range(100):
        shown, kept = visible_answers(finance, generated_answers(finance, chance))
        asked = [question for _section, questions in shown for question in questions]
        wrong += [told for question in asked for told in problems(question, kept, set(COUNTRIES))]

    assert wrong == []


def test_the_same_seed_draws_the_same_answers(finance):
    one, other, third = (generated_answers(finance, Random(seed)) for seed in (7, 7, 8))

    assert (one == other, one == third) == (True, False)


def test_added_answers_are_labelled_and_name_nobody(db):
    add_answers(consultation().versions.get(), 20)

    rows = set(Response.objects.values_list("is_demonstration", "person"))
    assert (Response.objects.count(), rows) == (20, {(True, None)})
