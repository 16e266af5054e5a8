from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.people.members.selectors import acts_for

from ..models import Figure, Period, Pilot, Report
from ..selectors import reports as selectors
from .pilots import demand_distance

State = Report.State


@transaction.atomic
def begin(pilot: Pilot, period: Period, *, by) -> Report:
    """Begin the report of a period, or go on with the one that exists: there is one."""
    require(by, "pilots.begin_report", pilot)
    if period.begins > platform_day():
        raise ValidationError(_("This period has not begun yet."))
    if not selectors.ran_in(pilot, period):
        raise ValidationError(_("The pilot action did not run in this period."))
    made, new = Report.objects.get_or_create(pilot=pilot, period=period)
    if new:
        audit.record("pilots.report_begun", made, by=by)
    return made


def locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("pilot__scheme", "pilot__lead", "period")
    return rows.get(pk=report.pk)


@transaction.atomic
def keep(
    report: Report,
    *,
    by,
    narrative: str,
    problems: str,
    values: Mapping[int, Decimal | None],
    uploads: Mapping[int, Any] | None = None,
) -> Report:
    """`values` are what the period added, by indicator; `uploads` are files that show it."""
    report = locked(report)
    require(by, "pilots.write_report", report)
    report.narrative, report.problems = narrative, problems
    report.full_clean()
    report.save()
    known = {one.pk for one in report.pilot.indicators.all()}
    for pk in known & values.keys():
        told: dict[str, Any] = {"value": values[pk]}
        if upload := (uploads or {}).get(pk):
            told |= {"file": files.keep(upload, upload.name, by=by), "file_name": upload.name}
        Figure.objects.update_or_create(report=report, indicator_id=pk, defaults=told)
    audit.record("pilots.report_kept", report, by=by)
    return report


@transaction.atomic
def submit(report: Report, *, by) -> Report:
    """Complete: a narrative, and a figure for every indicator, be it nought."""
    report = locked(report)
    require(by, "pilots.write_report", report)
    problems = {}
    if not report.narrative.strip():
        problems["narrative"] = _("Please tell what was done.")
    told = set(report.figures.exclude(value=None).values_list("indicator", flat=True))
    for one in report.pilot.indicators.all():
        if one.pk not in told:
            problems[f"value_{one.pk}"] = _("Please give what this period added; 0 where it was nothing.")
    if problems:
        raise ValidationError(problems)
    if report.period.ends >= platform_day() and report.pilot.state == Pilot.State.RUNNING:
        raise ValidationError(_("The period is not over yet. What you wrote is kept."))
    report.state, report.submitted_on, report.submitted_by = State.SUBMITTED, platform_day(), by
    report.remark = ""
    report.save()
    audit.record("pilots.report_submitted", report, by=by)
    return report


def reviewed(report: Report, state: str, *, by) -> None:
    report.state, report.reviewed_on, report.reviewed_for = state, platform_day(), acts_for(by.pk)
    report.save()


@transaction.atomic
def return_it(report: Report, reason: str, *, by) -> Report:
    report = locked(report)
    require(by, "pilots.review_report", report)
    check_apart(report, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    report.remark = reason.strip()
    reviewed(report, State.RETURNED, by=by)
    audit.record("pilots.report_returned", report, by=by)
    return report


def check_apart(report: Report, by) -> None:
    if report.submitted_by_id == by.pk:
        raise ValidationError(_("You submitted this report: somebody else reviews it."))
    demand_distance(report.pilot, by)


@transaction.atomic
def accept(report: Report, *, by) -> Report:
    """Frozen from now on, with what was reported before it; reports are accepted in the order of their periods."""
    report = locked(report)
    require(by, "pilots.review_report", report)
    check_apart(report, by)
    earlier = Report.objects.filter(pilot=report.pilot_id, period__number__lt=report.period.number)
    if earlier.exclude(state=State.ACCEPTED).exists():
        raise ValidationError(_("An earlier report of this pilot action is not accepted yet."))
    if Report.objects.filter(
        pilot=report.pilot_id, period__number__gt=report.period.number, state=State.ACCEPTED
    ).exists():
        raise ValidationError(_("A later report of this pilot action is accepted already, on other figures."))
    before = selectors.previous_of(report)
    for figure in report.figures.all():
        figure.previous = before.get(figure.indicator_id, Decimal(0))
        figure.save(update_fields=["previous"])
    reviewed(report, State.ACCEPTED, by=by)
    audit.record("pilots.report_accepted", report, by=by)
    return report


def remind() -> int:
    """Begin the reports that are due within two weeks, and tell the leads once."""
    found = selectors.to_remind(platform_day())
    for pilot, period in found:
        with transaction.atomic():
            report, _new = Report.objects.get_or_create(pilot=pilot, period=period)
            Report.objects.filter(pk=report.pk).update(is_reminded=True)
            audit.record("pilots.report_due", report)
    return len(found)
