"""The report of a period: narratives by partners, figures frozen with their evidence, approved once and for all."""

import hashlib
import json
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES, active_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.materials.jobs.selectors import latest
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acts_for

from ..models import Evidence, Figure, FrozenEntry, Indicator, Narrative, Period, PeriodReport
from ..selectors.evidence import lines

State = PeriodReport.State
FREEZE, FILES = "monitoring.freeze", "monitoring.report_files"
LANGUAGES = CODES  # in which the files of a report are made
AT_ONCE = 500
TOLD = (
    "number",
    "day",
    "title",
    "address",
    "organisation",
    "countries",
    "topics",
    "stages",
    "personal",
    "is_self_declared",
)


@transaction.atomic
def begin(period: Period, *, by) -> PeriodReport:
    """A second click finds the first report."""
    require(by, "monitoring.make_report")
    period = Period.objects.select_for_update().get(pk=period.pk)
    if held := PeriodReport.objects.filter(period=period).first():
        return held
    if not period.has_days:
        raise ValidationError(_("Please set the days of the period first."))
    made = PeriodReport.objects.create(period=period)
    share(made)
    audit.record("monitoring.report_begun", made, by=by)
    return made


def share(report: PeriodReport) -> None:
    access.set_audience(report, {PUBLIC} if report.state == State.APPROVED else {MEMBERS, "role:lead_partner"})


def locked(report: PeriodReport) -> PeriodReport:
    return PeriodReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)


@transaction.atomic
def introduce(report: PeriodReport, text: str, *, by) -> PeriodReport:
    found = locked(report)
    require(by, "monitoring.make_report", found)
    require_open(found)
    found.introduction = text
    found.clean_fields()
    found.save(update_fields=["introduction"])
    audit.record("monitoring.report_changed", found, by=by)
    return found


def require_open(report: PeriodReport) -> None:
    if report.state != State.OPEN:
        raise ValidationError(_("The figures are frozen; the report has to be opened again first."))


@transaction.atomic
def tell(report: PeriodReport, organisation: Organisation, text: str, *, by) -> Narrative:
    found = locked(report)
    held = found.narratives.filter(organisation=organisation).first()
    narrative = held or Narrative(report=found, organisation=organisation)
    narrative.report = found
    require(by, "monitoring.write_narrative", narrative)
    narrative.text, narrative.language = text, active_code()
    narrative.written_by, narrative.written_on = by, platform_day()
    narrative.clean_fields(exclude=["report"])
    narrative.save()
    audit.record("monitoring.report_changed", found, by=by, organisation=organisation.pk)
    return narrative


@transaction.atomic
def ask_freeze(report: PeriodReport, *, by) -> Job:
    found = locked(report)
    require(by, "monitoring.make_report", found)
    require_open(found)
    audit.record("monitoring.freeze_asked", found, by=by)
    return jobs.start(FREEZE, by=by, report=found.pk)


def freeze(run, report: int) -> dict[str, int]:
    """The job: copies figures and evidence as they stand, some hundred entries at a time, in one transaction."""
    with run.writing():
        found = PeriodReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report)
        if found.state != State.OPEN:
            return {"entries": 0}
        found.figures.all().delete()
        keep_names(found)
        entries = sum(freeze_figure(found, indicator) for indicator in Indicator.objects.select_related("period"))
        found.state, found.frozen_at, found.digest = State.FROZEN, timezone.now(), digest_of(found)
        found.save(update_fields=["state", "frozen_at", "digest"])
        audit.record("monitoring.report_frozen", found, digest=found.digest)
    return {"entries": entries}


def keep_names(report: PeriodReport) -> None:
    """Of the partners that told something, as they are called on this day."""
    rows = list(report.narratives.select_related("organisation"))
    for row in rows:
        row.called = row.organisation.name
    Narrative.objects.bulk_update(rows, ["called"])


def freeze_figure(report: PeriodReport, indicator: Indicator) -> int:
    figure = Figure.objects.create(
        report=report,
        indicator=indicator,
        name=indicator.name,
        unit=indicator.unit,
        baseline=indicator.baseline,
        target=indicator.target,
        due=indicator.period.code if indicator.period else "",
        value=0,
        in_period=0,
    )
    for rows in in_batches(indicator, report.period):
        told = guest_lines(rows)
        made = [
            entry(figure, figure.value + place, row, told.get((row.thing, row.object_id)))
            for place, row in enumerate(rows, start=1)
        ]
        FrozenEntry.objects.bulk_create(made)
        figure.value += len(made)
        figure.in_period += sum(row.day >= report.period.begins for row in rows)  # type: ignore[operator]
    figure.save(update_fields=["value", "in_period"])
    return figure.value


def in_batches(indicator: Indicator, period: Period) -> Iterator[list[Evidence]]:
    """Entries until the end of the period, by key, so that no order tells when an answer came."""
    rows = indicator.evidence.filter(day__lte=period.ends).select_related("organisation").order_by("key")
    last = ""
    while batch := list(rows.filter(key__gt=last)[:AT_ONCE]):
        yield batch
        last = batch[-1].key


def guest_lines(rows: list[Evidence]) -> dict[tuple[str, int], tuple]:
    """Title and address of what everybody may see."""
    things: dict[str, set[int]] = {}
    for row in rows:
        if not row.personal:
            things.setdefault(row.thing, set()).add(row.object_id)
    return {
        (label, pk): line for label, pks in things.items() for pk, line in lines(AnonymousUser(), label, pks).items()
    }


def entry(figure: Figure, number: int, row: Evidence, told: tuple | None) -> FrozenEntry:
    made = FrozenEntry(
        figure=figure,
        number=number,
        day=row.day,
        countries=row.countries,
        personal=row.personal,
        is_self_declared=row.is_self_declared,
    )
    if told is not None:
        title, made.address, _kind = told
        made.title = title if hasattr(title, "stored") else as_text(str(title))
        made.organisation = str(row.organisation or "")
        made.topics, made.stages = row.topics, row.stages
    return made


def digest_of(report: PeriodReport) -> str:
    """Of everything it says, entry by entry."""
    found = hashlib.sha256()

    def add(*told) -> None:
        found.update(json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode() + b"\n")

    add(report.period.code, report.period.begins, report.period.ends, report.introduction)
    for row in report.narratives.order_by("organisation"):
        add(row.organisation_id, row.called.stored(), row.text, row.language)
    for figure in report.figures.order_by("indicator"):
        texts = (figure.name.stored(), figure.unit.stored())
        add(figure.indicator_id, *texts, figure.baseline, figure.target, figure.due, figure.value, figure.in_period)
        for row in figure.entries.order_by("number").iterator(AT_ONCE):
            add(*(str(value.stored() if name == "title" else value) for name in TOLD for value in [getattr(row, name)]))
    return found.hexdigest()


@transaction.atomic
def reopen(report: PeriodReport, *, by) -> PeriodReport:
    """Before it is approved: what was frozen is dropped, and frozen anew later."""
    found = locked(report)
    require(by, "monitoring.make_report", found)
    if found.state == State.OPEN:
        return found
    found.figures.all().delete()
    found.state, found.digest, found.frozen_at = State.OPEN, "", None
    found.save(update_fields=["state", "digest", "frozen_at"])
    audit.record("monitoring.report_reopened", found, by=by)
    return found


@transaction.atomic
def approve(report: PeriodReport, *, by, digest: str) -> PeriodReport:
    """What is approved is what was shown: its digest comes with the approval."""
    found = locked(report)
    require(by, "monitoring.approve_report", found)
    if digest != found.digest:
        raise ValidationError(_("The report was frozen anew since you opened this page. Please look again."))
    if found.period.ends >= platform_day():
        raise ValidationError(_("This period is not over: what happens until its last day belongs to it."))
    if platform_day(found.frozen_at) <= found.period.ends:
        raise ValidationError(
            _("The figures were frozen before the period was over. Please open the report again and freeze them anew.")
        )
    found.state, found.approved_on, found.approved_for = State.APPROVED, platform_day(), acts_for(by.pk)
    found.approver = found.approved_for.name if found.approved_for else {}
    found.save(update_fields=["state", "approved_on", "approved_for", "approver"])
    share(found)
    audit.record("monitoring.report_approved", found, by=by, digest=digest)
    jobs.start(FILES, by=by, report=found.pk, languages=list(LANGUAGES))
    return found


@transaction.atomic
def ask_files(report: PeriodReport, *, by) -> Job:
    """Its files in every language once more: in languages they were not made in, or after words were translated."""
    found = locked(report)
    require(by, "monitoring.file_report", found)
    held = latest(FILES, report=found.pk)
    if held and not held.is_over:
        return held
    audit.record("monitoring.files_asked", found, by=by)
    return jobs.start(FILES, by=by, report=found.pk, languages=list(LANGUAGES))
