from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary.days import platform_day

from ..models import Figure, Period, Pilot, PilotIndicator, Report
from .pilots import entered

REPORT = "pilots.report"
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Row:
    """An indicator in a report: what was reported before, what this period adds, and both together."""

    indicator: PilotIndicator
    previous: Decimal
    figure: Figure | None

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def cumulative(self) -> Decimal:
        return self.previous + (self.value or Decimal(0))


@dataclass(frozen=True)
class Due:
    """A period with its report; `can_begin` where there is none, and what it is about has begun."""

    period: Period
    report: Report | None
    can_begin: bool


def reports(user) -> QuerySet[Report]:
    rows = Report.objects.select_related("pilot__scheme__group", "pilot__lead", "period", "reviewed_for")
    return rows.filter(pilot__in=entered(user).values("pk"))


def report_for(user, pk: int) -> Report:
    """What is still being written is read by its writers alone."""
    found = get_object_or_404(reports(user), pk=pk)
    if found.submitted_on is None and not user.has_perm("pilots.write_report", found):
        raise Http404
    return found


def figure_for(user, pk: int) -> Figure:
    found = get_object_or_404(Figure.objects.exclude(file=None).select_related("file"), pk=pk)
    report_for(user, found.report_id)
    return found


def previous_of(report: Report) -> dict[int, Decimal]:
    """By indicator: the sum of what accepted reports of earlier periods added."""
    rows = Figure.objects.filter(report__pilot=report.pilot_id, report__state=Report.State.ACCEPTED)
    rows = rows.filter(report__period__number__lt=report.period.number)
    return {pk: told or Decimal(0) for pk, told in rows.values_list("indicator").annotate(Sum("value")).order_by()}


def rows_of(report: Report) -> list[Row]:
    """An accepted report gives what was kept with it, whatever came later."""
    held = {figure.indicator_id: figure for figure in report.figures.select_related("file")}
    frozen = report.state == Report.State.ACCEPTED
    before = {pk: figure.previous or Decimal(0) for pk, figure in held.items()} if frozen else previous_of(report)
    return [Row(one, before.get(one.pk, Decimal(0)), held.get(one.pk)) for one in report.pilot.indicators.all()]


def schedule(user, pilot: Pilot) -> list[Due]:
    """Every period of the guideline with the report of it the person may read."""
    held = {report.period_id: report for report in reports(user).filter(pilot=pilot)}
    may_write = user.has_perm("pilots.begin_report", pilot)
    found = []
    for period in pilot.scheme.periods.all():
        report = held.get(period.pk)
        shown = report if report and (report.submitted_on or may_write) else None
        found.append(Due(period, shown, may_write and report is None and ran_in(pilot, period)))
    return found


def period_for(pilot: Pilot, number: int) -> Period:
    return get_object_or_404(pilot.scheme.periods, number=number)


def to_remind(today: date) -> list[tuple[Pilot, Period]]:
    """Pilots whose report of a period they ran in is due within two weeks and not in yet."""
    begun = Pilot.objects.filter(state__in=["running", "finished"]).select_related("scheme")
    periods = Period.objects.filter(due_on__gte=today, due_on__lte=today + AHEAD)
    told = Report.objects.filter(Q(is_reminded=True) | Q(submitted_on__isnull=False))
    done = set(told.values_list("pilot_id", "period_id"))
    return [
        (pilot, period)
        for period in periods
        for pilot in begun.filter(scheme=period.scheme_id, begun_on__lte=period.ends)
        if ran_in(pilot, period) and (pilot.pk, period.pk) not in done
    ]


def late_of(organisations: Collection[int]) -> list[tuple[Pilot, Period]]:
    """Pilots these organisations lead, with each period they ran in whose report should have been in."""
    periods = Period.objects.filter(due_on__lt=platform_day())
    begun = Pilot.objects.filter(state__in=["running", "finished"], lead__in=organisations).select_related("scheme")
    found = begun.prefetch_related(Prefetch("scheme__periods", periods, to_attr="late_periods"))
    states = [Report.State.SUBMITTED, Report.State.ACCEPTED]
    told = Report.objects.filter(state__in=states, pilot__lead__in=organisations)
    done = set(told.values_list("pilot_id", "period_id"))
    return [
        (pilot, period)
        for pilot in found
        for period in pilot.scheme.late_periods
        if ran_in(pilot, period) and (pilot.pk, period.pk) not in done
    ]


def ran_in(pilot: Pilot, period: Period) -> bool:
    if pilot.begun_on is None or pilot.begun_on > period.ends:
        return False
    return period.begins <= (pilot.finished_on or platform_day())


def unreported(pilot: Pilot) -> list[Period]:
    """Periods it ran in of which no report is accepted."""
    rows = Report.objects.filter(pilot=pilot, state=Report.State.ACCEPTED)
    accepted = set(rows.values_list("period", flat=True))
    return [one for one in pilot.scheme.periods.all() if ran_in(pilot, one) and one.pk not in accepted]


def waiting(user) -> QuerySet[Report]:
    return reports(user).filter(state=Report.State.SUBMITTED).order_by("submitted_on", "pk")
