"""What each partner has brought of what it owes, by period."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Overdue
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from ..models import Indicator, Reminder
from .evidence import rule_of
from .indicators import all_owed, brought_by, full_members, indicators


@dataclass(frozen=True)
class Debt:
    """One indicator and what one partner owes of it; without a target only what it has brought."""

    indicator: Indicator
    value: int
    target: int | None

    @property
    def missing(self) -> int:
        return max(0, (self.target or 0) - self.value)

    @property
    def is_late(self) -> bool:
        period = self.indicator.period
        return bool(self.missing and period and period.ends and period.ends < platform_day())


@dataclass(frozen=True)
class Standing:
    """`overdue`: what other rooms wait for past its day, in words, the oldest first; only for whoever may remind."""

    organisation: Organisation
    debts: Sequence[Debt]
    reminded_on: date | None = None
    overdue: Sequence[tuple[str, date]] = ()

    @property
    def below(self) -> list[Debt]:
        return [debt for debt in self.debts if debt.missing]


def partners(user) -> list[Standing]:
    """All full members by name, with what they owe; the same number of queries for two as for fifty."""
    require(user, "monitoring.read_partner")
    found, held = debts_by_partner(), list(full_members())
    last = dict(Reminder.objects.order_by("sent_on").values_list("organisation", "sent_on"))
    return [Standing(one, found.get(one.pk, []), last.get(one.pk)) for one in held]


def with_overdue(user, rows: Sequence[Standing]) -> list[Standing]:
    """Who may not remind is told nothing of it."""
    if not user.has_perm("monitoring.remind_partner"):
        return list(rows)
    late = overdue_of([row.organisation.pk for row in rows])
    return [replace(row, overdue=late[row.organisation.pk]) for row in rows]


def partner_for(user, code: str) -> Standing:
    """A full member, or whoever has a target of its own."""
    require(user, "monitoring.read_partner")
    organisation = get_object_or_404(Organisation, code=code)
    debts = debts_by_partner().get(organisation.pk, [])
    if not debts and not full_members().filter(pk=organisation.pk).exists():
        raise Http404
    last = Reminder.objects.filter(organisation=organisation).first()
    return Standing(organisation, with_untargeted(organisation, debts), last.sent_on if last else None)


def with_untargeted(organisation: Organisation, debts: Sequence[Debt]) -> list[Debt]:
    """Beside what it owes, all other outputs and results that a partner can bring, with what it has brought of them."""
    owed = {debt.indicator.pk for debt in debts}
    promised = indicators().filter(kind__in=[Indicator.Kind.OUTPUT, Indicator.Kind.RESULT]).exclude(pk__in=owed)
    others = [one for one in promised if (rule := rule_of(one.rule)) is not None and rule.by_partner]
    brought = brought_by(others)
    rows = [Debt(one, brought.get((one.pk, organisation.pk), 0), None) for one in others]
    return sorted([*debts, *rows], key=lambda debt: place(debt.indicator))


def place(indicator: Indicator) -> tuple[str, int]:
    return indicator.period.code if indicator.period else "99", indicator.order


def debts_by_partner() -> dict[int, list[Debt]]:
    rows = list(indicators())
    owed = all_owed(rows)
    found: dict[int, list[Debt]] = {}
    for row in sorted(rows, key=place):
        for one in owed.get(row.pk, []):
            found.setdefault(one.organisation.pk, []).append(Debt(row, one.value, one.target))
    return found


def told_overdue(user, organisation: Organisation) -> list[tuple[str, date]]:
    """For whoever may remind the partner, and for its own people; beside what panels tell them."""
    if user.has_perm("monitoring.remind_partner") or own_organisations(user).filter(pk=organisation.pk).exists():
        return overdue_of([organisation.pk], with_panels=False)[organisation.pk]
    return []


def overdue(organisation: Organisation) -> list[tuple[str, date]]:
    """What other rooms have waited for past its day, in words, the oldest first."""
    return overdue_of([organisation.pk])[organisation.pk]


def overdue_of(organisations: Collection[int], *, with_panels: bool = True) -> dict[int, list[tuple[str, date]]]:
    found: dict[int, list[tuple[str, date]]] = {pk: [] for pk in organisations}
    for kind in declared(Overdue):
        if kind.has_panel and not with_panels:
            continue
        for pk, words, day in kind.of(organisations):
            found[pk].append((str(words), day))
    return {pk: sorted(rows, key=lambda pair: pair[1]) for pk, rows in found.items()}


def brought(organisation: Organisation) -> list[Indicator]:
    """Everything counted for a partner, whether it owes it or not; `counted` tells how much."""
    mine = Count("evidence", filter=Q(evidence__organisation=organisation))
    rows = indicators().annotate(counted=mine).filter(counted__gt=0)
    return list(rows.order_by("order", "code"))  # Meta.ordering holds for no query that groups
