"""What is told of groups of cluster organisations, drawn up once a quarter and then kept as it is."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from statistics import quantiles

from django.db import transaction

from platform_core.exchange.assessment.models import Grid
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.audit import services as audit
from platform_core.programme.network.models import ClusterProfile

from ..models import GroupFigures, SelfAssessment, SelfScore
from ..selectors.excellence import GRID, LEAST, coarse, newest_verified, share_met
from ..selectors.excellence_groups import AGES, ALL, KINDS, SIZES, standing
from ..statistics.disclosure import is_safe, tellable


def renew(today: date | None = None) -> int:
    """At most once a quarter, and only where nothing can be worked out of the change; else what was told stands."""
    day = today or platform_day()
    return sum(renew_set(grid, day) for grid in Grid.objects.filter(code=GRID))


@transaction.atomic
def renew_set(grid: Grid, day: date) -> bool:
    Grid.objects.select_for_update().get(pk=grid.pk)
    last = standing(grid)
    if last and last.day >= quarter_of(day):
        return False
    made = drawn(grid, day)
    if made is None:
        return False
    made.save()
    audit.record("benchmarking.groups_compared", made)
    return True


def quarter_of(day: date) -> date:
    """Its first day."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def drawn(grid: Grid, day: date) -> GroupFigures | None:
    """What can be told from a day on; None where something could be worked out of it and what was told before."""
    rows, before = list(newest_verified(grid)), list(GroupFigures.objects.filter(grid=grid))
    everybody, there = frozenset(row.pk for row in rows), members(rows, day.year)
    codes = tellable(there, everybody, LEAST, [group for one in before for group in groups_of(one).values()])
    if codes is None or (before and loses(before[0], everybody, codes)):
        return None
    told = {ALL: everybody, **{code: there[code] for code in codes}}
    met, total = judged(everybody), grid.criteria.count()
    kept = {criterion: kept_in(criterion, set(found), told, before) for criterion, found in met.items()}
    groups = {
        code: {
            "members": sorted(group),
            "quarters": quarters([share_met(row, total) for row in rows if row.pk in group]),
            "shares": {pk: share(met[pk], group) for pk, codes in kept.items() if code in codes},
        }
        for code, group in told.items()
    }
    return GroupFigures(grid=grid, day=day, groups=groups, judged={pk: sorted(found) for pk, found in met.items()})


def groups_of(told: GroupFigures, criterion: int | None = None) -> dict[str, set[int]]:
    """Of which self-assessments something was told, by the code of the group: their quarters, or one indicator."""
    if criterion is None:
        return {code: set(group["members"]) for code, group in told.groups.items()}
    key, of = str(criterion), told.judged.get(str(criterion), ())
    return {
        code: set(group["members"]).intersection(of) for code, group in told.groups.items() if key in group["shares"]
    }


def loses(last: GroupFigures, everybody: Set[int], codes: Sequence[str]) -> bool:
    """The same are told of as before, but a group of them no longer would be."""
    return groups_of(last)[ALL] == everybody and not {*codes, ALL}.issuperset(last.groups)


def members(rows: Sequence[SelfAssessment], year: int) -> dict[str, frozenset[int]]:
    """Keys of self-assessments by the code of the group: countries first, since the first goes before of two as large."""
    profiles = ClusterProfile.objects.filter(organisation__in=[row.organisation_id for row in rows])
    by_organisation = {one.organisation_id: one for one in profiles.prefetch_related("terms")}
    found: dict[str, set[int]] = {}
    for row in rows:
        for code in features(row, by_organisation.get(row.organisation_id), year):
            found.setdefault(code, set()).add(row.pk)
    codes = sorted(found, key=lambda code: (KINDS.index(code.partition("-")[0]), code))
    return {code: frozenset(found[code]) for code in codes}


def features(row: SelfAssessment, profile: ClusterProfile | None, year: int) -> Iterator[str]:
    yield f"country-{row.organisation.country_id}"
    if profile is None:
        return
    for term in profile.terms.all():
        if term.scheme == "sector":
            yield f"sector-{term.code}"
    if profile.firms is not None:
        yield f"size-{classed(profile.firms, SIZES)}"
    if profile.founded is not None:
        yield f"age-{classed(year - profile.founded, AGES)}"


def classed(figure: int, limits: tuple[int, int]) -> int:
    return sum(figure >= limit for limit in limits)


def judged(everybody: Set[int]) -> dict[int, dict[int, bool]]:
    """By indicator, whether each self-assessment of which it was judged meets it."""
    found: dict[int, dict[int, bool]] = {}
    scores = SelfScore.objects.filter(assessment__in=everybody, verified__isnull=False).select_related("criterion")
    for score in scores:
        found.setdefault(score.criterion_id, {})[score.assessment_id] = bool(score.met)
    return found


def kept_in(
    criterion: int, of: Set[int], told: Mapping[str, Set[int]], before: Sequence[GroupFigures]
) -> frozenset[str]:
    """The groups an indicator is told of that was judged of some alone: all that can be, or all together, or none."""
    earlier = [group for one in before for group in groups_of(one, criterion).values()]
    for codes in (told, [ALL]):
        if is_safe([*earlier, *(told[code] & of for code in codes)], of.union(*earlier), LEAST):
            return frozenset(code for code in codes if told[code] & of)
    return frozenset()


def quarters(shares: Sequence[float]) -> list[int]:
    return [coarse(limit) for limit in quantiles(shares, n=4, method="inclusive")]


def share(met: Mapping[int, bool], group: Set[int]) -> int:
    """Of those of the group of which it was judged, in percent."""
    own = [found for pk, found in met.items() if pk in group]
    return coarse(100 * sum(own) / len(own))
