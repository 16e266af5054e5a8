"""Whether a question can ever be shown: conditions that exclude each other make it unreachable.

Answers that matter to a condition are tried one by one. Where there are more than MOST_TRIALS combinations, or once
MOST_WORK questions were looked at in all, nothing is said, since a question that may be reachable is no fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from .conditions import COMPARING, Facts, leaves, questions_in
from .questions.kinds import codes
from .structure import Structure, audiences, possible, questions, visible_answers

MOST_TRIALS = 20_000
MOST_WORK = 300_000
STEP = 1e-6


@dataclass
class Work:
    """How many questions may still be looked at, over all trials."""

    left: int = MOST_WORK

    def is_over(self, size: int) -> bool:
        self.left -= size
        return self.left < 0


def unreachable(structure: Structure) -> list[str]:
    """Codes of the questions nobody can ever be shown; the structure must be free of other faults."""
    by_code = {question["code"]: question for question in questions(structure)}
    homes = {question["code"]: section for section in structure["sections"] for question in section["questions"]}
    conditional = [code for code in by_code if by_code[code].get("show") or is_guarded(homes[code])]
    work, asked = Work(), leaves_by_question(structure)
    return [code for code in conditional if not reachable(code, structure, by_code, homes, asked, work)]


def leaves_by_question(structure: Structure) -> dict[str, list]:
    """Everything any condition asks of each question."""
    found: dict[str, list] = {}
    for part in parts(structure):
        for word in ("show", "require"):
            for leaf in leaves(part.get(word)):
                found.setdefault(leaf[1].partition(".")[0], []).append(leaf)
    return found


def is_guarded(section: dict) -> bool:
    return bool(section.get("show") or section.get("audiences"))


def reachable(code: str, structure: Structure, by_code: dict, homes: dict, asked: dict, work: Work) -> bool:
    needed = closure(code, by_code, homes)
    if 2 ** len(needed) > MOST_TRIALS:  # every question that matters has two answers at least
        return True
    domains = {name: domain(by_code[name], asked.get(name, [])) for name in needed if name in by_code}
    known = [Facts("", audience["code"]) for audience in audiences(structure)] or [Facts()]
    languages = sorted({name for part in parts(structure) for name in asked_languages(part)}) or [""]
    facts = [Facts(language, fact.audience) for language in [*languages, "-"] for fact in [*known, Facts()]]
    if len(facts) * prod(len(values) for values in domains.values()) > MOST_TRIALS:
        return True
    small = {"sections": [section for section in structure["sections"] if concerns(section, needed | {code})]}
    size = len(list(questions(small))) * len(facts)
    for values in product(*domains.values()):
        if work.is_over(size):
            return True
        answers = {name: value for name, value in zip(domains, values, strict=True) if value is not None}
        for fact in facts:
            shown, _kept = visible_answers(small, answers, fact)
            if any(question["code"] == code for _section, here in shown for question in here):
                return True
    return False


def concerns(section: dict, wanted: set[str]) -> bool:
    return any(question["code"] in wanted for question in section["questions"])


def parts(structure: Structure) -> Iterator[dict]:
    for section in structure["sections"]:
        yield section
        yield from section["questions"]


def asked_languages(part: dict) -> set[str]:
    return {name for operator, name, _value in leaves(part.get("show")) if operator == "language"}


def closure(code: str, by_code: dict[str, dict], homes: dict[str, dict]) -> set[str]:
    """Questions whose answers decide, directly or through others, whether a question is shown."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        name = waiting.pop()
        if name not in by_code:
            continue
        asked = questions_in(by_code[name].get("show")) | questions_in(homes[name].get("show"))
        asked |= {"audience"} if homes[name].get("audiences") else set()
        waiting += [other for other in asked - found if other in by_code]
        found |= asked
    return found & set(by_code)


def domain(question: dict, asked: list) -> list[Any]:
    """Answers that make a difference to some condition, and none at all."""
    match question["type"]:
        case "multiple":
            wanted = sorted({value for operator, _name, value in asked if operator == "in"})
            return [[code for code, taken in zip(wanted, taking, strict=True) if taken] for taking in ticks(wanted)]
        case "likert" | "matrix" | "matrix_multiple":
            return row_domain(question, asked)
        case "country" | "region":
            return [None, "-", *{value for operator, _name, value in asked if operator == "eq"}]
        case _:
            return [None, *(sorted(possible(question) | around(asked), key=str) or [True])]


def ticks(wanted: list) -> Iterator[tuple[bool, ...]]:
    return product((False, True), repeat=len(wanted))


def row_domain(question: dict, asked: list) -> list[Any]:
    rows = sorted({name.partition(".")[2] for _operator, name, _value in asked} - {""})
    steps = [None, *sorted(possible(question))]
    if question["type"] == "matrix_multiple":
        steps = [None, *([step] for step in sorted(possible(question))), codes(question, "columns")]
    if len(steps) ** len(rows) > MOST_TRIALS:
        return [None] * (MOST_TRIALS + 1)
    return [
        {row: step for row, step in zip(rows, taken, strict=True) if step} or None
        for taken in product(steps, repeat=len(rows))
    ]


def around(asked: list) -> set:
    """The values numbers are compared with, and those just beside them."""
    marks = {value for operator, _name, value in asked if operator in COMPARING}
    numbers = {value for value in marks if isinstance(value, int | float)}
    days = {value for value in marks if isinstance(value, str)}
    return (
        numbers
        | {value + shift for value in numbers for shift in (-STEP, STEP)}
        | days
        | ({"0", "9"} if days else set())
    )
