"""Right × tier × role, read from the declared tables; what the page and its export show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Right

from . import keys as words

ACCOUNT = frozenset({words.PUBLIC, words.USER})
STANDINGS = {
    "guest": (gettext_lazy("Guest"), frozenset({words.PUBLIC})),
    "account": (gettext_lazy("Account"), ACCOUNT),
    "partner": (gettext_lazy("Partner"), ACCOUNT | {"tier:partner"}),
    "associated": (gettext_lazy("Associated"), ACCOUNT | {words.MEMBERS, "tier:associated"}),
    "full": (gettext_lazy("Full"), ACCOUNT | {words.MEMBERS, words.FULL}),
}
RELATIONS = ("owner", "owner@", "named", "grant")


@dataclass(frozen=True)
class Cell:
    """`everyone` of this standing has the right, or those who hold one of `ways`; neither means nobody."""

    everyone: bool = False
    ways: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        if self.everyone:
            return _("everyone")
        return ", ".join(words.key_words(way) for way in self.ways)


@dataclass(frozen=True)
class Line:
    right: Right
    room: str
    cells: dict[str, Cell]


def cell(right: Right, standing: str) -> Cell:
    """What a standing may do with a right; a guest holds no role, and only full members decide."""
    _name, keys = STANDINGS[standing]
    if right.decides and words.FULL not in keys:
        return Cell()
    if keys & set(right.who):
        return Cell(everyone=True)
    possible = [who for who in right.who if who == "audience" or (standing != "guest" and is_personal(who))]
    return Cell(ways=tuple(possible))


def is_personal(who: str) -> bool:
    return who in RELATIONS or who.startswith("role:")


def room_name(right: Right) -> str:
    return str(apps.get_app_config(right.code.split(".")[0]).verbose_name)


def lines(role: str = "", standing: str = "", room: str = "", deciding: bool = False) -> list[Line]:
    """The table by room; filters keep rights that a role or a standing has a part in."""
    found = [
        Line(right, room_name(right), {code: cell(right, code) for code in STANDINGS}) for right in declared(Right)
    ]
    if role:
        found = [line for line in found if {f"role:{role}", f"role:{role}@"} & set(line.right.who)]
    if standing:
        found = [line for line in found if line.cells[standing] != Cell()]
    if room:
        found = [line for line in found if line.right.code.split(".")[0] == room]
    if deciding:
        found = [line for line in found if line.right.decides]
    return sorted(found, key=lambda line: (line.room, str(line.right.name)))


def rooms() -> list[tuple[str, str]]:
    return sorted(
        {right.code.split(".")[0]: room_name(right) for right in declared(Right)}.items(), key=lambda one: one[1]
    )


def roles_named() -> list[str]:
    """Codes of roles that any right names."""
    return sorted(
        {who.removeprefix("role:").removesuffix("@") for right in declared(Right) for who in roles_in(right.who)}
    )


def roles_in(who: Iterable[str]) -> list[str]:
    return [one for one in who if one.startswith("role:")]
