"""What a room or an app can declare to the platform.

A `declarations.py` holds a module-level list `declarations` of these; `catalogue` collects them. The platform reads the
catalogue and never learns the names of its clients. Labels of things are Django's model labels in lower case
(`repository.record`); people are passed as users, anonymous ones included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Words = Any  # a string or a lazy translation of one


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something with an address that can be seen, found, logged and related; to what is `invitable`, single people, by those
    who have its `invite_right` where it names one.

    `titles(things)` gives the titles of many by their keys, where asking for one at a time would cost a query each. `route`
    is the name of the view behind its address, whose only argument is its `lookup`.
    """

    label: str
    name: Words
    title: Callable[[Any], Any]
    address: Callable[[Any], str]
    visible: Callable[[Any], Any]
    public: bool = False
    invitable: bool = False
    invite_right: str = ""
    titles: Callable[[list[Any]], Mapping[Any, Any]] | None = None
    route: str = ""
    lookup: str = "pk"


@dataclass(frozen=True, kw_only=True)
class TrailKind:
    """How one thing can be related to another: in words from each end, between which kinds of things, and by whose right.

    Whoever draws it needs `right` on the first thing. `is_order` forbids circles.
    """

    code: str
    name: Words
    inverse: Words
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    right: str
    is_order: bool = False
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class DocumentPage:
    """One page of a file inside a searchable thing; `number` counts from 1."""

    file: int
    name: str
    number: int
    language: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """What the index is told of one thing. Texts are given per language; `facets` map a dimension to its codes."""

    title: Mapping[str, str]
    summary: Mapping[str, str]
    body: Mapping[str, str]
    route: str
    key: str
    day: date
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pages: Sequence[DocumentPage] = ()


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """`document(pk)` gives None for what no longer exists or is in no list; `every()` gives all primary keys; `list_route`
    names the view that lists them, where there is one beside the search over everything."""

    label: str
    name: Words
    document: Callable[[int], SearchDocument | None]
    every: Callable[[], Iterable[int]]
    order: int = 50
    list_route: str = ""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A dimension of search; `labels()` maps every code to its words in the active language, in the order shown."""

    code: str
    name: Words
    labels: Callable[[], Mapping[str, str]]
    order: int


@dataclass(frozen=True, kw_only=True)
class EventKind:
    """A verb of the event log in words: what somebody did."""

    verb: str
    name: Words


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """Called once per committed event by the dispatcher, inside its transaction. Must be safe to repeat."""

    code: str
    handle: Callable[[Any], None]
    verbs: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class NoticeContent:
    subject: str
    text: str
    address: str


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """A notice raised by an event. `content` is called with the reader's language active."""

    code: str
    name: Words
    verb: str
    recipients: Callable[[Any], Iterable[int]]
    content: Callable[[Any], NoticeContent]
    mail: bool = True


@dataclass(frozen=True, kw_only=True)
class JobKind:
    """Background work, tried at most `attempts` times.

    `perform` is the dotted path of a function `(run, **arguments)` that returns a JSON result; it is imported where the
    work is done, so that web processes stay free of what only workers need.
    """

    code: str
    name: Words
    perform: str
    attempts: int = 3


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What is due: run by the tick at most every `minutes` minutes."""

    code: str
    perform: Callable[[], Any]
    minutes: int = 1


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """`place` is public, desk, person or footer; `right` hides the entry from who lacks it."""

    place: str
    name: Words
    route: str
    order: int
    right: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A block on another room's page. `context(request, **subject)` gives None to stay away."""

    place: str
    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """A model that holds personal data: which fields, whose, why, and what erasure does with it.

    `holder` is a key to the person, a field with her e-mail address, `self` for the account, or empty. `erasure` is `delete`,
    `unlink` or `anonymise` (the row stays, its keys to the person go), or `keep`. `files(person)` gives names and files.
    Where the holder is an address, `since` names the field that must not be older than the account.
    """

    label: str
    fields: tuple[str, ...]
    holder: str
    purpose: Words
    erasure: str
    files: Callable[[Any], Iterable[tuple[str, Any]]] | None = None
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsentKind:
    """Something a person can agree to, in the version of the privacy notice of the day."""

    code: str
    name: Words
    text: Words
    is_required: bool = False


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long something is kept: `purge(before)` deletes what is older and gives how many rows that were."""

    code: str
    name: Words
    days: int
    purge: Callable[[datetime], int]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Audience keys a person holds on a day, from dated facts; called once per request and person.

    `people` is the way back: who holds a key on a day; None for keys that come from elsewhere.
    """

    code: str
    keys: Callable[[int, date], Iterable[str]]
    people: Callable[[str, date], Iterable[int] | None]


@dataclass(frozen=True, kw_only=True)
class RoleKind:
    """A role that can be given to people; its name is the term of that code in the scheme `role`.

    `scopes()` maps the scopes it is given within to their words; without it the role holds everywhere.
    `check(held)` is asked before a role is given and raises ValidationError when this person may not hold it then.
    A role with `needs_second_step` sleeps until its holder has set up two-step sign-in, where the platform demands that.
    """

    code: str
    scopes: Callable[[], Mapping[str, str]] | None = None
    check: Callable[[Any], None] | None = None
    needs_second_step: bool = False
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Right:
    """One line of a table of rights.

    `who` names audience keys (`public`, `user`, `members`, `tier:full`, `role:lead_partner`) or relations to the thing:
    `owner` (see `owner`), `audience` (whoever may see it), `named` (who holds one of the audience keys that `named` gives
    for the thing), `role:X@` (role X held within the thing's scope, see `scope`).
    `decides` asks in addition that the person acts for a full member. `states` limits the right to those of the thing.
    """

    code: str
    name: Words
    who: tuple[str, ...]
    decides: bool = False
    states: tuple[str, ...] = ()
    owner: Callable[[Any], int | None] | None = None
    scope: Callable[[Any], str] | None = None
    named: Callable[[Any], Iterable[str]] | None = None


@dataclass(frozen=True, kw_only=True)
class ApiScope:
    """What a program may do with a token, beside reading, within the rights of the token's owner."""

    code: str
    name: Words


@dataclass(frozen=True, kw_only=True)
class CaseAnswer:
    """One way to answer a case: `perform(thing, by=…, reason=…, **fields)` does what it says and may raise ValidationError.

    `form` is the dotted path of a form with the fields it needs beside the reasons; `right` is asked of who answers.
    """

    code: str
    name: Words
    outcome: Words
    perform: Callable[..., Any]
    form: str = ""
    right: str = ""
    tone: str = "primary"


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """Something that is asked for and answered. The event `verb` opens a case about the event's thing.

    `handler(thing)` is the audience key of those who answer within `days` days; `organisation(thing)` gives the key of the
    organisation that asks, `facts(thing)` what the answer is built on; `withdraw(thing, by=…)` is called on withdrawal.
    `needs` are the relations that `title` follows, for lists to read at once; `due_on(thing)` gives the last day where
    whoever asks chooses it.
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
    due_on: Callable[[Any], date] | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an assessment can end in; `allowed(thing, picture)` says whether the scores of the assessment carry it."""

    code: str
    name: Words
    allowed: Callable[[Any, Any], bool]


@dataclass(frozen=True, kw_only=True)
class AssessmentKind:
    """Something that several evaluators judge by a criteria grid.

    `handler(thing)` is the audience key of those who ask evaluators and conclude; `evaluators(thing)` are the keys of those
    who can be asked, `interested(thing)` the people who cannot, whatever they hold. `outcomes` go from the best to refusal;
    `conclude(thing, assessment, by=…)` does what the conclusion means.
    """

    code: str
    name: Words
    grid: str
    handler: Callable[[Any], str]
    evaluators: Callable[[Any], Iterable[str]]
    interested: Callable[[Any], set[int]]
    outcomes: tuple[Outcome, ...]
    conclude: Callable[..., Any]
    minimum: int = 2


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Idempotent loading of reference rows, in `order`."""

    order: int
    load: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """Idempotent loading of demonstration content, in `order`; gives what it did, in words."""

    order: int
    load: Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """An account of the demonstration, told when the embedded program starts; never made in production."""

    email: str
    password: str
    name: str
    order: int = 50
