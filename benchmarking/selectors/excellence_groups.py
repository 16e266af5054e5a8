"""Groups that cluster organisations can compare their management with: by country, sector, size and age.

Groups are never put together freely: of two that differ in one organisation it could be worked out how that one is managed.
For the same reason figures stand as they were told, until so much has changed that nothing can be worked out of the change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, ngettext

from platform_core.exchange.assessment.models import Grid
from platform_core.ground.ui.countries import country_name
from platform_core.ground.vocabulary.models import Term

from ..models import GroupFigures, SelfAssessment
from . import excellence

ALL = "all"
KINDS = ("country", "sector", "size", "age")
SIZES = (50, 150)  # member firms from which a cluster is of the next class
AGES = (5, 15)  # years since it was founded, the same


@dataclass(frozen=True)
class Field:
    """Verified organisations together, in percent rounded to five: of the indicators met, and of each by how many."""

    number: int
    quarters: tuple[int, int, int]
    shares: dict[int, int]


@dataclass(frozen=True)
class Group:
    """Organisations that have something in common."""

    code: str
    kind: str
    name: str


@dataclass(frozen=True)
class Compared:
    """The groups that are told of, the one that was chosen, what is told of it and since when; None below the threshold."""

    chosen: Group
    rows: tuple[tuple[Group, Field], ...]
    day: date | None = None
    is_invented: bool = False

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for group, _field in self.rows)

    @property
    def field(self) -> Field | None:
        return dict(self.rows).get(self.chosen)

    @property
    def is_all(self) -> bool:
        return self.chosen.code == ALL

    @property
    def shown(self) -> dict[Group, Field]:
        """All together, and the chosen group where it is another."""
        return {group: field for group, field in self.rows if group.code in (ALL, self.chosen.code)}

    def choices(self) -> list[tuple[str, str | list[tuple[str, str]]]]:
        """For a field to choose from, by kind."""
        found: dict[str, list[tuple[str, str]]] = {}
        for group in self.groups:
            found.setdefault(group.kind, []).append((group.code, group.name))
        return [*found.pop("", []), *found.items()]


def standing(grid: Grid) -> GroupFigures | None:
    """What is told today."""
    return GroupFigures.objects.filter(grid=grid).first()


def compared(grid: Grid, code: str, within: int | None = None) -> Compared:
    """`within` leaves only the groups that an organisation belongs to; what is no such group is as if none was chosen."""
    everybody, figures = Group(ALL, "", _("All verified organisations")), standing(grid)
    if figures is None:
        return Compared(everybody, ())
    told = dict(figures.groups)
    whole, is_invented = field_of(told[ALL]), invented(told.pop(ALL)["members"])
    if within is not None:
        own = set(SelfAssessment.objects.filter(organisation=within).values_list("pk", flat=True))
        told = {key: one for key, one in told.items() if own.intersection(one["members"])}
    groups = named(told)
    chosen = next((group for group in groups if group.code == code), everybody)
    rows = ((everybody, whole), *((group, field_of(told[group.code])) for group in groups))
    return Compared(chosen, rows, figures.day, is_invented)


def invented(members: list[int]) -> bool:
    """Whether some of them belong to the demonstration."""
    return SelfAssessment.objects.filter(pk__in=members, is_demonstration=True).exists()


def field_of(told: Mapping[str, Any]) -> Field:
    low, middle, high = told["quarters"]
    return Field(len(told["members"]), (low, middle, high), {int(pk): share for pk, share in told["shares"].items()})


def band(found: SelfAssessment, field: Field) -> int:
    """In which quarter of a group it stands, 1 lowest to 4: read off what is told of the group, rounded like that."""
    own = excellence.coarse(excellence.share_met(found, found.grid.criteria.count()))
    return 1 + sum(own > limit for limit in field.quarters)


def named(codes: Mapping[str, Any]) -> list[Group]:
    """By kind; classes in their order, words by their letters."""
    kinds = dict(zip(KINDS, (_("Country"), _("Sector"), _("Size"), _("Age")), strict=True))
    split = {code: code.partition("-")[::2] for code in codes}
    asked = [value for kind, value in split.values() if kind == "sector"]
    terms = {one.code: str(one.name) for one in Term.objects.filter(scheme="sector", code__in=asked)} if asked else {}
    found = [Group(code, kinds[kind], name_of(kind, value, terms)) for code, (kind, value) in split.items()]
    return sorted(found, key=order)


def name_of(kind: str, value: str, terms: Mapping[str, str]) -> str:
    if kind == "country":
        return country_name(value)
    return terms.get(value, value) if kind == "sector" else class_names(kind)[int(value)]


def order(group: Group) -> tuple[int, str]:
    kind = group.code.partition("-")[0]
    return KINDS.index(kind), group.code if kind in ("size", "age") else group.name


def class_names(kind: str) -> list[str]:
    low, high = SIZES if kind == "size" else AGES
    if kind == "size":
        return [
            ngettext("fewer than %(n)s member firm", "fewer than %(n)s member firms", low) % {"n": low},
            _("%(low)s to %(high)s member firms") % {"low": low, "high": high - 1},
            ngettext("%(n)s member firm or more", "%(n)s member firms or more", high) % {"n": high},
        ]
    return [
        ngettext("less than %(n)s year old", "less than %(n)s years old", low) % {"n": low},
        _("%(low)s to %(high)s years old") % {"low": low, "high": high - 1},
        ngettext("%(n)s year old or more", "%(n)s years old or more", high) % {"n": high},
    ]
