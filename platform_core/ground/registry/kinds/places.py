"""Places on pages, and content that comes with the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .words import Words


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
