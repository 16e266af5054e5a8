from datetime import datetime
from tempfile import TemporaryFile

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import interface_code
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs

from ..exports import FORMATS, Answers
from ..models import AnswerExport, Consultation


@transaction.atomic
def ask(consultation: Consultation, *, by, **wanted) -> AnswerExport:
    """`wanted` are format, language, labels, mark and people."""
    require(by, "consultations.export", consultation)
    if wanted.get("people"):
        require(by, "consultations.export_people", consultation)
    if reason := withheld(consultation):
        raise ValidationError(reason)
    made = AnswerExport.objects.create(consultation=consultation, person=by, **wanted)
    jobs.start("consultations.export", by=by, export=made.pk)
    audit.record("consultations.exported", consultation, by=by, export=made.pk, format=made.format, people=made.people)
    return made


def withheld(consultation: Consultation) -> str:
    """Why there is no file yet: two files of a day on which one answer came would tell whose it is."""
    is_anonymous = consultation.mode == Consultation.Mode.ANONYMOUS
    if is_anonymous and consultation.state == Consultation.State.OPEN and not consultation.is_demonstration:
        return _(
            "The consultation is anonymous and still open. Files taken before and after somebody answered would tell her "
            "answers, so there are none until it is closed."
        )
    return ""


def build(run, export: int) -> dict[str, int]:
    """The job: the file is written to disk and kept with the request for it."""
    found = AnswerExport.objects.select_related("consultation__topic").get(pk=export)
    wanted = {name: getattr(found, name) for name in ("language", "labels", "mark", "people")}
    answers = Answers(found.consultation, **wanted, told=run.progress)
    kind = FORMATS[found.format]
    with TemporaryFile() as made, override(interface_code(found.language)):
        kind.write(answers, made)
        with run.writing():
            found.file.save(f"{found.pk}.{kind.ending}", File(made))
    return {"bytes": found.file.size}


def file_name(export: AnswerExport) -> str:
    kind = FORMATS[export.format]
    said = f"-{export.language}" if export.labels and kind.labelled else ""
    described = "" if kind.ending == kind.code else f"-{kind.code}"
    return f"{export.consultation.code}{described}{said}.{kind.ending}"


def purge(before: datetime) -> int:
    old = list(AnswerExport.objects.filter(asked_at__lt=before))
    for export in old:
        if export.file:
            export.file.delete(save=False)
        export.delete()
    return len(old)
