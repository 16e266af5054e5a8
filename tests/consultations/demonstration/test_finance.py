"""The questionnaire that comes with the program."""

from collections import Counter
from collections.abc import Iterator

from consultations.structure import check, questions

TEXTS = {"title", "summary", "text", "hint", "unit"}


def texts(part, place="") -> Iterator[tuple[str, dict]]:
    """Every translated text with its place, whatever holds it."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in items:
        if key in TEXTS:
            yield f"{place}/{key}", value
        yield from texts(value, f"{place}/{key}")


def test_the_questionnaire_passes_its_check(finance):
    assert check(finance) is None


def test_every_text_exists_in_its_three_languages(finance):
    missing = {place: told for place, told in texts(finance) if [*told] != ["en", "el", "bg"] or not all(told.values())}

    assert missing == {}
    assert finance["languages"] == ["en", "el", "bg"]


def test_no_text_was_left_in_english(finance):
    copied = [place for place, told in texts(finance) if len(set(told.values())) < 3]

    assert copied == []


def test_texts_are_written_in_the_script_of_their_language(finance):
    scripts = {"el": set(range(0x0370, 0x0400)), "bg": set(range(0x0400, 0x0500))}
    foreign = [
        (place, code)
        for place, told in texts(finance)
        for code, letters in scripts.items()
        if not letters & {ord(letter) for letter in told[code]} and any(letter.isalpha() for letter in told[code])
    ]

    assert foreign == []


def test_option_codes_are_used_once_in_each_question(finance):
    doubled = [
        (question["code"], part, code)
        for question in questions(finance)
        for part in ("options", "rows", "scale")
        for code, times in Counter(item["code"] for item in question.get(part, [])).items()
        if times > 1
    ]

    assert doubled == []


def test_exclusive_and_other_are_options_of_their_question(finance):
    stray = [
        (question["code"], role)
        for question in questions(finance)
        for role in ("exclusive", "other")
        if question.get(role) and question[role] not in {option["code"] for option in question["options"]}
    ]

    assert stray == []


def operands(condition) -> Iterator[tuple[str, list]]:
    for operator, operand in (condition or {}).items():
        if operator in {"eq", "in"}:
            yield operator, operand
        else:
            for part in [operand] if operator == "not" else operand:
                yield from operands(part)


def test_conditions_ask_for_options_that_exist_in_the_right_kind_of_question(finance):
    kinds = {"eq": "single", "in": "multiple"}
    known = {
        (question["type"], question["code"], option["code"])
        for question in questions(finance)
        for option in question.get("options", [])
    }
    parts = [part for section in finance["sections"] for part in (section, *section["questions"])]
    asked = {(kinds[operator], *operand) for part in parts for operator, operand in operands(part.get("show"))}

    assert asked - known == set()
