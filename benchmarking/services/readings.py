"""Reports of runs as files: made by a job, in every language, kept with the run."""

import io

from django.db import transaction
from django.utils.translation import gettext as _, override

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.codes import CODES, SOURCE, interface_code
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job

from ..models import Run, RunReport
from ..readings.paper import parts, title_of
from ..readings.workbook import workbook

KIND = "benchmarking.run_report"


@transaction.atomic
def ask(run: Run, *, by, languages: list[str] | None = None) -> Job:
    """The reports in some languages, or in all; what was made before is replaced."""
    require(by, "benchmarking.make_run_report", run)
    audit.record("benchmarking.run_report_asked", run, by=by)
    return begin(run, by=by, languages=languages)


def begin(run: Run, *, by=None, languages: list[str] | None = None) -> Job:
    return jobs.start(KIND, by=by, run=run.pk, languages=list(languages or CODES))


def write_published(run: Run, *, by=None) -> Job:
    """By whoever publishes a run, in the same transaction; an invented one in the source language alone."""
    return begin(run, by=by, languages=[SOURCE] if run.benchmark.is_demonstration else None)


def make(job, run: int, languages: list[str]) -> dict[str, int]:
    """The job. A run that was deleted or changed its state meanwhile gets no reports."""
    found = Run.objects.select_related("benchmark").filter(pk=run, state=Run.State.DONE).first()
    if found is None:
        return {"reports": 0}
    wanted, made = [(language, form) for language in languages for form in RunReport.Form.values], []
    for number, (language, form) in enumerate(wanted):
        job.progress(number, len(wanted), _("Writing the report"))
        made.append((language, form, written(found, language, form)))
    with job.writing():
        same = Run.objects.filter(pk=run, sha256=found.sha256, published_at=found.published_at)
        if not same.exists():
            return {"reports": 0}
        for language, form, content in made:
            stored = files.keep(io.BytesIO(content), f"report.{form}")
            found.reports.update_or_create(language=language, form=form, defaults={"file": stored})
        audit.record("benchmarking.run_report_made", found, languages=languages)
    return {"reports": len(made)}


def written(run: Run, language: str, form: str) -> bytes:
    with override(interface_code(language)):
        return workbook(run) if form == RunReport.Form.XLSX else paper(form, title_of(run), parts(run), language)
