from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from .. import structure as questionnaire
from ..models import Consultation, Questionnaire
from ..selectors import drafting, opening


@transaction.atomic
def draw_up(structure: dict, *, by=None, **fields) -> Consultation:
    """A consultation in preparation with the first version of its questions, seen by its group."""
    questionnaire.check_draft(structure)
    consultation = Consultation(made_by=by, **fields)
    consultation.full_clean()
    consultation.save()
    add_version(consultation, structure)
    note_translations(consultation)
    access.set_audience(consultation, consultation.audience_before)
    audit.record("consultations.drawn_up", consultation, by=by)
    return consultation


def add_version(consultation: Consultation, structure: dict) -> Questionnaire:
    """The next version, or the newest one when nothing has changed."""
    questionnaire.check_draft(structure)
    newest, digest = consultation.versions.last(), questionnaire.canonical_hash(structure)
    if newest and newest.sha256 == digest:
        return newest
    number = newest.number + 1 if newest else 1
    return consultation.versions.create(number=number, structure=structure, sha256=digest)


@transaction.atomic
def open_consultation(consultation: Consultation, *, by=None) -> Consultation:
    """What hinders it is said by `opening.hindrances`; the platform itself (`by` None) opens demonstrations."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if by is not None:
        require(by, "consultations.open", consultation)
        if hindering := opening.hindrances(consultation):
            raise ValidationError(hindering)
        consultation.languages = drafting.languages_ready(drafting.draft_or_404(consultation))
    newest = consultation.versions.filter(published_at__isnull=True).last()
    if newest:
        questionnaire.check(newest.structure)
    Questionnaire.objects.filter(pk=newest and newest.pk).update(published_at=timezone.now())
    consultation.state = Consultation.State.OPEN
    consultation.save(update_fields=["state", "languages"])
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
