"""One lock for a document, whether somebody checked it out by hand or an office program holds it open."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Document

LOCK = timedelta(hours=8)
OFFICE_LOCK = timedelta(minutes=30)
FIELDS = ("locked_by", "locked_until", "office_lock")


def held(document: Document) -> Document:
    """The document under lock, so that of two changes at once the second sees the first."""
    return Document.objects.select_for_update().get(pk=document.pk)


def demand_unlocked(document: Document, by) -> None:
    """Whoever has it open in the office program changes it there; elsewhere her own change would cross with itself."""
    if not document.is_locked or (document.locked_by_id == by.pk and not document.office_lock):
        return
    if document.locked_by_id == by.pk:
        raise ValidationError(_("You have it open in the office program. Close it there, or end the lock."))
    told = {
        "person": document.locked_by or "–",
        "time": timezone.localtime(document.locked_until).strftime("%H:%M"),
    }
    raise ValidationError(_("%(person)s is working on it until %(time)s.") % told)


@transaction.atomic
def check_out(document: Document, *, by) -> Document:
    """Nobody else changes it for eight hours; the lock then ends by itself."""
    document = held(document)
    require(by, "workinggroups.change_document", document)
    demand_unlocked(document, by)
    take(document, by, LOCK)
    audit.record("workinggroups.document_locked", document, by=by)
    return document


def take(document: Document, by, time: timedelta, office_lock: str = "") -> None:
    document.locked_by, document.locked_until, document.office_lock = by, timezone.now() + time, office_lock
    document.save(update_fields=FIELDS)


@transaction.atomic
def end_lock(document: Document, *, by) -> Document:
    """By whoever holds it, or by a leader for somebody who cannot."""
    document = held(document)
    if document.locked_by_id != by.pk:
        require(by, "workinggroups.end_lock", document)
    release(document, by)
    document.save(update_fields=FIELDS)
    return document


def release(document: Document, by) -> None:
    if document.locked_until is not None:
        own = document.locked_by_id == by.pk
        document.locked_by, document.locked_until, document.office_lock = None, None, ""
        audit.record("workinggroups.lock_ended", document, by=by, own=own)
