"""Personal data, standing, roles and rights."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .words import Words


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """A model that holds personal data: which fields, whose, why, and what erasure does with it.

    `holder` is a key to the person, a field with her e-mail address, `self` for the account, or empty. `erasure` is `delete`,
    `unlink` or `anonymise` (the row stays, its keys to the person go), or `keep`. `files(person)` gives names and files.
    Where the holder is an address, `since` names the field that must not be older than the account. `rows(person)` finds her
    rows where no field names her; `clear` are texts that are emptied where rows are unlinked.
    """

    label: str
    fields: tuple[str, ...]
    holder: str
    purpose: Words
    erasure: str
    files: Callable[[Any], Iterable[tuple[str, Any]]] | None = None
    since: str = ""
    rows: Callable[[Any], Any] | None = None
    clear: tuple[str, ...] = ()


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
class FileNames:
    """Texts that name stored files without pointing to them: of some SHA-256 hashes `held` gives those still named."""

    code: str
    held: Callable[[Collection[str]], set[str]]


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
    `owner` (see `owner`), `owner@` (the same while she holds a role within the thing's scope), `audience` (whoever may see
    it), `named` (who holds one of the audience keys that `named` gives for the thing), `role:X@` (role X held within the
    thing's scope, see `scope`).
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
class KeptAsItWas:
    """A kind of rows that keep the organisation they were made for when it is merged into another: counted votes."""

    label: str
