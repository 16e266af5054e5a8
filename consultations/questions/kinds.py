"""What every type of question tells: how it is read, checked, said in words, defined and asked about."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext

from platform_core.ground.texts.fields import localised

Question = Mapping[str, Any]
CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
PART_CODE = re.compile(r"[A-Za-z0-9_]{1,32}")
MOST_PARTS = 200


@dataclass(frozen=True)
class QuestionType:
    """One type of question. Functions take the question as it stands in the structure.

    `read` gives an answer from form data, empty when nothing was given; what cannot be read is kept as typed, and
    `check` tells what is wrong with it. `define` tells what is wrong with the question itself. `asks` are the
    operators a condition may use on it, on one of its rows if `by_row`. `parts` are its lists of coded texts with the
    fewest entries each must have. `emptied` gives what is left of an answer that says who wrote it, once identifiers are
    deleted: only that there was one; `by_mark`: answers say so only where the question is marked with `identifies`.
    `limits` tells respondents before they answer what `check` will hold against them.
    """

    code: str
    name: Promise
    read: Callable[[Question, Any], Any]
    check: Callable[[Question, Any], list[str]]
    words: Callable[[Question, Any], str]
    define: Callable[[Question], list[str]] = lambda question: []
    parts: tuple[tuple[str, int], ...] = ()
    asks: frozenset[str] = frozenset({"answered"})
    by_row: bool = False
    is_answered: bool = True
    emptied: Callable[[Any], Any] | None = None
    by_mark: bool = False
    limits: Callable[[Question], list[str]] = lambda question: []


GONE = "[deleted]"  # stands where an address, a text or the name of a file stood; nothing that is typed passes for it
ANSWERED = frozenset({"answered"})
EQUAL = ANSWERED | {"eq"}
MEASURED = ANSWERED | {"lt", "le", "gt", "ge"}


def words(texts: Mapping[str, str] | None) -> str:
    return localised(texts or {}).text


def written(typed, name: str) -> str:
    """A field's text without NUL, which PostgreSQL cannot store, and with line ends of one character."""
    return typed.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def read_one(question: Question, typed) -> str:
    return written(typed, question["code"])


def plain_words(question: Question, value: Any) -> str:
    return str(value)


def names(question: Question, part: str = "options") -> dict[str, str]:
    """Codes of one of the question's lists with their texts in the active language."""
    return {item["code"]: words(item["text"]) for item in question.get(part) or ()}


def codes(question: Question, part: str = "options") -> list[str]:
    return [item["code"] for item in question.get(part) or ()]


def part_faults(question: Question, part: str, least: int) -> list[str]:
    """What is wrong with one list of coded texts."""
    found = codes(question, part)
    wrong = [code for code in found if not PART_CODE.fullmatch(str(code))]
    twice = sorted({code for code in found if found.count(code) > 1})
    if len(found) < least:
        return [ngettext("needs at least %(n)s entry", "needs at least %(n)s entries", least) % {"n": least}]
    if len(found) > MOST_PARTS:
        return [_("has more than %(n)s entries") % {"n": MOST_PARTS}]
    return [_("the code %(code)s is used twice") % {"code": code} for code in twice] + [
        _("the code %(code)s may have letters a–z, digits and _ only") % {"code": code} for code in wrong
    ]


def bounds_faults(question: Question) -> list[str]:
    least, most = question.get("min"), question.get("max")
    if least is not None and most is not None and least > most:
        return [_("the least value is above the greatest")]
    return []
