"""Cases and assessments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .words import Words

USUAL, MOST = 3, 60  # days before the last day on which somebody is reminded: where nobody says, and at most


@dataclass(frozen=True, kw_only=True)
class CaseAnswer:
    """One way to answer a case: `perform(thing, by=…, reason=…, **fields)` does what it says and may raise ValidationError.

    `form` is the dotted path of a form with the fields it needs beside the reasons, made with `thing`, and `by` too where it
    is `for_reader`; `right` is asked of who answers.
    """

    code: str
    name: Words
    outcome: Words
    perform: Callable[..., Any]
    form: str = ""
    for_reader: bool = False
    right: str = ""
    tone: str = "primary"


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """Something that is asked for and answered. The event `verb` opens a case about the event's thing.

    `handler(thing)` is the audience key of those who answer within `days` days; `organisation(thing)` gives the key of the
    organisation that asks, `facts(thing)` what the answer is built on; `withdraw(thing, by=…)` is called on withdrawal.
    `needs` are the relations that `title` follows, for lists to read at once; `due_on(thing)` gives the last day where
    whoever asks chooses it, and `remind_days(thing)` how many days before it they are reminded, `USUAL` where nobody says.
    No case is opened about what by then no longer `waits(thing)`. `tells_overdue` is False where the room itself tells what
    organisations are late with.
    """

    code: str
    name: Words
    verb: str
    handler: Callable[[Any], str]
    days: int
    title: Callable[[Any], Words]
    facts: Callable[[Any], Sequence[tuple[Words, Any]]]
    answers: tuple[CaseAnswer, ...]
    needs: tuple[str, ...] = ()
    organisation: Callable[[Any], int | None] = lambda thing: None
    withdraw: Callable[..., Any] = lambda thing, by: None
    waits: Callable[[Any], bool] = lambda thing: True
    due_on: Callable[[Any], date] | None = None
    remind_days: Callable[[Any], int] = lambda thing: USUAL
    tells_overdue: bool = True


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an assessment can end in; `allowed(thing, picture)` says whether the scores of the assessment carry it."""

    code: str
    name: Words
    allowed: Callable[[Any, Any], bool]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something a score can stand on: `key` names it within the thing and never changes, `address` leads to it."""

    key: str
    words: Words
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class AssessmentKind:
    """Something that several evaluators judge by a criteria grid.

    `grid` is the code of the grid, or gives it for the thing. `handler(thing)` is the audience key of those who ask
    evaluators and conclude; `evaluators(thing)` are the keys of those who can be asked, `interested(thing)` the people who
    cannot, whatever they hold. `outcomes` go from the best to refusal; `conclude(thing, assessment, by=…)` does what the
    conclusion means. `evidence(thing)` gives what scores can stand on, by the code of the criterion. Unless it `asks_all`,
    only those criteria need a reason that are judged.
    """

    code: str
    name: Words
    grid: str | Callable[[Any], str]
    handler: Callable[[Any], str]
    evaluators: Callable[[Any], Iterable[str]]
    interested: Callable[[Any], set[int]]
    outcomes: tuple[Outcome, ...]
    conclude: Callable[..., Any]
    minimum: int = 2
    evidence: Callable[[Any], Mapping[str, Sequence[Evidence]]] = lambda thing: {}
    asks_all: bool = True


@dataclass(frozen=True, kw_only=True)
class Forum:
    """The forums whose key begins with `prefix`, such as `group:`: the audience keys of those who start threads in
    one and of those who write in all its threads.
    """

    prefix: str
    starters: Callable[[str], Iterable[str]]
    writers: Callable[[str], Iterable[str]]
