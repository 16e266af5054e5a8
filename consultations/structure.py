"""Reading a questionnaire's structure: sections, questions, conditions. Pure functions over its JSON.

Conditions are small trees: `{"eq": [code, value]}`, `{"in": [code, option]}` for multiple choices, `{"all": […]}`,
`{"any": […]}`, `{"not": …}`; they refer to earlier questions only.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

Structure = dict[str, Any]
Answers = dict[str, Any]
ASKED = {"eq": {"single", "country"}, "in": {"multiple"}}
OPERATORS = {*ASKED, "all", "any", "not"}
TYPES = {"single", "multiple", "likert", "number", "text", "long_text", "ranking", "country", "consent"}


class StructureError(ValueError):
    """The message names the question and what is wrong with it."""


def canonical_hash(structure: Structure) -> str:
    text = json.dumps(structure, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def questions(structure: Structure) -> Iterator[dict]:
    for section in structure["sections"]:
        yield from section["questions"]


def holds(condition: dict | None, answers: Answers) -> bool:
    """Whether a condition is met; no condition always is."""
    if not condition:
        return True
    (operator, operand), *_rest = condition.items()
    match operator:
        case "eq":
            return answers.get(operand[0]) == operand[1]
        case "in":
            return operand[1] in (answers.get(operand[0]) or [])
        case "all":
            return all(holds(part, answers) for part in operand)
        case "any":
            return any(holds(part, answers) for part in operand)
        case "not":
            return not holds(operand, answers)
    raise StructureError(f"unknown operator {operator}")


def leaves(condition: dict | None) -> Iterator[tuple[str, str, Any]]:
    """Operator, question and value of everything a condition asks; raises StructureError on unknown operators."""
    if not condition:
        return
    (operator, operand), *_rest = condition.items()
    if operator not in OPERATORS:
        raise StructureError(f"unknown operator {operator}")
    if operator in ASKED:
        yield operator, *operand
        return
    for part in [operand] if operator == "not" else operand:
        yield from leaves(part)


def visible_answers(structure: Structure, answers: Answers) -> tuple[list[tuple[dict, list[dict]]], Answers]:
    """Sections with the questions shown to a respondent, and the answers without those to hidden questions.

    Goes in order, so a condition never sees an answer that is itself hidden.
    """
    shown, kept = [], {}
    for section in structure["sections"]:
        if not holds(section.get("show"), kept):
            continue
        here = []
        for question in section["questions"]:
            if holds(question.get("show"), kept):
                here.append(question)
                for key in keys_of(question):
                    if key in answers:
                        kept[key] = answers[key]
        if here:
            shown.append((section, here))
    return shown, kept


def keys_of(question: dict) -> list[str]:
    """Under which keys a question's answer is kept: its code, and the words given for “other”."""
    return [question["code"], *([f"{question['code']}.other"] if question.get("other") else [])]


def check(structure: Structure) -> None:
    """Raises StructureError on double codes, unknown types and conditions that earlier questions cannot answer."""
    seen: dict[str, dict] = {}
    for section in structure["sections"]:
        check_condition(section, seen)
        for question in section["questions"]:
            if question["code"] in seen:
                raise StructureError(f"{question['code']}: the code is used twice")
            if question["type"] not in TYPES:
                raise StructureError(f"{question['code']}: unknown type {question['type']}")
            check_condition(question, seen)
            seen[question["code"]] = question


def check_condition(part: dict, earlier: dict[str, dict]) -> None:
    try:
        for operator, code, value in leaves(part.get("show")):
            check_leaf(operator, value, code, earlier.get(code))
    except StructureError as problem:
        raise StructureError(f"{part['code']}: {problem}") from None


def check_leaf(operator: str, value: Any, code: str, question: dict | None) -> None:
    if question is None:
        raise StructureError(f"the condition refers to {code}, which is not earlier")
    if question["type"] not in ASKED[operator]:
        raise StructureError(f"the condition asks “{operator}” of {code}, a question of type {question['type']}")
    if question.get("options") and value not in {option["code"] for option in question["options"]}:
        raise StructureError(f"the condition asks for {value}, which is no answer to {code}")
