"""Groups that cluster organisations can compare their management with: by country, sector, size and age.

Groups are never put together freely: of two that differ in one organisation it could be worked out how that one is managed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import quantiles

from django.utils.translation import gettext as _, ngettext

from platform_core.exchange.assessment.models import Grid
from platform_core.ground.ui.countries import country_name
from platform_core.programme.network.models import ClusterProfile

from ..models import SelfAssessment, SelfScore
from ..statistics.disclosure import is_safe, tellable
from . import excellence
from .excellence import LEAST, Field

ALL = "all"
SIZES = (50, 150)  # member firms from which a cluster is of the next class
AGES = (5, 15)  # years since it was founded, the same


@dataclass(frozen=True)
class Group:
    """Organisations that have something in common, by their primary keys."""

    code: str
    kind: str
    name: str
    members: frozenset[int]


@dataclass(frozen=True)
class Compared:
    """The groups that can be told of, the one that was chosen, and what is told of it; None below the threshold."""

    groups: tuple[Group, ...]
    chosen: Group
    field: Field | None
    rows: tuple[tuple[Group, Field], ...]

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


def compared(grid: Grid, code: str, within: int | None = None) -> Compared:
    """`within` leaves only the groups that an organisation belongs to; what is no such group is as if none was chosen."""
    rows = list(excellence.newest_verified(grid))
    everybody = Group(ALL, "", _("All verified organisations"), frozenset(row.organisation_id for row in rows))
    there = {group.code: group for group in every(rows)}
    told = tellable({code: group.members for code, group in there.items()}, everybody.members, LEAST)
    offered = [there[one] for one in told if within is None or within in there[one].members]
    chosen = next((group for group in offered if group.code == code), everybody)
    scores, total = judged(rows), grid.criteria.count()
    hidden = unsafe(scores, [there[one].members for one in told])
    whole = excellence.field(grid)
    fields = [(group, of_group(group, rows, scores, hidden, total)) for group in offered]
    shown = whole if chosen is everybody else {group.code: one for group, one in fields}[chosen.code]
    return Compared((everybody, *offered), chosen, shown, ((everybody, whole), *fields) if whole else ())


def every(rows: list[SelfAssessment]) -> Iterator[Group]:
    """By kind, in the order of a list to choose from."""
    held: dict[tuple[str, str, str], set[int]] = {}
    today = excellence.today()
    profiles = ClusterProfile.objects.prefetch_related("terms")
    by_organisation = {
        one.organisation_id: one for one in profiles.filter(organisation__in=[row.organisation_id for row in rows])
    }
    for row in rows:
        for feature in features(row, by_organisation.get(row.organisation_id), today.year):
            held.setdefault(feature, set()).add(row.organisation_id)
    kinds = [_("Country"), _("Sector"), _("Size"), _("Age")]
    for (kind, code, name), members in sorted(
        held.items(), key=lambda item: (kinds.index(item[0][0]), *order(item[0]))
    ):
        yield Group(code, kind, name, frozenset(members))


def order(feature: tuple[str, str, str]) -> tuple[str, str]:
    """Classes in their order, words by their letters."""
    _kind, code, name = feature
    return (code, "") if code.startswith(("size", "age")) else ("", name)


def features(row: SelfAssessment, profile: ClusterProfile | None, year: int) -> Iterator[tuple[str, str, str]]:
    country = row.organisation.country_id
    yield _("Country"), f"country-{country}", country_name(country)
    if profile is None:
        return
    for term in profile.terms.all():
        if term.scheme == "sector":
            yield _("Sector"), f"sector-{term.code}", str(term.name)
    if profile.firms is not None:
        yield _("Size"), *classed("size", profile.firms, SIZES)
    if profile.founded is not None:
        yield _("Age"), *classed("age", year - profile.founded, AGES)


def classed(kind: str, figure: int, limits: tuple[int, int]) -> tuple[str, str]:
    """The class of a figure: its code, and its name in words."""
    place = sum(figure >= limit for limit in limits)
    low, high = limits
    if kind == "size":
        names = [
            ngettext("fewer than %(n)s member firm", "fewer than %(n)s member firms", low) % {"n": low},
            _("%(low)s to %(high)s member firms") % {"low": low, "high": high - 1},
            ngettext("%(n)s member firm or more", "%(n)s member firms or more", high) % {"n": high},
        ]
    else:
        names = [
            ngettext("less than %(n)s year old", "less than %(n)s years old", low) % {"n": low},
            _("%(low)s to %(high)s years old") % {"low": low, "high": high - 1},
            ngettext("%(n)s year old or more", "%(n)s years old or more", high) % {"n": high},
        ]
    return f"{kind}-{place}", names[place]


def judged(rows: list[SelfAssessment]) -> dict[int, dict[int, bool]]:
    """By indicator, whether each organisation of which it was judged meets it."""
    found: dict[int, dict[int, bool]] = {}
    scores = SelfScore.objects.filter(assessment__in=rows, verified__isnull=False)
    asked = ("criterion", "criterion__threshold", "assessment__organisation", "verified")
    for criterion, threshold, organisation, verified in scores.values_list(*asked):
        found.setdefault(criterion, {})[organisation] = verified >= (threshold or 0)
    return found


def unsafe(scores: dict[int, dict[int, bool]], groups: list[frozenset[int]]) -> set[int]:
    """Indicators that were not judged of some: left out of groups where what is left could be worked out of too few."""
    return {criterion for criterion, told in scores.items() if not is_safe(groups, told, LEAST)}


def of_group(
    group: Group, rows: list[SelfAssessment], scores: dict[int, dict[int, bool]], hidden: set[int], total: int
) -> Field:
    own = [excellence.share_met(row, total) for row in rows if row.organisation_id in group.members]
    low, middle, high = (excellence.coarse(one) for one in quantiles(own, n=4, method="inclusive"))
    shares = {}
    for criterion, told in scores.items():
        met = [value for organisation, value in told.items() if organisation in group.members]
        if len(met) >= LEAST and criterion not in hidden:
            shares[criterion] = excellence.coarse(100 * sum(met) / len(met))
    return Field(len(own), (low, middle, high), shares)


def band(found: SelfAssessment, group: Group) -> int | None:
    """In which quarter of the group it stands, 1 lowest to 4; None where nothing is told of the group."""
    rows = [row for row in excellence.newest_verified(found.grid) if row.organisation_id in group.members]
    if len(rows) < LEAST or found.pk not in {row.pk for row in rows}:
        return None
    total = found.grid.criteria.count()
    limits = quantiles([excellence.share_met(row, total) for row in rows], n=4, method="inclusive")
    return 1 + sum(excellence.share_met(found, total) > limit for limit in limits)
