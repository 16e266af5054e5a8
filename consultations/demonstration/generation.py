"""Answers drawn at random with fixed leanings, so that charts have something to show."""

from random import Random
from typing import Any

COUNTRIES = ["IT", "AT", "HU", "RO", "BG", "EL", "SI", "SK", "HR", "RS"]
WEIGHTS = [14, 8, 11, 20, 22, 16, 8, 9, 9, 7]


def generated_answers(structure: dict, chance: Random) -> dict[str, Any]:
    """One respondent's answers to all questions; conditions are applied by the caller."""
    answers: dict[str, Any] = {}
    mood = chance.gauss(0, 0.8)
    for section in structure["sections"]:
        for question in section["questions"]:
            if question.get("required") or chance.random() < 0.85:
                answers |= DRAWN.get(question["type"], nothing)(question, chance, mood)
    return answers


def falling(options: list[dict], chance: Random) -> list[float]:
    """Earlier options are somewhat more frequent; “don't know” and “other” are rare."""
    rare = {"dont_know": 0.25, "other": 0.2, "none": 0.2}
    return [rare.get(option["code"], 1 / (1 + 0.35 * place)) for place, option in enumerate(options)]


def one(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    options = question["options"]
    return {question["code"]: chance.choices(options, falling(options, chance))[0]["code"]}


def country(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    return {question["code"]: chance.choices(COUNTRIES, WEIGHTS)[0]}


def many(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    exclusive = question.get("exclusive")
    if exclusive and chance.random() < 0.07:
        return {question["code"]: [exclusive]}
    options = [option for option in question["options"] if option["code"] not in {exclusive, "other"}]
    chosen = {option["code"] for option in options if chance.random() < 0.45} or {options[0]["code"]}
    ordered = [option["code"] for option in options if option["code"] in chosen]
    return {question["code"]: ordered[: question.get("max") or len(ordered)]}


def battery(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    steps = [step["code"] for step in question["scale"]]
    rows = {}
    for place, row in enumerate(question["rows"]):
        level = round(chance.gauss(2.6 + mood + (0.5 if place % 3 == 0 else -0.3), 1.0))
        unsure = question.get("dont_know") and chance.random() < 0.05
        rows[row["code"]] = "dont_know" if unsure else steps[min(len(steps) - 1, max(0, level))]
    return {question["code"]: rows}


def ranks(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    top = question.get("top") or len(question["options"])
    pull = {option["code"]: chance.random() / (1 + 0.3 * place) for place, option in enumerate(question["options"])}
    chosen = sorted(pull, key=lambda code: -pull[code])[:top]
    return {question["code"]: {code: place for place, code in enumerate(chosen, 1)}}


def number(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    least, most = question.get("min", 0), question.get("max", 100)
    value = chance.triangular(least, most, least + (most - least) / 3)
    return {question["code"]: float(5 * round(value / 5))}


def agreed(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    return {question["code"]: True} if chance.random() < 0.6 else {}


def nothing(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    return {}


DRAWN = {
    "single": one,
    "country": country,
    "multiple": many,
    "likert": battery,
    "ranking": ranks,
    "number": number,
    "consent": agreed,
}
