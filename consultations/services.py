import json
from datetime import timedelta
from secrets import token_urlsafe

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import active_code
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import hash_secret, require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job
from platform_core.materials.languages.services import note_translations

from . import structure as questionnaire
from .models import AnswerDraft, Consultation, Participation, Questionnaire, Response, random_key

SIGNER = Signer(salt="consultations.receipt")


class GoneError(Exception):
    """The answers were sent already, or never begun."""


class NotOpenError(Exception):
    """The consultation takes no answers now."""


@transaction.atomic
def draw_up(structure: dict, *, by=None, **fields) -> Consultation:
    """A consultation in preparation with the first version of its questions, seen by its group."""
    questionnaire.check(structure)
    consultation = Consultation(**fields)
    consultation.full_clean()
    consultation.save()
    add_version(consultation, structure)
    note_translations(consultation)
    access.set_audience(consultation, {consultation.scope, "role:lead_partner"})
    audit.record("consultations.drawn_up", consultation, by=by)
    return consultation


def add_version(consultation: Consultation, structure: dict) -> Questionnaire:
    """The next version, or the newest one when nothing has changed."""
    questionnaire.check(structure)
    newest, digest = consultation.versions.last(), questionnaire.canonical_hash(structure)
    if newest and newest.sha256 == digest:
        return newest
    number = newest.number + 1 if newest else 1
    return consultation.versions.create(number=number, structure=structure, sha256=digest)


@transaction.atomic
def open_consultation(consultation: Consultation, *, by=None) -> Consultation:
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if by is not None:
        require(by, "consultations.open", consultation)
    consultation.versions.filter(published_at__isnull=True).update(published_at=timezone.now())
    consultation.state = Consultation.State.OPEN
    consultation.save(update_fields=["state"])
    access.set_audience(consultation, {"public"})
    audit.record("consultations.opened", consultation, by=by)
    return consultation


@transaction.atomic
def close(consultation: Consultation, *, by=None) -> Consultation:
    """Close now; the tick closes those whose time has come (`by` None)."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if by is not None:
        require(by, "consultations.close", consultation)
    elif consultation.state != Consultation.State.OPEN:
        return consultation
    consultation.state = Consultation.State.CLOSED
    now = timezone.now()
    if consultation.opens_at < now < consultation.closes_at:
        consultation.closes_at = now
    consultation.save(update_fields=["state", "closes_at"])
    audit.record("consultations.closed", consultation, by=by)
    return consultation


def close_due() -> int:
    due = Consultation.objects.filter(state=Consultation.State.OPEN, closes_at__lte=timezone.now())
    return len([close(consultation) for consultation in due])


def begin(consultation: Consultation, version: Questionnaire) -> str:
    """Begin to answer; gives the secret of the link under which the answers are reached."""
    if not consultation.takes_answers:
        raise NotOpenError
    secret = token_urlsafe(24)
    AnswerDraft.objects.create(
        questionnaire=version, secret_hash=hash_secret(secret), language=active_code(), day=timezone.localdate()
    )
    return secret


def keep(draft: AnswerDraft, answers: dict, replaced: set[str]) -> AnswerDraft:
    """Keep what was typed on one page: keys in `replaced` are taken from `answers`, the others stay."""
    with transaction.atomic():
        rows = AnswerDraft.objects.select_for_update().filter(pk=draft.pk)
        held = list(rows.values_list("answers", flat=True))
        if not held:
            raise GoneError
        draft.answers = merged(held[0], answers, replaced)
        rows.update(answers=draft.answers, language=active_code())
    return draft


def merged(held: dict, answers: dict, replaced: set[str]) -> dict:
    return {key: value for key, value in held.items() if key not in replaced} | answers


@transaction.atomic
def send(draft: AnswerDraft, *, person=None) -> Response:
    """Turn a draft into a response: answers to hidden questions fall away and the link opens nothing any more.

    In an anonymous consultation nothing is kept that ties the two together, and no event is written.
    """
    consultation = Consultation.objects.get(pk=draft.questionnaire.consultation_id)  # closed since the draft was read?
    if not consultation.takes_answers:
        raise NotOpenError
    if not AnswerDraft.objects.filter(pk=draft.pk).delete()[0]:
        raise GoneError
    _shown, kept = questionnaire.visible_answers(draft.questionnaire.structure, draft.answers)
    named = person if consultation.mode == Consultation.Mode.ATTRIBUTED else None
    return Response.objects.create(
        questionnaire=draft.questionnaire, language=active_code(), answers=kept, day=timezone.localdate(), person=named
    )


def note_participation(consultation: Consultation, person) -> None:
    """Kept in a transaction of its own, so that the database's own marks do not pair it with an answer."""
    Participation.objects.get_or_create(consultation=consultation, person=person)


def mix_participations() -> int:
    """Write all participations anew under new random keys, so that neither order nor age of a row tells anything."""
    with transaction.atomic():
        pairs = list(Participation.objects.values_list("consultation_id", "person_id"))
        Participation.objects.all().delete()
        rows = [Participation(consultation_id=place, person_id=person, pk=random_key()) for place, person in pairs]
        Participation.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return len(rows)


def drop_old_drafts() -> int:
    """Unfinished answers go 30 days after the consultation has closed."""
    ended = timezone.now() - timedelta(days=30)
    return AnswerDraft.objects.filter(questionnaire__consultation__closes_at__lt=ended).delete()[0]


def receipt(response: Response) -> str:
    """The respondent's own key to her answers; it is told once and kept nowhere."""
    return SIGNER.sign_object(response.pk)


def response_behind(token: str) -> Response | None:
    try:
        pk = SIGNER.unsign_object(token)
    except (BadSignature, ValueError, json.JSONDecodeError):
        return None
    return Response.objects.select_related("questionnaire__consultation__topic").filter(pk=pk).first()


@transaction.atomic
def compute(consultation: Consultation, *, by) -> Job:
    """Start the statistics, or give the job that is under way."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.compute_results", consultation)
    under_way = Job.objects.filter(
        kind="consultations.statistics",
        arguments__consultation=consultation.pk,
        state__in=(Job.State.WAITING, Job.State.RUNNING),
    ).first()
    if under_way:
        return under_way
    audit.record("consultations.statistics_asked", consultation, by=by)
    return jobs.start("consultations.statistics", by=by, consultation=consultation.pk)


def not_computed() -> ValidationError:
    return ValidationError(_("There are no results to publish yet. Please compute them first."))
