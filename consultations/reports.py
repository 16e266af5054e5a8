"""Reports of results as files: made by a job, kept with the figures, filed with the record once these are published."""

import io
import zipfile
from collections.abc import Collection
from importlib import import_module
from importlib.util import find_spec

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, override

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.codes import interface_code
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from repository import services as repository
from repository.models import Record
from repository.selectors import record_about

from .models import Consultation, ResultReport, ResultSet
from .paper import parts, title_of
from .selectors import LABEL

FORMS = tuple(ResultReport.Form.values)
KIND = "consultations.report"
EXPORTS = "consultations.exports"


@transaction.atomic
def ask(consultation: Consultation, language: str, *, by) -> Job:
    """The desk wants to read the report in a language before anything is published."""
    require(by, "consultations.publish_results", consultation)
    results = consultation.results.first()
    if results is None or language not in consultation.languages:
        raise ValidationError(_("There is no report in this language."))
    audit.record("consultations.report_asked", consultation, by=by, results=results.pk, language=language)
    return jobs.start(KIND, by=by, results=results.pk, languages=[language])


def ask_all(results: ResultSet, *, by, languages: Collection[str] = ()) -> Job:
    """At publication: in every language, or only in some, of what is published and nothing else."""
    results.reports.all().delete()
    wanted = list(languages or results.consultation.languages)
    return jobs.start(KIND, by=by, results=results.pk, languages=wanted)


def make(run, results: int, languages: list[str]) -> dict[str, int]:
    """The job. What was made before a publication has no place after it."""
    found = ResultSet.objects.select_related("consultation__topic", "questionnaire").get(pk=results)
    left_out, was_published = found.left_out, found.published_at
    wanted, made = [(language, form) for language in languages for form in FORMS], []
    for number, (language, form) in enumerate(wanted):
        run.progress(number, len(wanted), _("Writing the report"))
        made.append((language, form, written(found, language, form)))
    package = open_data_of(found.consultation) if was_published else b""
    with run.writing():
        found.refresh_from_db(fields=["left_out", "published_at"])
        if (left_out, was_published) != (found.left_out, found.published_at):
            return {"reports": 0}
        for language, form, content in made:
            stored = files.keep(io.BytesIO(content), f"report.{form}")
            found.reports.update_or_create(language=language, form=form, defaults={"file": stored})
        if found.published_at:
            file_with_record(found, package)
        audit.record("consultations.report_made", found.consultation, results=found.pk, languages=languages)
    return {"reports": len(made)}


def written(results: ResultSet, language: str, form: str) -> bytes:
    with override(interface_code(language)):
        return paper(form, title_of(results), parts(results), language)


def file_with_record(results: ResultSet, package: bytes) -> None:
    """The record of published results holds their reports, and the open data where they could be made."""
    record = record_about(LABEL, results.consultation_id)
    if record is None:
        return
    code = results.consultation.code
    for report in results.reports.select_related("file"):
        with report.file.content.open("rb") as content:
            name = f"report-{code}-{report.language}.{report.form}"
            repository.attach(record, io.BytesIO(content.read()), name, report.language)
    if package:
        attach_open_data(record, package)
    with override("en"):
        repository.keep_version(record, _("Reports and open data were added."))


def open_data_of(consultation: Consultation) -> bytes:
    """The package of open data, nothing where the program has none to make; it takes longer than anybody may write."""
    return import_module(EXPORTS).open_data(consultation) if find_spec(EXPORTS) else b""


def attach_open_data(record: Record, package: bytes) -> None:
    """File by file."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            repository.attach(record, io.BytesIO(archive.read(name)), name.rpartition("/")[2], "en")
