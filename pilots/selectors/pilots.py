"""Pilot actions: who reads them, who works on them, and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.exchange.assessment.models import Assessment, Evaluation
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import keys_of, require, visible

from ..models import Figure, Milestone, Pilot, PilotChange, PilotIndicator, Report, Risk

PILOT, CHANGE, MILESTONE, INDICATOR = (
    "pilots.pilot",
    "pilots.pilotchange",
    "pilots.milestone",
    "pilots.pilotindicator",
)
EVALUATION = "pilots.evaluation"
PUBLIC_STATES = ("running", "finished", "evaluated")


@dataclass(frozen=True)
class Line:
    """An indicator of a pilot with what each accepted report added, by number of period; `reached` is the sum."""

    indicator: PilotIndicator
    by_period: dict[int, Decimal | None]

    @property
    def reached(self) -> Decimal:
        return sum((value for value in self.by_period.values() if value is not None), Decimal(0))

    @property
    def actual(self) -> Decimal:
        return self.indicator.baseline + self.reached


def pilots(user) -> QuerySet[Pilot]:
    return visible(Pilot.objects.select_related("scheme__group__topic", "lead", "topic", "region__country"), user)


def pilot_for(user, pk: int) -> Pilot:
    return get_object_or_404(pilots(user).prefetch_related("partners", "milestones", "indicators"), pk=pk)


def listed(user, *, topic: str = "", country: str = "", region: str = "", state: str = "") -> QuerySet[Pilot]:
    """What has begun, the newest first."""
    rows = pilots(user).filter(state__in=PUBLIC_STATES)
    if topic.isdecimal():
        rows = rows.filter(topic=int(topic))
    if country:
        rows = rows.filter(region__country=country)
    if region:
        rows = rows.filter(region__code=region)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-begun_on", "-pk")


def entered(user) -> QuerySet[Pilot]:
    """Pilots whose workspace a person reads: of the lead, the partners, the group's leader, the lead partner, evaluators."""
    rows, keys = Pilot.objects.select_related("scheme__group__topic", "lead", "topic", "region__country"), keys_of(user)
    if "role:lead_partner" in keys:
        return rows
    organisations = [int(key[4:]) for key in keys if key.startswith("org:") and key[4:].isdecimal()]
    stem = "role:wg_leader@group:"
    groups = [int(key[len(stem) :]) for key in keys if key.startswith(stem) and key[len(stem) :].isdecimal()]
    own = Q(lead__in=organisations) | Q(scheme__group__in=groups)
    joined = Pilot.partners.through.objects.filter(organisation__in=organisations).values("pilot")
    return rows.filter(own | Q(pk__in=joined) | Q(pk__in=evaluated_by(user)))


def evaluated_by(user) -> QuerySet:
    """Primary keys of pilots a person is asked to evaluate and has not stepped back from."""
    asked = Evaluation.objects.filter(evaluator=user.pk, evaluator__isnull=False)
    asked = asked.exclude(state=Evaluation.State.CONFLICT)
    rows = Assessment.objects.filter(kind=EVALUATION, thing=PILOT, evaluations__in=asked)
    return rows.exclude(state=Assessment.State.ABANDONED).values("object_id")


def workspace_for(user, pk: int) -> Pilot:
    found = get_object_or_404(entered(user).prefetch_related("partners", "milestones", "indicators", "risks"), pk=pk)
    require(user, "pilots.enter_pilot", found)
    return found


def own(user) -> QuerySet[Pilot]:
    """Pilots a person works on or looks after, the unfinished first."""
    rows = entered(user).annotate(waiting=Count("reports", filter=Q(reports__state="submitted")))
    return rows.order_by("evaluated_on", "-pk")


def milestones_seen(user) -> QuerySet[Milestone]:
    return Milestone.objects.select_related("pilot").filter(pilot__in=pilots(user).values("pk"))


def milestone_for(user, pk: int) -> Milestone:
    rows = Milestone.objects.select_related("pilot__scheme").filter(pilot__in=entered(user).values("pk"))
    return get_object_or_404(rows, pk=pk)


def indicators_seen(user) -> QuerySet[PilotIndicator]:
    return PilotIndicator.objects.select_related("pilot").filter(pilot__in=pilots(user).values("pk"))


def indicator_for(user, pk: int) -> PilotIndicator:
    rows = PilotIndicator.objects.select_related("pilot__scheme").filter(pilot__in=entered(user).values("pk"))
    return get_object_or_404(rows, pk=pk)


def risk_for(user, pk: int) -> Risk:
    rows = Risk.objects.select_related("pilot__scheme").filter(pilot__in=entered(user).values("pk"))
    return get_object_or_404(rows, pk=pk)


def still_open(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    return milestones.filter(done_on=None, dropped_on=None)


def ended_early(pilots: QuerySet[Pilot]) -> QuerySet[Pilot]:
    """Those whose early end was granted."""
    return pilots.filter(changes__kind=PilotChange.Kind.END, changes__state=PilotChange.State.GRANTED)


def changes_seen(user) -> QuerySet[PilotChange]:
    rows = PilotChange.objects.select_related("pilot__scheme", "milestone", "organisation")
    return rows.filter(pilot__in=entered(user).values("pk"))


def lines(pilot: Pilot) -> list[Line]:
    """Every indicator with what accepted reports say, by period."""
    return lines_of([pilot]).get(pilot.pk, [])


def lines_of(found: Iterable[Pilot]) -> dict[int, list[Line]]:
    """The same for many pilots at the cost of one."""
    figures = Figure.objects.filter(report__state=Report.State.ACCEPTED).select_related("report__period")
    rows = PilotIndicator.objects.filter(pilot__in=[pilot.pk for pilot in found])
    told: dict[int, list[Line]] = {}
    for indicator in rows.prefetch_related(Prefetch("figures", figures)):
        by_period = {figure.report.period.number: figure.value for figure in indicator.figures.all()}
        told.setdefault(indicator.pilot_id, []).append(Line(indicator, dict(sorted(by_period.items()))))
    return told


def hindrances(pilot: Pilot) -> list[str]:
    """What a pilot lacks before it can begin, as codes."""
    lacking = []
    for name in ("milestones", "indicators", "risks"):
        if not getattr(pilot, name).exists():
            lacking.append(name)
    return lacking


def is_late(milestone: Milestone) -> bool:
    return milestone.is_open and milestone.due_on < platform_day()
