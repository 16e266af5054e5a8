"""Menus from what rooms and apps declare; entries without a route (yet) or a right are left out."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import MenuEntry


@dataclass(frozen=True)
class MenuItem:
    name: str
    address: str
    current: str = ""


def address_of(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


@cache
def entries(place: str, language: str, urlconf: str) -> tuple[tuple[str, str, str], ...]:
    """Name, address and right of each entry, in the language that is active."""
    found = [entry for entry in declared(MenuEntry) if entry.place == place]
    lines = [(str(entry.name), address_of(entry.route), entry.right) for entry in found]
    return tuple(line for line in lines if line[1])


def active_urlconf() -> str:
    return get_urlconf() or settings.ROOT_URLCONF


def menu(place: str, path: str, user: Any = None) -> tuple[MenuItem, ...]:
    """Without a user, only what needs no right. The entry nearest above the path is marked."""
    lines = entries(place, get_language() or "", active_urlconf())
    allowed = [line for line in lines if not line[2] or (user is not None and user.has_perm(line[2]))]
    above = [address for _, address, _ in allowed if path.startswith(address)]
    nearest = max(above, key=len, default="")
    return tuple(MenuItem(name, address, mark(address, nearest, path)) for name, address, _ in allowed)


def mark(address: str, nearest: str, path: str) -> str:
    if address != nearest:
        return ""
    return "page" if address == path else "true"
