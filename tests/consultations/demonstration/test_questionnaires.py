"""The six questionnaires that come with the program."""

from collections import Counter
from collections.abc import Iterator

import pytest

from consultations import structure
from consultations.demonstration import LOADED, reading
from consultations.structure import questions
from platform_core.ground.texts.codes import CODES

SIX = {reading.filed(code)["topic"]: code for code in reading.codes()}
SILENT = {"info"}
SCRIPTS = {"el": set(range(0x0370, 0x0400)), "bg": set(range(0x0400, 0x0500))}
ASKED = {
    "eq": {"single", "country", "rating"},
    "in": {"multiple"},
    **{operator: {"number", "rating", "slider"} for operator in ("lt", "le", "gt", "ge")},
}
CHOICES = {"eq", "in"}


@pytest.fixture(params=sorted(SIX.values()))
def questionnaire(request) -> dict:
    return reading.questionnaire(request.param)


def asked(questionnaire: dict) -> list[dict]:
    return [question for question in questions(questionnaire) if question["type"] not in SILENT]


def conditions(questionnaire: dict) -> Iterator[tuple[str, dict]]:
    """Everything that is shown under a condition, with its code."""
    for section in questionnaire["sections"]:
        for part in (section, *section["questions"]):
            if "show" in part:
                yield part["code"], part["show"]


def leaves(condition: dict) -> Iterator[tuple[str, str, object]]:
    ((operator, operand),) = condition.items()
    if operator in {"all", "any"}:
        for part in operand:
            yield from leaves(part)
    elif operator == "not":
        yield from leaves(operand)
    else:
        yield operator, *(operand if isinstance(operand, list) else (operand, None))


def test_there_is_one_questionnaire_for_each_topic():
    assert (sorted(SIX), len(reading.codes())) == ([1, 2, 3, 4, 5, 6], 6)


@pytest.mark.parametrize("code", reading.codes())
def test_a_questionnaire_passes_the_check_of_the_program_that_knows_its_types(code):
    found = reading.questionnaire(code)
    unknown = {question["type"] for question in questions(found)} - set(structure.TYPES)
    if unknown and code not in LOADED:
        pytest.skip(f"types to come: {sorted(unknown)}")

    assert structure.check(found) is None


def test_it_asks_fifteen_to_twenty_five_questions(questionnaire):
    assert 15 <= len(asked(questionnaire)) <= 25


def test_together_they_ask_in_at_least_ten_ways():
    kinds = {question["type"] for code in SIX.values() for question in asked(reading.questionnaire(code))}

    assert len(kinds) >= 10


def test_it_has_a_section_of_its_own_for_each_audience(questionnaire):
    own = {
        tuple(section["show"]["eq"]): len(section["questions"]) >= 3
        for section in questionnaire["sections"]
        if "show" in section
    }

    assert own == {("audience", "policy"): True, ("audience", "private"): True}


def test_it_begins_with_the_profile_and_ends_with_the_consent(questionnaire):
    codes = [question["code"] for question in questions(questionnaire)]

    assert (codes[:4], codes[-1]) == (["audience", "country", "org_type", "size"], "quote_consent")


def test_no_code_is_used_twice(questionnaire):
    sections = Counter(section["code"] for section in questionnaire["sections"])
    codes = Counter(question["code"] for question in questions(questionnaire))

    assert [code for code, times in [*sections.items(), *codes.items()] if times > 1] == []


def test_choices_are_different_in_each_question(questionnaire):
    doubled = [
        (question["code"], part, told)
        for question in questions(questionnaire)
        for part in ("options", "rows", "columns", "scale")
        for key in (lambda item: item["code"], lambda item: item["text"]["en"])
        for told, times in Counter(key(item) for item in question.get(part, [])).items()
        if times > 1
    ]

    assert doubled == []


def test_exclusive_and_other_are_options_of_their_question(questionnaire):
    codes = {
        question["code"]: {option["code"] for option in question.get("options", [])}
        for question in questions(questionnaire)
    }
    stray = [
        question["code"]
        for question in questions(questionnaire)
        if ("other" in codes[question["code"]]) != bool(question.get("other"))
        or question.get("exclusive") not in {None, *codes[question["code"]]}
    ]

    assert stray == []


def test_limits_leave_something_to_choose(questionnaire):
    tight = [
        question["code"]
        for question in questions(questionnaire)
        for limit in (question.get("top"), question.get("max") if question["type"] == "multiple" else None)
        if limit and not 1 < limit < len(question["options"])
    ]

    assert tight == []


def test_conditions_ask_earlier_questions_for_what_they_can_answer(questionnaire):
    order = {question["code"]: (place, question) for place, question in enumerate(questions(questionnaire))}
    first = {section["code"]: section["questions"][0]["code"] for section in questionnaire["sections"]}
    wrong = [
        (code, operator, asked, value)
        for code, condition in conditions(questionnaire)
        for operator, asked, value in leaves(condition)
        if not answerable(operator, value, order[asked][1]) or order[asked][0] >= order[first.get(code, code)][0]
    ]

    assert wrong == []


def answerable(operator: str, value, question: dict) -> bool:
    if operator == "answered":
        return True
    known = {option["code"] for option in question.get("options", [])}
    return question["type"] in ASKED[operator] and (operator not in CHOICES or not known or value in known)


def test_a_text_is_short_enough_for_a_telephone(questionnaire):
    long = [
        question["code"]
        for question in asked(questionnaire)
        if len(question["text"]["en"]) > 150
        or any(len(item["text"]["en"]) > 90 for item in question.get("options", []))
    ]

    assert long == []


def test_no_text_was_left_in_english(questionnaire):
    told = [question["text"] for question in questions(questionnaire)]
    translated = questionnaire["languages"][1:]

    assert [text["en"] for text in told for language in translated if text[language] == text["en"]] == []
    assert [text["en"] for text in told if [*text] != ["en", *translated]] == []


@pytest.mark.parametrize("language", sorted(SCRIPTS))
@pytest.mark.parametrize("code", [reading.SHARED, *reading.codes()])
def test_texts_are_written_in_the_script_of_their_language(language, code):
    foreign = [
        key
        for key, text in reading.translations(language, code).items()
        if any(letter.isalpha() for letter in text) and not SCRIPTS[language] & {ord(letter) for letter in text}
    ]

    assert foreign == []


def test_what_is_loaded_is_complete_in_the_languages_of_the_first_three_regions():
    languages = {code: set(reading.questionnaire(code)["languages"]) for code in LOADED}

    assert [code for code, found in languages.items() if not {"en", "bg", "el"} <= found <= set(CODES)] == []
