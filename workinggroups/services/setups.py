import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _, override

from platform_core.ground.reports.papers import paper
from platform_core.ground.texts.codes import content_code, interface_code, tag
from platform_core.ground.texts.wikitext import Part
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.selectors import latest

from .. import concept, setup_text
from ..models import Call, ConceptPaper, Document, DocumentVersion, Folder, PageExport, SetUp, WorkingGroup
from ..selectors.documents import last_version
from . import documents


@transaction.atomic
def begin_concept(group: WorkingGroup, *, by, language: str) -> Document:
    """The group's concept paper, with a heading for each section; there is one in a group."""
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    held = ConceptPaper.objects.filter(group=group).select_related("document").first()
    if held is not None and held.document.trashed_on is None:
        return held.document
    with override(interface_code(language)):
        title = _("Concept paper of working group %(number)s") % {"number": group.pk}
    text = concept.template(language)
    made = documents.add(group, by=by, text=text, title=title, language=language, folder=concept_folder(group, by))
    ConceptPaper.objects.update_or_create(group=group, defaults={"document": made})
    return made


def concept_folder(group: WorkingGroup, by) -> Folder:
    name = _("Concept")
    found = group.folders.filter(parent=None, name=name).first()
    return found or documents.add_folder(group, name, by=by)


@transaction.atomic
def write_section(document: Document, code: str, body: str, *, by, base: str) -> DocumentVersion:
    """One section becomes part of the next version; what others changed elsewhere meanwhile stays."""
    if concept.HEADING.search(body):
        raise ValidationError({"text": _("Inside a section use headings with ###; ## begins the next one.")})
    started = documents.version_named(document, base) or last_version(document)
    text = concept.replaced(started.text, code, body, document.language)
    note = str(concept.section_named(code).heading)
    return documents.change(document, by=by, base=started.number, text=text, note=note)


# The set-up document


def write_set_up(run, call: int, person: int) -> dict[str, int]:
    """The job after a conclusion: the document, filed as a draft to be approved, and as PDF and DOCX."""
    found = Call.objects.select_related("group__topic").get(pk=call)
    by = User.objects.get(pk=person)
    with override(by.language), run.writing():
        document = file_set_up(found, by)
    for place, form in enumerate(PageExport.Format.values, 1):
        export = export_of(last_version(document), form)
        if not export.file:
            build(run, export.pk)
        run.progress(place, len(PageExport.Format.values))
    return {"document": document.pk}


def file_set_up(call: Call, by) -> Document:
    """Once: a second attempt of the job finds what the first has made."""
    held = SetUp.objects.select_for_update(of=("self",)).filter(call=call).select_related("document").first()
    if held is not None and held.document is not None:
        return held.document
    text = setup_text.text(call)
    seal = hashlib.sha256(text.encode()).hexdigest()
    title = _("Set-up document of working group %(number)s") % {"number": call.group_id}
    place = {"folder": concept_folder(call.group, by), "language": content_code(by.language)}
    document = documents.add(call.group, by=by, text=f"{text}\n{setup_text.sealed(seal)}\n", title=title, **place)
    SetUp.objects.update_or_create(call=call, defaults={"document": document, "seal": seal})
    audit.record("workinggroups.set_up_written", call, by=by, document=document.pk, seal=seal)
    return document


# Pages as files


def export_of(version: DocumentVersion, form: str) -> PageExport:
    export, _new = PageExport.objects.get_or_create(version=version, format=form)
    return export


@transaction.atomic
def ask_export(version: DocumentVersion, form: str, *, by) -> PageExport:
    """A page as a file; made once for each version, whoever asks. The caller has checked that the asker sees it."""
    export = export_of(version, form)
    if not export.file and not jobs_of(export):
        jobs.start("workinggroups.export", by=by, export=export.pk)
    return export


def jobs_of(export: PageExport) -> bool:
    job = latest("workinggroups.export", export=export.pk)
    return job is not None and not job.is_over


def build(run, export: int) -> dict[str, int]:
    found = PageExport.objects.select_related("version").get(pk=export)
    version = found.version
    content = paper(found.format, version.title, [Part(text=version.text)], tag(version.language))
    with run.writing():
        found.sha256 = hashlib.sha256(content).hexdigest()
        found.file.save(f"{found.pk}.{found.format}", ContentFile(content))
    return {"bytes": len(content)}


def file_name(export: PageExport) -> str:
    stem = slugify(export.version.title, allow_unicode=True) or str(export.version.document_id)
    return f"{stem[:80]}-{export.version.number}.{export.format}"
