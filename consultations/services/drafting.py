"""Every change of the questions goes through `edit`, is kept as a state of the draft, and makes approvals void."""

from collections.abc import Callable
from copy import deepcopy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from .. import structure as questionnaire
from ..models import Consultation, DraftState, Questionnaire
from . import approvals

MOST_STATES = 100
MOST_CHARACTERS = 1_000_000


class StaleError(ValidationError):
    """Somebody else changed the questions since they were shown; nothing was overwritten."""


def stale() -> StaleError:
    return StaleError(_("Somebody has changed the questions meanwhile, so nothing was done. Look at them again."))


def held_draft(consultation: Consultation) -> Questionnaire:
    """The draft under lock; ValidationError when every version is published."""
    found = consultation.versions.select_for_update().filter(published_at=None).last()
    if found is None:
        raise ValidationError(_("These questions are published and cannot be changed. Begin the next version first."))
    return found


@transaction.atomic
def edit(
    consultation: Consultation, deed: str, change: Callable[[dict], dict], *, by, place: str = "", seen: str = ""
) -> Questionnaire:
    """Change the draft by a function from structure to structure. `seen` is the hash its reader had before her."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.edit", consultation)
    version = held_draft(consultation)
    if seen and seen != version.sha256:
        raise stale()
    return put(version, change(deepcopy(version.structure)), deed, by=by, place=place)


def put(version: Questionnaire, structure: dict, deed: str, *, by, place: str = "", back_to=None) -> Questionnaire:
    digest = questionnaire.canonical_hash(structure)
    if digest == version.sha256:
        return version
    if len(questionnaire.canonical_json(structure)) > MOST_CHARACTERS:
        raise ValidationError(_("The questionnaire is too large to be kept."))
    if not version.states.exists():
        note(version, DraftState.Deed.BEGUN)
    version.structure, version.sha256 = structure, digest
    version.save(update_fields=["structure", "sha256"])
    note(version, deed, by=by, place=place, back_to=back_to)
    note_translations(version.consultation, by=by)
    version.drafts.filter(is_test=True).delete()  # answers to questions that are not the same any more
    approvals.void(version, by=by)
    audit.record("consultations.draft_changed", version.consultation, by=by, deed=str(deed))
    return version


def note(version: Questionnaire, deed: str, *, by=None, place: str = "", back_to=None) -> None:
    version.states.create(
        structure=version.structure, sha256=version.sha256, deed=deed, place=place[:32], by=by, back_to=back_to
    )
    kept = version.states.values_list("pk", flat=True)[:MOST_STATES]
    version.states.exclude(pk__in=list(kept)).delete()


@transaction.atomic
def restore(consultation: Consultation, state: DraftState, *, by, seen: str = "") -> Questionnaire:
    """Bring an earlier state of the draft back; what is there now stays among the states."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.edit", consultation)
    version = held_draft(consultation)
    if seen and seen != version.sha256:
        raise stale()
    return put(version, state.structure, DraftState.Deed.RESTORED, by=by, back_to=state)


@transaction.atomic
def undo(consultation: Consultation, *, by, seen: str = "") -> Questionnaire:
    """Take the last change back; once more, the one before."""
    version = held_draft(Consultation.objects.select_for_update().get(pk=consultation.pk))
    newest = version.states.first()
    cursor = (newest.back_to or newest) if newest else None
    before = version.states.filter(pk__lt=cursor.pk).first() if cursor else None
    if before is None:
        require(by, "consultations.edit", version.consultation)
        raise ValidationError(_("There is nothing to take back."))
    return restore(version.consultation, before.back_to or before, by=by, seen=seen)


@transaction.atomic
def begin_version(consultation: Consultation, *, by) -> Questionnaire:
    """The next version as a draft with the questions of the last, or the draft that is there already."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.edit", consultation)
    newest = consultation.versions.last()
    if newest.published_at is None:
        return newest
    version = consultation.versions.create(number=newest.number + 1, structure=newest.structure, sha256=newest.sha256)
    audit.record("consultations.version_begun", consultation, by=by, version=version.number)
    return version


@transaction.atomic
def drop_version(consultation: Consultation, *, by) -> None:
    """Give up the draft of a next version; the published one stays as it is."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.edit", consultation)
    version = held_draft(consultation)
    if version.number == 1:
        raise ValidationError(_("The first version cannot be given up."))
    approvals.void(version, by=by)
    number = version.number
    for approval in version.approvals.filter(answer=""):
        cases.end_about(approval, by=by)
    version.delete()
    audit.record("consultations.version_dropped", consultation, by=by, version=number)
