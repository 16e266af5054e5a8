"""A questionnaire as columns: what each is called, holds and means, and how an answer spreads over them.

Names are codes joined by dots: `sources.eu` is the option “eu” of the question “sources”, `sources.other.text` the words
for “other”. Values are plain (a code, True, a number, a text, a tuple of codes) or one of three reasons why there is none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary import selectors as vocabulary

from ..profile import ELSEWHERE
from ..questions import TYPES, identifies
from ..questions.batteries import UNSURE, columns_of
from ..questions.kinds import Question

Texts = Mapping[str, str]
Spread = Callable[[Any], list]
LONGEST = 64  # characters of a name, as SPSS takes them


class Missing:
    """Why a cell holds no answer; `code` stands for it among numbers, `far` where small numbers could be answers."""

    def __init__(self, code: int, name: str) -> None:
        self.code, self.far, self.name = code, code - 1_000_000_000, name

    def __repr__(self) -> str:
        return self.name


NOT_ANSWERED = Missing(-1, "not answered")
NOT_SHOWN = Missing(-2, "not shown")
UNKNOWN = Missing(-3, "don't know")
WITHHELD = Missing(-4, "withheld")  # in open data alone
REASONS = (NOT_ANSWERED, NOT_SHOWN, UNKNOWN)

CHOICE, TICK, COUNT, NUMBER, TEXT, DAY, SEVERAL = "choice", "tick", "count", "number", "text", "day", "several"
NUMERIC = (COUNT, NUMBER)


@dataclass(frozen=True)
class Column:
    """`values` are the codes of a choice with their texts; `of` is the type of the question; `low` allows less than 0;
    `identifies`: it says who wrote."""

    name: str
    kind: str
    label: Texts
    values: tuple[tuple[str, Texts], ...] = ()
    question: str = ""
    of: str = ""
    low: bool = False
    identifies: bool = False

    def missing(self, reason: Missing) -> int:
        return reason.far if self.low else reason.code


def in_every_language(words: Callable[[], str]) -> Texts:
    found = {}
    for code in CODES:
        with override(interface_code(code)):
            found[code] = words()
    return found


def apart_words() -> str:
    return _("Says who wrote it: emptied when identifiers are deleted, and never published.")


def joined(*texts: Texts) -> Texts:
    """Texts one after another, in every language one of them has."""
    languages = dict.fromkeys(code for text in texts for code in text)
    return {code: " – ".join(as_text(text).localise(code).text for text in texts) for code in languages}


def values_of(question: Question, part: str) -> tuple[tuple[str, Texts], ...]:
    return tuple((item["code"], item["text"]) for item in question.get(part) or ())


def as_it_is(value: Any) -> list:
    return [value]


def plain(kind: str) -> Callable[[Question], tuple[list[Column], Spread]]:
    return lambda question: ([Column(question["code"], kind, question["text"])], as_it_is)


def choice(question: Question) -> tuple[list[Column], Spread]:
    return [Column(question["code"], CHOICE, question["text"], values_of(question, "options"))], as_it_is


def country(question: Question) -> tuple[list[Column], Spread]:
    elsewhere = in_every_language(lambda: _("Another country"))
    values = (*((country.code, country.name) for country in vocabulary.countries()), (ELSEWHERE, elsewhere))
    return [Column(question["code"], CHOICE, question["text"], values)], as_it_is


def several(question: Question) -> tuple[list[Column], Spread]:
    """All that was ticked in one column, then a column for each option."""
    code, text, options = question["code"], question["text"], values_of(question, "options")
    ticks = [Column(f"{code}.{option}", TICK, joined(text, words)) for option, words in options]
    names = [option for option, _words in options]
    return [Column(code, SEVERAL, text, options), *ticks], lambda value: [
        tuple(value),
        *[name in value for name in names],
    ]


def battery(question: Question) -> tuple[list[Column], Spread]:
    code, steps = question["code"], values_of(question, columns_of(question))
    rows = values_of(question, "rows")
    columns = [Column(f"{code}.{row}", CHOICE, joined(question["text"], words), steps) for row, words in rows]
    known, names = {step for step, _words in steps}, [row for row, _words in rows]
    unsure: dict[Any, Any] = {UNSURE: UNKNOWN} if UNSURE not in known else {}

    def spread(value: Mapping[str, str]) -> list:
        return [unsure.get(step, step) for step in [value.get(name, NOT_ANSWERED) for name in names]]

    return columns, spread


def grid(question: Question) -> tuple[list[Column], Spread]:
    cells = [(row, column) for row in values_of(question, "rows") for column in values_of(question, "columns")]
    columns = [
        Column(f"{question['code']}.{row}.{column}", TICK, joined(question["text"], text, words))
        for (row, text), (column, words) in cells
    ]
    names = [(row, column) for (row, _text), (column, _words) in cells]

    def spread(value: Mapping[str, list[str]]) -> list:
        return [column in value[row] if row in value else NOT_ANSWERED for row, column in names]

    return columns, spread


def counts(nothing: Any) -> Callable[[Question], tuple[list[Column], Spread]]:
    """A whole number for each option; `nothing` stands where an option was given none."""

    def laid_out(question: Question) -> tuple[list[Column], Spread]:
        options = values_of(question, "options")
        columns = [
            Column(f"{question['code']}.{code}", COUNT, joined(question["text"], text)) for code, text in options
        ]
        names = [code for code, _text in options]
        return columns, lambda value: [value.get(name, nothing) for name in names]

    return laid_out


def number(question: Question) -> tuple[list[Column], Spread]:
    least = question.get("min")
    return [Column(question["code"], NUMBER, question["text"], low=least is None or least < 0)], as_it_is


def file(question: Question) -> tuple[list[Column], Spread]:
    return [Column(question["code"], TEXT, question["text"])], lambda value: [value["name"]]


LAID_OUT: dict[str, Callable[[Question], tuple[list[Column], Spread]]] = {
    "single": choice,
    "country": country,
    "multiple": several,
    "matrix": battery,
    "likert": battery,
    "matrix_multiple": grid,
    "ranking": counts(NOT_ANSWERED),
    "budget": counts(0),
    "rating": plain(COUNT),
    "number": number,
    "slider": number,
    "date": plain(DAY),
    "consent": plain(TICK),
    "file": file,
}


@dataclass(frozen=True)
class Block:
    """The columns of one question, that for “other” last."""

    code: str
    columns: tuple[Column, ...]
    spread: Spread
    other: str = ""


def block(question: Question) -> Block:
    columns, spread = LAID_OUT.get(question["type"], plain(TEXT))(question)
    other = f"{question['code']}.other" if question.get("other") else ""
    if other:
        columns = [*columns, Column(f"{other}.text", TEXT, joined(question["text"], other_text(question)))]
    of = {"question": question["code"], "of": question["type"], "identifies": identifies(question)}
    told = tuple(replace(column, **of) for column in columns)
    return Block(question["code"], told, spread, other)


def other_text(question: Question) -> Texts:
    return next(
        (words for code, words in values_of(question, "options") if code == "other"),
        in_every_language(lambda: _("Other")),
    )


def blocks(questions: Iterable[Question]) -> list[Block]:
    """Of all that can be answered, names being no longer than LONGEST and different also to who ignores case."""
    taken: set[str] = set()
    return [named(block(question), taken) for question in questions if TYPES[question["type"]].is_answered]


def named(found: Block, taken: set[str]) -> Block:
    return replace(found, columns=tuple(replace(column, name=free(column, taken)) for column in found.columns))


def free(column: Column, taken: set[str]) -> str:
    name, number = column.name, 1
    while len(name) > LONGEST or name.lower() in taken:
        name, number = f"{column.question}.{number}", number + 1
    taken.add(name.lower())
    return name
