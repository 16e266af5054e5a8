"""What a pilot action can test: a published mechanism, a benchmark, a method of benchmarking, or a function of the platform.

A subject is kept as `source:code`, such as `pilots.mechanism:7`, `method:peers` or `function:repository:records`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benchmarking.selectors import benchmarks, methods
from platform_core.ground.registry.catalogue import declared, find_thing, thing_kind
from platform_core.ground.registry.kinds import MenuEntry
from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.text import Text

from ..models.proposals import Tested
from .mechanisms import published

MECHANISM, BENCHMARK = "pilots.mechanism", "benchmarking.benchmark"
ANYBODY = AnonymousUser()
TALK = ("pages:", "api:")  # what only tells about the platform


@dataclass(frozen=True)
class Subject:
    """`address` leads to its page."""

    code: str
    name: Text
    address: str


@dataclass(frozen=True)
class Source:
    """Subjects of one kind that everybody can read, and which choice of `Tested` they stand for."""

    name: Any
    tests: Tested
    rows: Callable[[], Iterator[tuple[str, Text, str]]]


def mechanisms() -> Iterator[tuple[str, Text, str]]:
    return ((str(one.pk), one.headline, one.get_absolute_url()) for one in published(ANYBODY))


def published_benchmarks() -> Iterator[tuple[str, Text, str]]:
    return ((str(one.pk), one.title, one.get_absolute_url()) for one in benchmarks.published(ANYBODY))


def method_pages() -> Iterator[tuple[str, Text, str]]:
    for code, (name, _lead) in (methods.STEPS | methods.OTHERS).items():
        if address := methods.address_of(code):
            yield code, Text({active_code(): str(name)}), address


def functions() -> Iterator[tuple[str, Text, str]]:
    entries = [one for one in declared(MenuEntry) if one.place in ("public", "footer") and not one.right]
    for entry in sorted(entries, key=lambda one: one.order):
        if not entry.route.startswith(TALK):
            yield entry.route, Text({active_code(): str(entry.name)}), reverse(entry.route)


SOURCES = {
    MECHANISM: Source(_("Learning mechanisms"), Tested.MECHANISM, mechanisms),
    BENCHMARK: Source(_("Benchmarks"), Tested.METHOD, published_benchmarks),
    "method": Source(_("Methods of benchmarking"), Tested.METHOD, method_pages),
    "function": Source(_("Functions of the platform"), Tested.FUNCTION, functions),
}


def choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """All that can be chosen, in groups; sources without any are left out."""
    groups = [
        (source.name, [(f"{code}:{row}", str(name)) for row, name, _address in source.rows()])
        for code, source in SOURCES.items()
    ]
    return [group for group in groups if group[1]]


def subject(told: str) -> Subject | None:
    """What is kept as `told`, as everybody reads it; None when it is not, or no longer, there for everybody."""
    code, _colon, row = told.partition(":")
    if code not in SOURCES:
        return None
    if "." in code:
        kind = thing_kind(code)
        found = kind.visible(ANYBODY).filter(pk=int(row)).first() if kind and row.isdecimal() else None
        return Subject(told, kind.title(found), kind.address(found)) if kind and found else None
    return next((Subject(told, name, address) for key, name, address in SOURCES[code].rows() if key == row), None)


def names(told: Iterable[str]) -> dict[str, Text]:
    """How several are called, in as many queries as one."""
    codes = {one.partition(":")[0] for one in told} & SOURCES.keys()
    return {f"{code}:{row}": name for code in codes for row, name, _address in SOURCES[code].rows()}


def tests(told: str) -> Tested:
    return SOURCES[told.partition(":")[0]].tests


def stored(told: str):
    """The thing of the database that is tested, to which a trail leads; None for methods and functions."""
    code, _colon, row = told.partition(":")
    return find_thing(code, int(row)) if "." in code and row.isdecimal() else None
