"""What an office server may do for somebody who opened a document in it (WOPI): her rights are asked again at every call."""

from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.identity.access import services as access
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import open_link
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files

from ..models import Document, DocumentVersion
from ..selectors import documents as selectors
from ..selectors.fields import values_of
from . import documents
from .locks import FIELDS, OFFICE_LOCK, held, release, take

PURPOSE = "office"
HOURS = timedelta(hours=10)
WRITABLE = (Document.State.DRAFT, Document.State.IN_REVIEW)


@dataclass
class Opening:
    """A document as one person has it open, and the version she is shown."""

    person: User
    document: Document
    version: DocumentVersion


class LockError(Exception):
    """The document is locked by another name, by somebody who checked it out by hand, or not at all.

    `held` is the name, empty where there is none.
    """

    def __init__(self, document: Document, reason: str) -> None:
        super().__init__(reason)
        self.held, self.by_hand, self.reason = lock_of(document), is_by_hand(document), reason


class StaleError(Exception):
    """There is a newer version than the one the office program had before it."""


def moment(version: DocumentVersion) -> str:
    return version.made_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def may_write(person, document: Document) -> bool:
    """What was approved is looked at: whoever wants to change it makes the next version on the page of the document."""
    open_still = document.state in WRITABLE and document.trashed_on is None
    return open_still and person.has_perm("workinggroups.change_document", document)


def is_free(person, document: Document) -> bool:
    """Nobody else has checked it out by hand; what others have open in the office they write together."""
    return not document.is_locked or bool(document.office_lock) or document.locked_by_id == person.pk


@transaction.atomic
def open_for(document: Document, version: DocumentVersion, *, by) -> tuple[SecretLink, str]:
    """A token for this person and this document; the caller has found both for her."""
    until = timezone.now() + HOURS
    made = access.issue_link(PURPOSE, document, by=by, expires_at=until, name=version.number)
    audit.record("workinggroups.opened_in_office", document, by=by, version=version.number)
    return made


def enter(secret: str, pk: int) -> Opening | None:
    """Whom a token lets in, to which document; one whose owner may see that no longer ends for good."""
    link = open_link(PURPOSE, secret)
    if link is None or (link.thing, link.object_id) != (label_of(Document), str(pk)):
        return None
    person = link.created_by
    document = selectors.documents(person).filter(pk=pk, trashed_on=None).first()
    version = selectors.seen_versions(person, document).first() if document else None
    if document is None or version is None or version.file is None or not person.is_active:
        access.revoke_link(link)
        return None
    return Opening(person, document, version)


def writable(document: Document, by) -> Document:
    document = held(document)
    if not may_write(by, document):
        raise PermissionDenied
    return document


def lock_of(document: Document) -> str:
    return document.office_lock if document.is_locked else ""


def is_by_hand(document: Document) -> bool:
    return document.is_locked and not document.office_lock


def demand_lock(document: Document, name: str) -> None:
    if not name or lock_of(document) != name:
        raise LockError(document, "checked out by hand" if is_by_hand(document) else "another lock, or none")


def tell_lock(document: Document, *, by) -> str:
    """The name of the lock, empty where there is none; what somebody else checked out by hand has none to tell."""
    if not is_free(by, document):
        raise LockError(document, "checked out by hand")
    return lock_of(document)


@transaction.atomic
def lock(document: Document, name: str, *, by) -> Document:
    """Several people in one office program share a lock; whoever checked it out by hand takes it along into the office."""
    document = writable(document, by)
    if not is_free(by, document):
        raise LockError(document, "checked out by hand")
    if lock_of(document) not in ("", name):
        raise LockError(document, "another lock")
    if lock_of(document) != name:
        take(document, by, OFFICE_LOCK, name)
        audit.record("workinggroups.document_locked", document, by=by)
    return prolong(document)


@transaction.atomic
def relock(document: Document, name: str, old: str, *, by) -> Document:
    document = writable(document, by)
    demand_lock(document, old)
    document.office_lock = name
    return prolong(document)


@transaction.atomic
def refresh(document: Document, name: str, *, by) -> Document:
    document = writable(document, by)
    demand_lock(document, name)
    return prolong(document)


def prolong(document: Document) -> Document:
    document.locked_until = timezone.now() + OFFICE_LOCK
    document.save(update_fields=FIELDS)
    return document


@transaction.atomic
def unlock(document: Document, name: str, *, by) -> Document:
    """Also of what was approved meanwhile: a lock that is given back harms nobody."""
    document = held(document)
    demand_lock(document, name)
    release(document, by)
    document.save(update_fields=FIELDS)
    return document


@transaction.atomic
def put(document: Document, file: BinaryIO, name: str, *, by, seen: str = "") -> DocumentVersion:
    """What was written in the office is the next minor version, by whoever's token brought it; the lock stays.

    `seen` is the moment of the version it was made from, where the office tells it.
    """
    document = writable(document, by)
    demand_lock(document, name)
    last = selectors.last_version(document)
    if seen and seen != moment(last):
        raise StaleError
    if last.file is None:
        raise ValidationError(_("This is a page, and no file."))
    stored = files.keep(file, last.name, by=by)
    if stored == last.file:
        return last
    prolong(document)
    note = _("Written in the office program")
    goes_on = (last.author_id, last.note) == (by.pk, note) and last.made_at > timezone.now() - OFFICE_LOCK
    verb = "workinggroups.document_written_on" if goes_on else "workinggroups.document_changed"
    said = {"file": stored, "name": last.name, "text": "", "note": note, "values": values_of(last)}
    number = (last.major, last.minor + 1)
    return documents.go_on(document, last, number, by=by, keeps_lock=True, verb=verb, **said)


def purge(before) -> int:
    return SecretLink.objects.filter(purpose=PURPOSE, expires_at__lt=before).delete()[0]
