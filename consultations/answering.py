"""From what a respondent typed to answers, and what is wrong with them in her language."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from .questions import TYPES
from .questions.kinds import words, written

__all__ = ["answer_words", "mark", "problems", "read", "words"]
OTHER_LENGTH = 200


def read(question: Mapping[str, Any], typed) -> dict[str, Any]:
    """Answers to one question from form data; empty ones are left out, what cannot be read is kept as typed."""
    code = question["code"]
    value = TYPES[question["type"]].read(question, typed)
    found = {} if value is False or value in ("", [], {}) else {code: value}
    other = written(typed, f"{code}.other")[:OTHER_LENGTH]
    if question.get("other") and other:
        found[f"{code}.other"] = other
    return found


def mark(value: Any) -> str:
    """A short mark by which a later look tells whether an answer is still the same; empty without one."""
    return "" if value is None else blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=5).hexdigest()


def problems(question: Mapping[str, Any], answers: Mapping[str, Any], *, required: bool | None = None) -> list[str]:
    """What is wrong with a shown question's answer, empty when nothing is."""
    value = answers.get(question["code"])
    kind = TYPES[question["type"]]
    if value is not None:
        return kind.check(question, value)
    needed = bool(question.get("required")) if required is None else required
    return [_("Please answer this question.")] if needed and kind.is_answered else []


def answer_words(question: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """An answer in the active language, with the words for “other” behind it; empty without an answer."""
    value = answers.get(question["code"])
    other = answers.get(f"{question['code']}.other", "")
    if value is None:
        return other
    text = TYPES[question["type"]].words(question, value)
    return f"{text}: {other}" if other else text
