from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import as_text
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..imports import Draft, read_questionnaire
from ..imports.responses import Reading, Table
from ..models import Consultation, DraftState, Incoming, Questionnaire, Response
from ..selectors import current_version, exchange as selectors
from ..selectors.illustrations import pictures
from ..structure import check_draft, pictures_in
from . import drafting
from .consultations import add_version, draw_up
from .illustrations import take_along
from .setups import code_for

IMPORTED = "imported"
LEAD, OPEN = 14, 30  # days until a consultation brought from a file opens, and how long it is open; to be changed


@transaction.atomic
def bring_questionnaire(upload, *, by, topic: int, consultation: Consultation | None = None) -> Incoming:
    """Keep a file that can be read until it is taken over or given up. Raises UnreadableError for others."""
    require(by, "consultations.import_questions", consultation or Consultation(topic_id=topic))
    read_questionnaire(upload.read(), upload.name)
    upload.seek(0)
    return Incoming.objects.create(
        person=by,
        consultation=consultation,
        topic_id=topic,
        kind=Incoming.Kind.QUESTIONNAIRE,
        name=upload.name[-200:],
        file=upload,
    )


def draft_of(brought: Incoming) -> Draft:
    with brought.file.open("rb") as file:
        draft = read_questionnaire(file.read(), brought.name)
    return with_pictures(draft, by=brought.person)


def with_pictures(draft: Draft, *, by) -> Draft:
    """Pictures a file names but does not hold come from what its bringer may read, or are told as lacking."""
    wanted = pictures_in(draft.structure)
    draft.drop_pictures(
        set(pictures(by).filter(sha256__in=wanted).values_list("sha256", flat=True)) if wanted else set()
    )
    return draft


@transaction.atomic
def take_questionnaire(brought: Incoming, *, by) -> Consultation:
    """A consultation in preparation, or the next version of the one it was brought to, not yet published."""
    brought = Incoming.objects.select_for_update().get(pk=brought.pk, person=by)
    place = brought.consultation or Consultation(topic_id=brought.topic_id)
    require(by, "consultations.import_questions", place)
    draft = draft_of(brought)
    if brought.consultation:
        made = brought.consultation
        version = into_draft(made, draft.structure, by=by)
        take_along(made, draft.structure, by=by, brought=draft.pictures)
    else:
        made = drawn_up(draft, brought.topic_id, by=by, name=brought.name)
        version = made.versions.get()
    audit.record("consultations.questions_imported", made, by=by, version=version.pk)
    drop(brought)
    return made


def into_draft(consultation: Consultation, structure: dict, *, by) -> Questionnaire:
    """There is one draft at most: what is brought becomes its next state, and approvals of it end."""
    held = consultation.versions.select_for_update().filter(published_at=None).last()
    if held is None:
        return add_version(consultation, structure)
    check_draft(structure)
    return drafting.put(held, structure, DraftState.Deed.BROUGHT, by=by)


def drawn_up(draft: Draft, topic: int, *, by=None, name: str = "", opens: datetime | None = None) -> Consultation:
    begin = opens or timezone.now() + timedelta(days=LEAD)
    made = draw_up(
        draft.structure,
        by=by,
        code=code_for(as_text(draft.title).localise("en").text or name),
        topic_id=topic,
        title={code: text[:300] for code, text in draft.title.items()},
        summary=draft.summary or draft.title,
        languages=list(as_text(dict.fromkeys(draft.languages, "x"))),
        opens_at=begin,
        closes_at=begin + timedelta(days=OPEN),
    )
    take_along(made, draft.structure, by=by, brought=draft.pictures)
    return made


def purge(before: datetime) -> int:
    old = list(Incoming.objects.filter(made_at__lt=before))
    for brought in old:
        drop(brought)
    return len(old)


def drop(brought: Incoming) -> None:
    """The file goes when all else is settled."""
    stored, name = brought.file.storage, str(brought.file.name)
    brought.delete()
    transaction.on_commit(lambda: stored.delete(name))


def files_of(person) -> list[tuple[str, FieldFile]]:
    return [(f"incoming/{row.pk}-{row.name}", row.file) for row in Incoming.objects.filter(person=person)]


@transaction.atomic
def bring_answers(upload, consultation: Consultation, *, by) -> Incoming:
    """Keep a table of answers until it is taken over or given up. Raises UnreadableError for what is none."""
    require(by, "consultations.import_answers", consultation)
    Reading(current_version(consultation)).read(upload.read())
    upload.seek(0)
    return Incoming.objects.create(
        person=by,
        consultation=consultation,
        topic_id=consultation.topic_id,
        kind=Incoming.Kind.ANSWERS,
        name=upload.name[-200:],
        file=upload,
    )


def table_of(brought: Incoming) -> Table:
    with brought.file.open("rb") as file:
        return Reading(current_version(selectors.place_of(brought))).read(file.read())


@transaction.atomic
def take_answers(brought: Incoming, *, by) -> int:
    """All answers of a table or none; they are marked as imported and say nothing of who brought them."""
    brought = Incoming.objects.select_for_update().get(pk=brought.pk, person=by)
    consultation = selectors.place_of(brought)
    require(by, "consultations.import_answers", consultation)
    table, version = table_of(brought), current_version(consultation)
    if table.problems:
        raise ValidationError(_("Answers that do not fit cannot be taken over."))
    today = platform_day()
    made = [
        Response(
            questionnaire=version,
            language=row.language,
            audience=row.audience,
            channel=IMPORTED,
            answers=row.answers,
            day=row.day or today,
            publication=row.publication,
            name=row.name,
        )
        for row in table.rows
    ]
    Response.objects.bulk_create(sorted(made, key=lambda row: row.pk))
    audit.record("consultations.answers_imported", consultation, by=by, number=len(made))
    drop(brought)
    return len(made)
