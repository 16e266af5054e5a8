from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.materials.files import services as files
from platform_core.materials.files.models import StoredFile
from platform_core.materials.files.sniffing import known_ending

from ..models import AnswerDraft, FileAnswer, Response
from ..questions.statements import ACCEPTED, MOST_MEGABYTES
from ..structure import questions

MEGABYTE = 2**20


def attach(draft: AnswerDraft, question: dict, upload) -> dict:
    """Keep the file handed in for a question, in place of the one before; gives the answer that names it.

    Raises ValidationError when it is too large, of another kind, or not what its name says.
    """
    most = question.get("max_mb") or MOST_MEGABYTES
    if upload.size > most * MEGABYTE:
        told = _("The file has %(size)s; at most %(most)s MB are taken.")
        raise ValidationError(told % {"size": filesizeformat(upload.size), "most": most})
    ending, taken = known_ending(upload.name), question.get("accept") or ACCEPTED
    if ending.lstrip(".") not in taken:
        raise ValidationError(
            _("Please hand in a file of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(taken)}
        )
    with transaction.atomic():
        AnswerDraft.objects.select_for_update().filter(pk=draft.pk).first()
        stored: StoredFile = files.keep(upload, upload.name, read=False)
        midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        StoredFile.objects.filter(pk=stored.pk).update(kept_at=midnight)
        detach(draft, question["code"])
        name = upload.name[-120:]
        FileAnswer.objects.create(draft=draft, question=question["code"], file=stored, name=name)
    return {"name": name, "sha256": stored.sha256, "size": stored.size}


def detach(draft: AnswerDraft, code: str) -> None:
    FileAnswer.objects.filter(draft=draft, question=code).delete()


def hand_over_files(draft: AnswerDraft, response: Response) -> None:
    """Files of questions that were hidden in the end go with the draft."""
    asked = {question["code"] for question in questions(draft.questionnaire.structure) if question["type"] == "file"}
    if handed := asked & response.answers.keys():
        FileAnswer.objects.filter(draft=draft, question__in=handed).update(draft=None, response=response)
