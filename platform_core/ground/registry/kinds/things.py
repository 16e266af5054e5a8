"""Things, how they are related, and how they are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .words import Words

Place = tuple[str, int]  # the label of a thing and its key


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What may still be told of a thing that is gone; `address` is where it says so itself."""

    title: Any = ""
    address: str = ""
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something with an address that can be seen, found, logged and related; to what is `invitable`, single people, by those
    who have its `invite_right` where it names one. With `invite_to_change` an invitation may let them change it too.

    `titles(things)` gives the titles of many by their keys, where asking for one at a time would cost a query each. `route`
    is the name of the view behind its address, whose only argument is its `lookup`. `gone(user, thing)` tells of one that was
    withdrawn, None to whom it is told nothing. Trails that reach what `ends_trails`, such as a region, go no further.
    `changed` names the field with the day of its last change, where one is kept.

    Where the address takes more than one argument, `at(user, arguments, query)` gives what is there, not stored yet if it is
    stored only once something is related to it: `keep(thing)` does that.
    """

    label: str
    name: Words
    title: Callable[[Any], Any]
    address: Callable[[Any], str]
    visible: Callable[[Any], Any]
    public: bool = False
    invitable: bool = False
    invite_right: str = ""
    invite_to_change: bool = False
    titles: Callable[[list[Any]], Mapping[Any, Any]] | None = None
    route: str = ""
    lookup: str = "pk"
    gone: Callable[[Any, Any], Tombstone | None] | None = None
    ends_trails: bool = False
    changed: str = ""
    at: Callable[[Any, Mapping[str, str], Mapping[str, str]], Any] | None = None
    keep: Callable[[Any], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class TrailKind:
    """How one thing can be related to another: in words from each end, between which kinds of things, and by whose right.

    Whoever draws it needs `right` on the first thing. `is_order` forbids circles. `fits(thing, other)` says whether these
    two can be related at all, where not all of their kinds can. The first thing came of the second, unless it `leads_on`:
    then the second came of the first. One that `has_own_form` is drawn and taken away there alone.
    """

    code: str
    name: Words
    inverse: Words
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    right: str
    is_order: bool = False
    fits: Callable[[Any, Any], bool] = lambda thing, other: True
    order: int = 50
    leads_on: bool = False
    has_own_form: bool = False


@dataclass(frozen=True)
class Step:
    """The later thing came of the earlier one: `name` says it from the later, `inverse` from the earlier."""

    earlier: Place
    later: Place
    name: Words
    inverse: Words
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptSteps:
    """Relations that things of these kinds keep themselves, not as trails. `steps(places)` gives those that begin or end at
    any of the places, keys by label, at a cost that does not grow with their number."""

    labels: tuple[str, ...]
    steps: Callable[[Mapping[str, Sequence[int]]], Iterable[Step]]


@dataclass(frozen=True, kw_only=True)
class DocumentPage:
    """One page of a file inside a searchable thing, or a part where it has no pages; `number` counts from 1."""

    file: int
    name: str
    number: int
    language: str
    text: str
    is_part: bool = False


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
    names the view that lists them, where there is one beside the search over everything, `page_route` the view of one of
    its pages, by the `file` of the page, where pages are no files."""

    label: str
    name: Words
    document: Callable[[int], SearchDocument | None]
    every: Callable[[], Iterable[int]]
    order: int = 50
    list_route: str = ""
    page_route: str = ""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A dimension of search; `labels()` maps every code to its words in the active language, in the order shown."""

    code: str
    name: Words
    labels: Callable[[], Mapping[str, str]]
    order: int
