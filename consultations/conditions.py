"""Conditions on answers: small trees, read on the server, over many answers at once, and by a script in the browser.

`{"eq": [question, value]}` of one answer, `{"in": [question, option]}` of several, `{"lt"|"le"|"gt"|"ge": [question,
number or day]}`, `{"answered": question}`, `{"language": code}`, `{"audience": code}`, `{"all": […]}`, `{"any": […]}`,
`{"not": …}`. A row of a matrix is named `question.row`. What was not answered meets no condition but `not`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any

Condition = Mapping[str, Any]
Answers = Mapping[str, Any]
COMPARING: dict[str, Callable[[Any, Any], bool]] = {"lt": lt, "le": le, "gt": gt, "ge": ge}
OF_QUESTIONS = {"eq", "in", *COMPARING}
OF_FACTS = {"language", "audience"}
JOINING = {"all", "any"}
OPERATORS = {*OF_QUESTIONS, *OF_FACTS, *JOINING, "answered", "not"}
MOST_LEAVES = 50
ALWAYS: Condition = {"all": []}
NEVER: Condition = {"any": []}


class StructureError(ValueError):
    """The message names the question and what is wrong with it."""


@dataclass(frozen=True)
class Facts:
    """What is known of a respondent beside the answers."""

    language: str = ""
    audience: str = ""


NOTHING_KNOWN = Facts()


def holds(condition: Condition | None, answers: Answers, facts: Facts = NOTHING_KNOWN) -> bool:
    """Whether a condition is met; no condition always is."""
    if not condition:
        return True
    operator, operand = parts_of(condition)
    if operator in JOINING:
        join = all if operator == "all" else any
        return join(holds(part, answers, facts) for part in operand)
    if operator == "not":
        return not holds(operand, answers, facts)
    return leaf_holds(operator, operand, answers, facts)


def leaf_holds(operator: str, operand, answers: Answers, facts: Facts) -> bool:
    match operator:
        case "language":
            return facts.language == operand
        case "audience":
            return operand in (facts.audience, answers.get("audience"))
        case "answered":
            return value_of(operand, answers) is not None
        case "eq":
            return value_of(operand[0], answers) == operand[1]
        case "in":
            given = value_of(operand[0], answers)
            return isinstance(given, list) and operand[1] in given
        case _:
            return compares(COMPARING[operator], value_of(operand[0], answers), operand[1])


def compares(comparison, given, wanted) -> bool:
    """Numbers with numbers, days with days; anything else never."""
    if isinstance(wanted, str):
        return isinstance(given, str) and comparison(given, wanted)
    return isinstance(given, int | float) and not isinstance(given, bool) and comparison(given, wanted)


def value_of(name: str, answers: Answers) -> Any:
    """The answer to a question, or to one row of it."""
    code, _dot, row = name.partition(".")
    value = answers.get(code)
    return value.get(row) if row and isinstance(value, dict) else None if row else value


def parts_of(condition: Condition) -> tuple[str, Any]:
    """The operator and what it stands on; raises StructureError on what is no condition."""
    if not isinstance(condition, Mapping) or len(condition) != 1:
        raise StructureError("a condition has one operator")
    ((operator, operand),) = condition.items()
    if operator not in OPERATORS:
        raise StructureError(f"unknown operator {operator}")
    return operator, operand


def leaves(condition: Condition | None, depth: int = 0) -> Iterator[tuple[str, str, Any]]:
    """Operator, question (or fact) and value of everything a condition asks; raises StructureError on malformed ones."""
    if not condition:
        return
    operator, operand = parts_of(condition)
    if depth > 10:
        raise StructureError("the condition is nested too deeply")
    if operator in OF_QUESTIONS:
        if not isinstance(operand, list | tuple) or len(operand) != 2 or not isinstance(operand[0], str):
            raise StructureError(f"“{operator}” needs a question and a value")
        yield operator, operand[0], operand[1]
    elif operator in OF_FACTS or operator == "answered":
        yield operator, str(operand), None
    else:
        if operator in JOINING and not isinstance(operand, list | tuple):
            raise StructureError(f"“{operator}” needs a list of conditions")
        for part in [operand] if operator == "not" else operand:
            yield from leaves(part, depth + 1)


def questions_in(condition: Condition | None) -> set[str]:
    """Codes of the questions a condition refers to; `audience` is a question, too."""
    asked = {name.partition(".")[0] for operator, name, _value in leaves(condition) if operator not in OF_FACTS}
    return asked | {"audience" for operator, _name, _value in leaves(condition) if operator == "audience"}


def reduced(condition: Condition | None, here: set[str], answers: Answers, facts: Facts) -> Condition | None:
    """The condition with everything settled that is not asked `here`: what a script on one page must still follow."""
    if not condition:
        return None
    operator, operand = parts_of(condition)
    if operator in JOINING:
        return {operator: [reduced(part, here, answers, facts) for part in operand]}
    if operator == "not":
        return {"not": reduced(operand, here, answers, facts)}
    if operator == "audience" and "audience" in here and not facts.audience:
        return {"eq": ["audience", operand]}
    if not questions_in(condition) & here or operator in OF_FACTS:
        return ALWAYS if holds(condition, answers, facts) else NEVER
    return condition
