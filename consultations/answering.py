"""From what a respondent typed to answers, and what is wrong with them in her language."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _, ngettext

from platform_core.ground.texts.fields import as_text

OTHER_LENGTH = 200


def words(texts: Mapping[str, str] | None) -> str:
    return str(as_text(texts or {}))


def read(question: dict, typed) -> dict[str, Any]:
    """Answers to one question from form data; empty ones are left out, what cannot be read is kept as typed."""
    code = question["code"]
    value = READERS[question["type"]](question, typed)
    found = {} if value is False or value in ("", [], {}) else {code: value}
    other = written(typed, f"{code}.other")[:OTHER_LENGTH]
    if question.get("other") and other:
        found[f"{code}.other"] = other
    return found


def written(typed, name: str) -> str:
    """A field's text without NUL, which PostgreSQL cannot store, and with line ends of one character."""
    return typed.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def read_one(question: dict, typed) -> str:
    return written(typed, question["code"])


def read_many(question: dict, typed) -> list[str]:
    chosen = set(typed.getlist(question["code"]))
    return [option["code"] for option in question["options"] if option["code"] in chosen]


def read_battery(question: dict, typed) -> dict[str, str]:
    rows = {row["code"]: written(typed, f"{question['code']}.{row['code']}") for row in question["rows"]}
    return {code: value for code, value in rows.items() if value}


def read_ranks(question: dict, typed) -> dict[str, Any]:
    ranks = {}
    for option in question["options"]:
        value = written(typed, f"{question['code']}.{option['code']}")
        if value:
            ranks[option["code"]] = int(value) if value.isdecimal() and len(value) < 4 else value
    return ranks


def read_number(question: dict, typed) -> float | str:
    value = written(typed, question["code"])
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return value
    return number if isfinite(number) else value


def read_consent(question: dict, typed) -> bool:
    return bool(typed.get(question["code"]))


READERS = {
    "single": read_one,
    "country": read_one,
    "text": read_one,
    "long_text": read_one,
    "multiple": read_many,
    "likert": read_battery,
    "ranking": read_ranks,
    "number": read_number,
    "consent": read_consent,
}


def problems(question: dict, answers: Mapping[str, Any], countries: set[str]) -> list[str]:
    """What is wrong with a shown question's answer, empty when nothing is."""
    value = answers.get(question["code"])
    if value is None:
        return [_("Please answer this question.")] if question.get("required") else []
    return CHECKS[question["type"]](question, value, countries)


def check_single(question, value, countries) -> list[str]:
    known = {option["code"] for option in question["options"]}
    return [] if value in known else [_("Please choose one of the answers.")]


def check_country(question, value, countries) -> list[str]:
    return [] if value in countries else [_("Please choose a country from the list.")]


def check_many(question, value, countries) -> list[str]:
    found, exclusive = [], question.get("exclusive")
    most, least = question.get("max"), question.get("min", 0)
    if exclusive in value and len(value) > 1:
        alone = next(words(option["text"]) for option in question["options"] if option["code"] == exclusive)
        found.append(_("“%(option)s” cannot be chosen together with other answers.") % {"option": alone})
    elif most and len(value) > most:
        found.append(
            ngettext("Please choose at most %(n)s answer.", "Please choose at most %(n)s answers.", most) % {"n": most}
        )
    elif len(value) < least and exclusive not in value:
        found.append(
            ngettext("Please choose at least %(n)s answer.", "Please choose at least %(n)s answers.", least)
            % {"n": least}
        )
    return found


def check_battery(question, value, countries) -> list[str]:
    allowed = {step["code"] for step in question["scale"]} | ({"dont_know"} if question.get("dont_know") else set())
    if set(value.values()) - allowed:
        return [_("Please choose one of the answers in every row.")]
    missing = len(question["rows"]) - len(value)
    if question.get("required") and missing:
        return [ngettext("%(n)s row has no answer yet.", "%(n)s rows have no answer yet.", missing) % {"n": missing}]
    return []


def check_ranks(question, value, countries) -> list[str]:
    most = question.get("top") or len(question["options"])
    if set(value.values()) != set(range(1, len(value) + 1)) or len(value) > most:
        return [_("Please give each rank once, beginning with 1, up to %(most)s.") % {"most": most}]
    return []


def check_number(question, value, countries) -> list[str]:
    least, most = question.get("min"), question.get("max")
    if not isinstance(value, int | float):
        return [_("Please write a number, such as 12 or 7.5.")]
    below, above = least is not None and value < least, most is not None and value > most
    if not below and not above:
        return []
    if most is None:
        return [_("Please write a number of at least %(least)s.") % {"least": least}]
    if least is None:
        return [_("Please write a number of at most %(most)s.") % {"most": most}]
    return [_("Please write a number from %(least)s to %(most)s.") % {"least": least, "most": most}]


def check_text(question, value, countries) -> list[str]:
    most = question.get("max_length", 2000)
    if len(value) <= most:
        return []
    return [_("The text has %(n)s characters; at most %(most)s fit.") % {"n": len(value), "most": most}]


def check_consent(question, value, countries) -> list[str]:
    return []


CHECKS = {
    "single": check_single,
    "country": check_country,
    "text": check_text,
    "long_text": check_text,
    "multiple": check_many,
    "likert": check_battery,
    "ranking": check_ranks,
    "number": check_number,
    "consent": check_consent,
}
