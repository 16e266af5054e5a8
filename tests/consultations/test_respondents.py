import pytest
from django.utils.translation import override

from consultations import respondents
from consultations.answering import answer_words
from consultations.models import AnswerDraft, Questionnaire
from tests.factories.consultations import STRUCTURE

OPTIONS = [
    {"code": "fees", "text": {"en": "Fees", "el": "Εισφορές"}},
    {"code": "eu", "text": {"en": "EU funds"}},
    {"code": "other", "text": {"en": "Other"}},
]


def draft(**answers) -> AnswerDraft:
    """Unsaved answers to the questionnaire of the factory."""
    return AnswerDraft(questionnaire=Questionnaire(structure=STRUCTURE), answers=answers)


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ({"type": "single", "options": OPTIONS}, "fees", "Fees"),
        ({"type": "single", "options": OPTIONS}, "gold", "gold"),
        ({"type": "multiple", "options": OPTIONS}, ["fees", "eu"], "Fees; EU funds"),
        ({"type": "ranking", "options": OPTIONS}, {"fees": 2, "eu": 1}, "1. EU funds\n2. Fees"),
        ({"type": "ranking", "options": OPTIONS}, {"fees": "x", "eu": 1}, "1. EU funds\nx. Fees"),
        ({"type": "likert", "rows": OPTIONS, "scale": OPTIONS}, {"fees": "eu"}, "Fees: EU funds"),
        ({"type": "likert", "rows": OPTIONS, "scale": OPTIONS}, {"fees": "dont_know"}, "Fees: Don't know"),
        ({"type": "number", "unit": {"en": "days"}}, 12.0, "12 days"),
        ({"type": "number"}, 0.5, "0.5"),
        ({"type": "number"}, 1234567.89, "1234567.89"),
        ({"type": "number", "unit": {"en": "days"}}, "a dozen", "a dozen"),
        ({"type": "consent"}, True, "✓"),
        ({"type": "long_text"}, "Less\npaper", "Less\npaper"),
    ],
)
def test_an_answer_in_words(question, value, words):
    assert answer_words({"code": "q", **question}, {"q": value}) == words


def test_a_country_in_words(db):
    with override("el"):
        assert answer_words({"code": "q", "type": "country"}, {"q": "EL"}) == "Ελλάδα"


def test_words_for_other_stand_beside_the_answer():
    question = {"code": "q", "type": "multiple", "options": OPTIONS, "other": "other"}

    assert answer_words(question, {"q": ["eu", "other"], "q.other": "Gold"}) == "EU funds; Other: Gold"


def test_no_answer_has_no_words():
    assert answer_words({"code": "q", "type": "single", "options": OPTIONS}, {}) == ""


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ({}, 1),
        ({"audience": "policy"}, 1),
        ({"audience": "policy", "country": "AT"}, None),
        ({"audience": "policy", "country": "AT", "share": "x"}, 2),
        ({"audience": "private", "country": "AT", "share": "x"}, None),
    ],
)
def test_the_first_page_with_a_problem(db, answers, number):
    assert respondents.first_problem(draft(**answers)) == number


@pytest.mark.parametrize(("asked", "found"), [(-3, 1), (1, 1), (2, 2), (9, 2)])
def test_page_numbers_stay_within_the_questionnaire(db, asked, found):
    assert respondents.section_page(draft(), asked).number == found


def test_a_page_has_its_hidden_questions_for_scripts_without_errors(db):
    page = respondents.section_page(draft(audience="private", share="x"), 2, check=True)

    told = [(asked.code, asked.shown, asked.errors) for asked in page.asked]
    assert told == [("sources", True, []), ("share", False, []), ("wish", True, [])]
