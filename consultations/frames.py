"""From stored answers to the frames that `statistics` reads: columns by code, and to whom each question was shown."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .structure import Structure, questions


def plain_questions(structure: Structure, countries: list[str]) -> list[dict[str, Any]]:
    """Questions as `statistics.summary` takes them: codes only, no texts."""
    return [
        {
            "code": question["code"],
            "type": question["type"],
            "options": countries if question["type"] == "country" else codes(question.get("options")),
            "rows": codes(question.get("rows")),
            "scale": codes(question.get("scale")),
            "dont_know": bool(question.get("dont_know")),
            "exclusive": question.get("exclusive"),
        }
        for question in questions(structure)
    ]


def codes(items: Iterable[Mapping] | None) -> list[str]:
    return [item["code"] for item in items or ()]


def frames(structure: Structure, rows: list[Mapping[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers and shown, one row per response; answers to hidden questions were left out when they were sent."""
    columns: dict[str, Any] = {}
    for question in questions(structure):
        values = [row.get(question["code"]) for row in rows]
        columns |= COLUMNS.get(question["type"], text_column)(question, values)
    answers = pd.DataFrame(columns, index=range(len(rows)))
    return answers, shown(structure, answers)


def text_column(question, values) -> dict[str, Any]:
    return {question["code"]: pd.array([value if isinstance(value, str) else None for value in values], dtype="str")}


def number_column(question, values) -> dict[str, Any]:
    return {question["code"]: np.array([np.nan if value is None else value for value in values], dtype=float)}


def consent_column(question, values) -> dict[str, Any]:
    return {question["code"]: pd.array(["yes" if value else None for value in values], dtype="str")}


def ticks(question, values) -> dict[str, Any]:
    """One boolean column per option, missing where nothing was ticked."""
    sets = [frozenset(value) if value else None for value in values]
    return {
        f"{question['code']}.{code}": pd.array(
            [None if held is None else code in held for held in sets], dtype="boolean"
        )
        for code in codes(question["options"])
    }


def battery(question, values) -> dict[str, Any]:
    return {
        f"{question['code']}.{code}": pd.array([(value or {}).get(code) for value in values], dtype="str")
        for code in codes(question["rows"])
    }


def ranks(question, values) -> dict[str, Any]:
    return {
        f"{question['code']}.{code}": np.array([(value or {}).get(code, np.nan) for value in values], dtype=float)
        for code in codes(question["options"])
    }


COLUMNS = {
    "multiple": ticks,
    "likert": battery,
    "ranking": ranks,
    "number": number_column,
    "consent": consent_column,
}


def shown(structure: Structure, answers: pd.DataFrame) -> pd.DataFrame:
    masks = {}
    for section in structure["sections"]:
        outer = mask(section.get("show"), answers)
        for question in section["questions"]:
            masks[question["code"]] = outer & mask(question.get("show"), answers)
    return pd.DataFrame(masks, index=answers.index)


def mask(condition: dict | None, answers: pd.DataFrame) -> np.ndarray:
    """A condition over all responses at once; see `structure.holds` for one."""
    if not condition:
        return np.ones(len(answers), dtype=bool)
    (operator, operand), *_rest = condition.items()
    if operator == "eq":
        return (answers[operand[0]] == operand[1]).fillna(False).to_numpy(dtype=bool)
    if operator == "in":
        return answers[f"{operand[0]}.{operand[1]}"].fillna(False).to_numpy(dtype=bool)
    if operator == "not":
        return ~mask(operand, answers)
    join = np.logical_and if operator == "all" else np.logical_or
    start = np.full(len(answers), operator == "all")
    return join.reduce([start, *(mask(part, answers) for part in operand)])
