"""What happens: events, notices, background work, what is due and what is in the calendar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .words import Words


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
    """A notice raised by an event. `content` is called with the reader's language and time zone active.

    Whom several kinds would tell of one event is told under the first by `order`. Mails of an `urgent` kind wait for no
    digest. `thread(event)` gives the key of a thing (`label:pk`) and the title that notices are bundled by and that can be
    muted, where that is not the thing of the event. `pace` is how its mails go until the reader chooses: `once`, `daily` or
    `weekly`. The text of an `is_private` kind is shown to its reader alone. `calendar(event, person)` gives the iCalendar
    object, with its METHOD inside, that goes with the mail to one of them, or several such in a row.
    """

    code: str
    name: Words
    verb: str
    recipients: Callable[[Any], Iterable[int]]
    content: Callable[[Any], NoticeContent]
    mail: bool = True
    urgent: bool = False
    thread: Callable[[Any], tuple[str, str]] | None = None
    pace: str = "once"
    is_private: bool = False
    calendar: Callable[[Any, Any], str] | None = None
    order: int = 50


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
class CalendarEntry:
    """One entry of the calendar, as its reader sees it.

    `begins` and `ends` are aware, `zone` is the IANA zone it is held in; `uid` never changes, `sequence` grows with every
    change. `address` is the path of its page, `call` the address of the online room, `link` a page outside. `is_mine`: it
    concerns the reader herself, who was invited, acts or follows. Whole days end at the midnight after their last day.

    For filters and the map: `kind` is `meeting`, `workshop`, `conference` or `deadline`, `country` a code of the vocabulary,
    `region` a NUTS code, `organiser` who holds it, `holder` the code of that organisation's type, `is_european` held by
    others in the European Union. `note` says what was changed last: moved, cancelled and why.
    """

    uid: str
    title: Words
    begins: datetime
    ends: datetime
    zone: str
    address: str
    text: Words = ""
    place: Words = ""
    call: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    topics: Sequence[int] = ()
    scope: str = ""
    is_mine: bool = False
    is_cancelled: bool = False
    is_whole_day: bool = False
    is_european: bool = False
    kind: str = "meeting"
    country: str = ""
    region: str = ""
    organiser: Words = ""
    holder: str = ""
    link: str = ""
    note: Words = ""


@dataclass(frozen=True, kw_only=True)
class CalendarSource:
    """Entries an app adds to the calendar, by their begin: those the reader may see that touch a time between two moments."""

    code: str
    name: Words
    entries: Callable[[Any, datetime, datetime], Iterable[CalendarEntry]]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One entry of an indicator's evidence: a thing that counts, once per `key`, since `day`.

    `key` names what is counted once (`organisation:7`, `person:3:course:12`) and never changes. `person` is the primary key
    of somebody it names, who is shown to members alone; an `is_anonymous` entry stands for somebody whom nobody is shown.
    `is_self_declared` where only her own answer says what she is. What belongs to several countries, topics or stages of the
    policy cycle names them in `countries`, `topics` and `stages`, beside or instead of the one.
    """

    thing: str
    pk: int
    key: str
    day: date
    organisation: int | None = None
    country: str = ""
    region: str = ""
    topic: int | None = None
    stage: str = ""
    person: int | None = None
    is_self_declared: bool = False
    is_anonymous: bool = False
    countries: Sequence[str] = ()
    topics: Sequence[int] = ()
    stages: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class IndicatorRule:
    """What counts towards an indicator. `counted()` gives everything that counts now, read from the room's own tables;
    after an event of `verbs` and every night the evidence is written anew. `once_per`, `event` and `confirmed_by` say in
    words what is counted once, when it begins to count and who confirms it. `by_partner` is False where its entries belong
    to no organisation, so that no partner can owe any. Where its entries belong to no stage of the policy cycle,
    `without_stage` says why.
    """

    code: str
    name: Words
    once_per: Words
    event: Words
    confirmed_by: Words
    counted: Callable[[], Iterable[Counted]]
    verbs: frozenset[str] = frozenset()
    by_partner: bool = True
    without_stage: Words = ""


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """What organisations are late with beside the indicators: `of(organisations)` gives, by their primary keys, each thing
    in words with its organisation and the day it was due. With `has_panel` a panel at `partner.main` tells the same, with the
    way to each.
    """

    code: str
    of: Callable[[Collection[int]], Iterable[tuple[int, Words, date]]]
    has_panel: bool = False
