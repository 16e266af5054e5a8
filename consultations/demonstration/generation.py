"""Answers drawn at random with fixed leanings, so that charts have something to show."""

from datetime import date, timedelta
from random import Random
from typing import Any

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day

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
            if question["type"] == "region":
                answers |= home(question, chance, answers.get("country"))
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
    """Shares lean to the lower middle; counts are mostly small."""
    least, most = question.get("min", 0), question.get("max", 100)
    span = most - least
    if most == 100:
        return {question["code"]: float(5 * round(chance.triangular(least, most, least + span / 3) / 5))}
    return {question["code"]: float(round(least + span * chance.betavariate(1.2, 6)))}


def slid(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    least, step = question["min"], question["step"]
    steps = (question["max"] - least) // step
    return {question["code"]: float(least + step * round(chance.triangular(0, steps, steps / 3)))}


def rated(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    most = question["max"]
    return {question["code"]: min(most, max(1, round(chance.gauss((most + 1) / 2 + mood, most / 5))))}


def shared_out(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    """Whole points in fives that add up to the total; the last option takes what is left."""
    options, left, points = question["options"], question.get("total", 100), {}
    for place, option in enumerate(options[:-1]):
        fair = left / (len(options) - place)
        points[option["code"]] = min(left, 5 * round(chance.triangular(0, 2 * fair, fair) / 5))
        left -= points[option["code"]]
    return {question["code"]: {**points, options[-1]["code"]: left}}


def grid(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    columns = question["columns"]
    weights = falling(columns, chance)
    drawn = {row["code"]: chance.choices(columns, weights)[0]["code"] for row in question["rows"]}
    return {question["code"]: drawn}


def ticked(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    columns = [column["code"] for column in question["columns"]]
    drawn = {row["code"]: [code for code in columns if chance.random() < 0.35] for row in question["rows"]}
    rows = {row: chosen for row, chosen in drawn.items() if chosen}
    return {question["code"]: rows} if rows else {}


def day(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    """Never in the future, and mostly recent."""
    first = date.fromisoformat(question.get("min", "2015-01-01"))
    last = min(platform_day(), date.fromisoformat(question.get("max", "9999-12-31")))
    back = (last - first).days * chance.betavariate(1, 3)
    return {question["code"]: (last - timedelta(days=round(back))).isoformat()}


def home(question: dict, chance: Random, country: str | None) -> dict[str, Any]:
    """A region of the respondent's own country; NUTS codes are the country's two letters and one more for each level."""
    length = 2 + question.get("level", 2)
    known = sorted({region.code for region in vocabulary.regions() if region.country.code == country})
    fitting = [code for code in known if len(code) == length]
    return {question["code"]: chance.choice(fitting)} if fitting else {}


def agreed(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    return {question["code"]: True} if chance.random() < 0.6 else {}


def nothing(question: dict, chance: Random, mood: float) -> dict[str, Any]:
    """For what would name somebody (texts, addresses, organisations, files) and for what asks nothing."""
    return {}


DRAWN = {
    "single": one,
    "country": country,
    "multiple": many,
    "likert": battery,
    "ranking": ranks,
    "number": number,
    "consent": agreed,
    "slider": slid,
    "rating": rated,
    "budget": shared_out,
    "matrix": grid,
    "matrix_multiple": ticked,
    "date": day,
}
