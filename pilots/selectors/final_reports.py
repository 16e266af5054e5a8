"""Final reports of working groups, and what they are put together from."""

import hashlib
import json

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import visible
from platform_core.materials.jobs.models import Job
from workinggroups.models import WorkingGroup
from workinggroups.selectors.groups import groups

from ..models import FinalReport, ReportFile, ReportSection

LABEL = "pilots.finalreport"


def final_reports(user) -> QuerySet[FinalReport]:
    rows = FinalReport.objects.select_related("group__topic", "final_for", "record")
    return visible(rows, user)


def report_for(user, pk: int) -> FinalReport:
    return get_object_or_404(final_reports(user).prefetch_related("sections", "files__file"), pk=pk)


def listed(user) -> QuerySet[FinalReport]:
    """Those that are final, and those the reader's groups are writing."""
    return final_reports(user).order_by("group", "-pk")


def may_begin(user) -> list[WorkingGroup]:
    """The groups whose report a person may begin."""
    if not user.is_authenticated:
        return []
    return [one for one in groups(user) if user.has_perm("pilots.begin_final_report", one)]


def section_for(report: FinalReport, pk: int) -> ReportSection:
    return get_object_or_404(report.sections, pk=pk)


def files_for(user, report: FinalReport) -> QuerySet[ReportFile]:
    """Files of a draft are for those who write it; everybody else reads what was made from the final words."""
    rows = report.files.select_related("file")
    if user.is_authenticated and user.has_perm("pilots.write_final_report", report):
        return rows
    return rows.filter(sha256=digest(report))


def file_for(user, report: FinalReport, form: str) -> ReportFile:
    return get_object_or_404(files_for(user, report), form=form)


def digest(report: FinalReport) -> str:
    rows = report.sections.order_by("order", "pk").values_list("heading", "text")
    told = json.dumps([report.title, report.language, *map(list, rows)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_edited(section: ReportSection) -> bool:
    return bool(section.source) and section.assembled != hash_of(section.text)


def job_of(report: FinalReport) -> Job | None:
    return Job.objects.filter(pk=report.job).first() if report.job else None
