"""From stored answers to the frames that `statistics` reads: columns by code, and to whom each question was shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import ge, gt, le, lt
from typing import Any

import numpy as np
import pandas as pd

from .profile import AUDIENCE, audience_of, is_profile
from .questions import counted_type, identifies
from .structure import Structure, questions

BOUNDS = ("min", "max", "whole", "total")  # told where a question has them


def plain_questions(structure: Structure, countries: list[str]) -> list[dict[str, Any]]:
    """Questions as `statistics.summary` takes them: codes and numbers only, no texts."""
    return [
        {
            "code": question["code"],
            "type": counted_type(question),
            "options": countries if question["type"] == "country" else codes(question.get("options")),
            "rows": codes(question.get("rows")),
            "columns": codes(question.get("columns")),
            "scale": codes(question.get("scale")),
            "dont_know": bool(question.get("dont_know")),
            "exclusive": question.get("exclusive"),
            **{bound: question[bound] for bound in BOUNDS if question.get(bound) is not None},
        }
        for question in questions(structure)
    ]


def codes(items: Iterable[Mapping] | None) -> list[str]:
    return [item["code"] for item in items or ()]


@dataclass(frozen=True)
class Known:
    """What is known of each respondent beside the answers, as arrays."""

    languages: np.ndarray
    audiences: np.ndarray


def frames(
    structure: Structure,
    rows: list[Mapping[str, Any]],
    languages: Sequence[str] | None = None,
    audiences: Sequence[str] | None = None,
    asked: Sequence[frozenset[str]] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers and shown, one row per response; answers to hidden questions were left out when they were sent.

    `languages` in which each was given, and `audiences` that came with the link, are needed only where conditions or
    sections ask for them. `asked` are the codes of the questions in the version each was given to, where earlier versions
    lacked some: nobody was shown what was added later.
    """
    columns: dict[str, Any] = {}
    for question in questions(structure):
        values = [row.get(question["code"]) for row in rows]
        made = given_column if identifies(question) else COLUMNS.get(question["type"], text_column)
        columns |= made(question, values)
    answers = pd.DataFrame(columns, index=range(len(rows)))
    known = Known(facts(languages, len(rows)), facts(audiences, len(rows)))
    seen = shown(structure, answers, known)
    kinds = set(asked or ())
    for code in seen.columns:
        if not all(code in held for held in kinds):
            seen[code] &= np.fromiter((code in held for held in asked or ()), dtype=bool, count=len(rows))
    return known_audiences(structure, answers, seen, known)


def known_audiences(structure: Structure, answers: pd.DataFrame, seen: pd.DataFrame, known: Known):
    """Who did not say her audience belongs to the one that came with her link, as if she had been asked."""
    asked = [one for one in questions(structure) if one["code"] == AUDIENCE and is_profile(one)]
    if not asked:
        return answers, seen
    said, options = answers[AUDIENCE], codes(asked[0].get("options"))
    told = [audience_of(*pair, options) or None for pair in zip(said, known.audiences, strict=True)]
    answers[AUDIENCE] = pd.array(told, dtype="str")
    seen[AUDIENCE] |= said.isna() & answers[AUDIENCE].notna()
    return answers, seen


def facts(told: Sequence[str] | None, size: int) -> np.ndarray:
    return np.array([""] * size if told is None else list(told), dtype=object)


def text_column(question, values) -> dict[str, Any]:
    return {question["code"]: pd.array([value if isinstance(value, str) else None for value in values], dtype="str")}


def number_column(question, values) -> dict[str, Any]:
    return {question["code"]: np.array([np.nan if value is None else value for value in values], dtype=float)}


def consent_column(question, values) -> dict[str, Any]:
    return {question["code"]: pd.array(["yes" if value else None for value in values], dtype="str")}


def ticks(question, values) -> dict[str, Any]:
    """One boolean column per option, missing where nothing was ticked."""
    options = codes(question["options"])
    number = np.fromiter((len(value) if value else 0 for value in values), dtype=int, count=len(values))
    chosen = pd.Index(options).get_indexer(pd.Index(list(chain.from_iterable(filter(None, values))), dtype=object))
    row, known = np.repeat(np.arange(len(values)), number), chosen >= 0
    ticked = np.zeros((len(options), len(values)), dtype=bool)
    ticked[chosen[known], row[known]] = True
    return {
        f"{question['code']}.{code}": pd.arrays.BooleanArray(column, number == 0)
        for code, column in zip(options, ticked, strict=True)
    }


def tick_rows(question, values) -> dict[str, Any]:
    """As `ticks`, for every row of a matrix."""
    columns: dict[str, Any] = {}
    for row in codes(question["rows"]):
        part = {"code": f"{question['code']}.{row}", "options": question["columns"]}
        columns |= ticks(part, [(value or {}).get(row) for value in values])
    return columns


def given_column(question, values) -> dict[str, Any]:
    """Only that something was given: addresses, files and what says who wrote are never read by statistics."""
    return {question["code"]: pd.array(["given" if value else None for value in values], dtype="str")}


def no_column(question, values) -> dict[str, Any]:
    return {}


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
    "matrix": battery,
    "matrix_multiple": tick_rows,
    "ranking": ranks,
    "budget": ranks,
    "number": number_column,
    "slider": number_column,
    "rating": number_column,
    "consent": consent_column,
    "url": given_column,
    "organisation": given_column,
    "info": no_column,
}


def shown(structure: Structure, answers: pd.DataFrame, known: Known) -> pd.DataFrame:
    masks = {}
    for section in structure["sections"]:
        outer = mask(section.get("show"), answers, known) & addressed(section, answers, known)
        for question in section["questions"]:
            masks[question["code"]] = outer & mask(question.get("show"), answers, known)
    return pd.DataFrame(masks, index=answers.index)


def addressed(section: dict, answers: pd.DataFrame, known: Known) -> np.ndarray:
    """Who belongs to the audiences a section is for; without any it is for everybody."""
    wanted = section.get("audiences")
    return mask({"any": [{"audience": code} for code in wanted]} if wanted else None, answers, known)


def mask(condition: dict | None, answers: pd.DataFrame, known: Known) -> np.ndarray:
    """A condition over all responses at once, as it holds for one."""
    if not condition:
        return np.ones(len(answers), dtype=bool)
    (operator, operand), *_rest = condition.items()
    if operator in JOINS:
        start = np.full(len(answers), operator == "all")
        return JOINS[operator].reduce([start, *(mask(part, answers, known) for part in operand)])
    if operator == "not":
        return ~mask(operand, answers, known)
    if operator == "language":
        return np.asarray(known.languages == operand, dtype=bool)
    if operator == "audience":
        asked = answers.get(AUDIENCE, pd.Series("", index=answers.index))
        return np.asarray(known.audiences == operand, dtype=bool) | equal(asked, operand)
    return leaf(operator, operand, answers)


def leaf(operator: str, operand: Any, answers: pd.DataFrame) -> np.ndarray:
    """What a condition asks of one question; days are compared as they are written."""
    if operator == "answered":
        return answered(operand, answers)
    code, value = operand
    if operator == "in":
        return equal(answers[f"{code}.{value}"], True)
    if operator == "eq":
        return equal(answers[code], value)
    return ORDERS[operator](answers[code], value).fillna(False).to_numpy(dtype=bool)


def equal(column: pd.Series, value: Any) -> np.ndarray:
    return (column == value).fillna(False).to_numpy(dtype=bool)


def answered(code: str, answers: pd.DataFrame) -> np.ndarray:
    """Any column of the question holds something."""
    parts = [name for name in answers.columns if name == code or name.startswith(f"{code}.")]
    return np.asarray(answers[parts].notna().to_numpy().any(axis=1), dtype=bool)


JOINS = {"all": np.logical_and, "any": np.logical_or}
ORDERS = {"lt": lt, "le": le, "gt": gt, "ge": ge}
