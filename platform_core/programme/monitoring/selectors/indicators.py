"""The indicators of the programme, how far each has come, and what each partner still owes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from platform_core.ground.registry.kinds import IndicatorRule
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Membership, Organisation, Tier

from ..models import Evidence, Indicator, PartnerTarget, Period
from .evidence import rule_of, self_declared, values

LABEL = "monitoring.indicator"
REFERENCE = Path(__file__).parent.parent / "reference" / "indicators.json"
UNCOUNTED = "no rule is declared yet; only evidence handed in counts"
HEAD = "| code | indicator | target | period | rule | what counts | once per | from when | confirmed by |"
LINE = "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
INTRODUCTION = """# Indicators of the programme

Every number is the length of a list that can be opened. Nobody types one in: rooms and apps declare what counts
(`IndicatorRule`), and the list is an index over their tables. After an event that a rule names, and every night, it is
compared with what the rule counts and changed where it differs; `manage.py rebuild_evidence` does the same by hand and
changes nothing when all is up to date. Evidence that no table of the platform tells is handed in with a file, for any
indicator, and counts once the lead partner approves it. Targets are due by the end of their period, whose days the lead
partner sets.

A *policy maker* is a person who acts for a regional or national authority. Who only says so in an answer is counted and
shown apart. People are shown to guests only as counts by country; countries with fewer than five are put together, and a
filter that would leave fewer is not used. Answers to consultations are never shown one by one, to anybody.

This page is written by `manage.py describe_indicators`; a test holds it to what the program declares.
"""


@dataclass(frozen=True)
class Owed:
    """What one partner has brought of an indicator, of what it owes."""

    organisation: Organisation
    value: int
    target: int

    @property
    def is_below(self) -> bool:
        return self.value < self.target

    @property
    def missing(self) -> int:
        return max(0, self.target - self.value)


@dataclass(frozen=True)
class Line:
    """An indicator with its value; `owed` is what partners owe of it, in the order of their names. `declared` is how many of
    its people only declared themselves, None where there are none or that would tell of a few.
    """

    indicator: Indicator
    value: int
    owed: Sequence[Owed] = field(default_factory=list)
    today: date = field(default_factory=platform_day)
    declared: int | None = None

    @property
    def rule(self) -> IndicatorRule | None:
        return rule_of(self.indicator.rule)

    @property
    def below(self) -> list[Owed]:
        return [one for one in self.owed if one.is_below]

    @property
    def state(self) -> str:
        """`uncounted` where no rule counts it, `open` without a target, else `reached`, `late` or `under_way`."""
        if self.rule is None:
            return "uncounted"
        if self.indicator.target is None:
            return "open"
        if self.value >= self.indicator.target:
            return "reached"
        period = self.indicator.period
        return "late" if period and period.ends and period.ends < self.today else "under_way"


def indicators() -> QuerySet[Indicator]:
    """Everybody reads them; what stands behind them is opened thing by thing."""
    return Indicator.objects.select_related("period", "owner")


def everyones(user) -> QuerySet[Indicator]:
    return indicators()


def indicator_for(code: str) -> Indicator:
    return get_object_or_404(indicators(), code=code)


def periods() -> QuerySet[Period]:
    return Period.objects.all()


def period_for(code: str) -> Period:
    return get_object_or_404(Period, code=code)


def full_members(day: date | None = None) -> QuerySet[Organisation]:
    held = Membership.objects.on(day or platform_day()).filter(tier=Tier.FULL)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def programme(*, kind: str = "", period: str = "") -> list[Line]:
    """All indicators with their values; the same number of queries however many entries there are."""
    rows = indicators()
    rows = rows.filter(kind=kind) if kind else rows
    found = list(rows.filter(period__code=period) if period else rows)
    counts, owed, declared = values(), all_owed(found), self_declared()
    return [Line(one, counts.get(one.pk, 0), owed.get(one.pk, []), declared=declared.get(one.pk)) for one in found]


def line(indicator: Indicator) -> Line:
    owed = all_owed([indicator]).get(indicator.pk, [])
    return Line(indicator, indicator.evidence.count(), owed, declared=self_declared().get(indicator.pk))


def all_owed(found: Iterable[Indicator]) -> dict[int, list[Owed]]:
    """By indicator, for those of which partners owe anything."""
    found = list(found)
    own = targets_of(found)
    asked = [one for one in found if one.partner_target is not None or own.get(one.pk)]
    if not asked:
        return {}
    partners = {partner.pk: partner for partner in full_members()}
    partners |= named_partners(own, partners)
    brought = brought_by(asked)
    return {one.pk: owed_of(one, partners, own.get(one.pk, {}), brought) for one in asked}


def named_partners(own: Mapping[int, Mapping[int, int]], known: Mapping[int, Organisation]) -> dict[int, Organisation]:
    others = {partner for targets in own.values() for partner in targets} - set(known)
    return Organisation.objects.in_bulk(others) if others else {}


def targets_of(found: Sequence[Indicator]) -> dict[int, dict[int, int]]:
    own: dict[int, dict[int, int]] = {}
    for row in PartnerTarget.objects.filter(indicator__in=[one.pk for one in found]):
        own.setdefault(row.indicator_id, {})[row.organisation_id] = row.target
    return own


def brought_by(found: Sequence[Indicator]) -> dict[tuple[int, int], int]:
    rows = Evidence.objects.filter(indicator__in=[one.pk for one in found], organisation__isnull=False)
    counts = rows.order_by().values_list("indicator", "organisation").annotate(Count("pk"))
    return {(indicator, partner): count for indicator, partner, count in counts}


def owed_of(
    indicator: Indicator,
    partners: Mapping[int, Organisation],
    own: Mapping[int, int],
    brought: Mapping[tuple[int, int], int],
) -> list[Owed]:
    members = dict.fromkeys(partners, indicator.partner_target) if indicator.partner_target is not None else {}
    found = [
        Owed(partners[pk], brought.get((indicator.pk, pk), 0), target)
        for pk, target in {**members, **own}.items()
        if target
    ]
    return sorted(found, key=lambda one: one.organisation.sort_name)


def described() -> str:
    """The page docs/indicators.md, from what the program declares; in English, as the documents are."""
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))["indicators"]
    with override("en"):
        parts = [INTRODUCTION]
        for kind, name in Indicator.Kind.choices:
            rows = [described_row(row) for row in told if row["kind"] == kind]
            parts.append("\n".join([f"## {name}\n", HEAD, LINE, *rows]) + "\n")
        return "\n".join(parts)


def described_row(row: Mapping[str, Any]) -> str:
    rule, target = rule_of(row["rule"]), row.get("target", "–")
    cells = [row["code"], row["name"]["en"], target, row.get("period", "–"), f"`{row['rule']}`"]
    if rule is None:
        return "| " + " | ".join(map(str, [*cells, UNCOUNTED, "–", "–", "–"])) + " |"
    return "| " + " | ".join(map(str, [*cells, rule.name, rule.once_per, rule.event, rule.confirmed_by])) + " |"
