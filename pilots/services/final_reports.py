"""The final report of a group: put together, edited, made into files by a job, made final and filed."""

import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.wikitext import Part
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.people.members.selectors import acts_for
from repository import services as repository
from repository.creators import made_by_organisation
from repository.models import Record
from workinggroups.models import WorkingGroup

from ..assembly import assembled
from ..models import FinalReport, ReportFile, ReportSection
from ..selectors import final_reports as selectors

KIND = "pilots.final_report"
MOST_SECTIONS = 40


@transaction.atomic
def begin(group: WorkingGroup, title: str, language: str, *, by, key: str = "", **fields) -> FinalReport:
    require(by, "pilots.begin_final_report", group)
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if key and (held := FinalReport.objects.filter(group=group, key=key).first()):
        return held
    made = FinalReport(group=group, title=title, language=language, begun_by=by, key=key, **fields)
    made.begun_on = platform_day()
    made.full_clean(exclude=["key"])
    made.save()
    for order, (source, heading, text) in enumerate(assembled(group, language)):
        told = {"source": source, "order": order, "heading": heading, "text": text}
        made.sections.create(**told, assembled=selectors.hash_of(text))
    share(made)
    audit.record("pilots.final_report_begun", made, by=by)
    return made


def share(report: FinalReport) -> None:
    final = report.state == FinalReport.State.FINAL
    access.set_audience(report, {PUBLIC} if final else {report.scope, "role:lead_partner"})


def locked(report: FinalReport, by) -> FinalReport:
    found = FinalReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    require(by, "pilots.write_final_report", found)
    return found


@transaction.atomic
def assemble(report: FinalReport, *, by) -> list[str]:
    """Put together anew what nobody has edited; gives the headings of what stays as it was edited."""
    report = locked(report, by)
    sections = {section.source: section for section in report.sections.all() if section.source}
    left = []
    for source, _heading, text in assembled(report.group, report.language):
        section = sections.get(source)
        if section is None:
            continue
        if selectors.is_edited(section):
            left.append(section.heading)
        else:
            section.text, section.assembled = text, selectors.hash_of(text)
            section.save(update_fields=["text", "assembled"])
    audit.record("pilots.report_assembled", report, by=by)
    return left


@transaction.atomic
def write(report: FinalReport, section: ReportSection | None, heading: str, text: str, *, by) -> ReportSection:
    """Change a part, or add one at the end."""
    report = locked(report, by)
    if section is None:
        rows = report.sections.aggregate(last=Max("order"))
        if report.sections.count() >= MOST_SECTIONS:
            raise ValidationError(_("A report has %(n)s parts at most.") % {"n": MOST_SECTIONS})
        if held := report.sections.filter(source="", heading=heading, text=text).first():
            return held
        section = ReportSection(report=report, order=(rows["last"] or 0) + 1)
    section.heading, section.text = heading.strip(), text.strip()
    section.full_clean()
    section.save()
    audit.record("pilots.report_written", report, by=by, section=section.pk)
    return section


@transaction.atomic
def remove(report: FinalReport, section: ReportSection, *, by) -> None:
    report = locked(report, by)
    audit.record("pilots.report_section_removed", report, by=by, section=section.pk)
    section.delete()


@transaction.atomic
def ask_files(report: FinalReport, *, by) -> Job:
    """Its DOCX and PDF, by a job; the one under way where there is one."""
    report = locked(report, by)
    held = selectors.job_of(report)
    if held and held.state in (Job.State.WAITING, Job.State.RUNNING):
        return held
    audit.record("pilots.report_files_asked", report, by=by)
    return start(report, by=by)


def start(report: FinalReport, *, by) -> Job:
    job = jobs.start(KIND, by=by, report=report.pk)
    FinalReport.objects.filter(pk=report.pk).update(job=job.pk)
    return job


@transaction.atomic
def finalise(report: FinalReport, sha256: str, *, by) -> FinalReport:
    """Exactly what was read becomes final: it never changes again, and its files are filed in the repository."""
    report = FinalReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    require(by, "pilots.finalise_report", report)
    if selectors.digest(report) != sha256:
        raise ValidationError(_("It was changed since you opened this page. Please read it once more."))
    if bare := [section.heading for section in report.sections.all() if not section.text.strip()]:
        raise ValidationError(_("Not written yet: %(names)s.") % {"names": ", ".join(bare)})
    report.state, report.final_on = FinalReport.State.FINAL, platform_day()
    report.final_for = acts_for(by.pk)
    report.save()
    share(report)
    audit.record("pilots.report_final", report, by=by)
    start(report, by=by)
    return report


def make(job, report: int) -> dict[str, int]:
    """The job. What was changed while the files were made is made anew by whoever asks again."""
    found = FinalReport.objects.select_related("group__topic").filter(pk=report).first()
    if found is None:
        return {"files": 0}
    digest = selectors.digest(found)
    parts = [Part(section.text, section.heading) for section in found.sections.all()]
    made = {}
    for number, form in enumerate(ReportFile.Form.values):
        job.progress(number, len(ReportFile.Form.values), _("Writing the report"))
        made[form] = paper(form, found.title, parts, found.language)
    with job.writing():
        held = FinalReport.objects.select_for_update(of=("self",)).filter(pk=report).first()
        if held is None or selectors.digest(held) != digest:
            return {"files": 0}
        for form, content in made.items():
            stored = files.keep(io.BytesIO(content), f"report.{form}")
            held.files.update_or_create(form=form, defaults={"file": stored, "sha256": digest})
        audit.record("pilots.report_files_made", held)
        if held.state == FinalReport.State.FINAL and held.record_id is None:
            file_in_repository(held, made)
    return {"files": len(made)}


def file_in_repository(report: FinalReport, made: dict[str, bytes]) -> Record:
    first = report.sections.exclude(text="").first()
    summary = " ".join(first.text.split())[:1000] if first else report.title
    record = repository.deposit(
        code=f"final-report-{report.pk}",
        kind="report",
        title={report.language: report.title, "_source": report.language},
        summary={report.language: summary, "_source": report.language},
        topics=[report.group_id],
        terms={"cycle_stage": ["monitoring_evaluation"]},
        year=report.final_on.year,
        languages=[report.language],
        **made_by_organisation(f"ClusterPoliSEE, {report.group.topic.name['en']}"),
        is_demonstration=report.is_demonstration,
        about_thing=selectors.LABEL,
        about_id=str(report.pk),
    )
    for form, content in made.items():
        repository.attach(record, io.BytesIO(content), f"final-report-{report.pk}.{form}", report.language)
    report.record = repository.publish(record)
    report.save(update_fields=["record"])
    return report.record
