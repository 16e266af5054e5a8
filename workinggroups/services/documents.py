import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePath
from typing import Any, BinaryIO

import reversion
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.merging import merge
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import MEMBERS, PUBLIC, within
from platform_core.identity.access.selectors import require, visible
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.files.models import StoredFile
from platform_core.people.members import invitations

from ..models import Document, DocumentVersion, Folder, Participant, WorkingGroup
from ..selectors import fields
from ..selectors.documents import last_version, version_named
from . import fields as describing, reviews
from .locks import demand_unlocked, held, release

Values = Mapping[int, Any] | None  # by the key of the field
TRASH = timedelta(days=90)
OPEN_STATES = (Document.State.APPROVED, Document.State.PUBLISHED, Document.State.SUPERSEDED)
OPEN_TO = {Document.Marking.PUBLIC: {PUBLIC}, Document.Marking.MEMBERS: {MEMBERS}}


@transaction.atomic
def add(
    group: WorkingGroup, *, by, folder: Folder | None = None, text: str = "", file=None, values: Values = None, **told
) -> Document:
    """A new document with its version 1.0: a file when one is given, else a page with a text."""
    require(by, "workinggroups.add_document", group)
    if folder is not None and folder.group_id != group.pk:
        raise PermissionDenied
    told.setdefault("title", PurePath(file.name).stem[:200] if file else "")
    document = Document(group=group, folder=folder, made_by=by, changed_at=timezone.now(), is_page=file is None, **told)
    stored = files.keep(file, file.name, by=by) if file else None
    write(document)
    said = {"file": stored, "name": file.name if file else "", "text": text, "note": ""}
    keep_version(document, (1, 0), by=by, values=describing.checked(group, values or {}), **said)
    show(document)
    audit.record("workinggroups.document_added", document, by=by)
    return document


def write(document: Document) -> None:
    with reversion.create_revision():
        document.save()


def fingerprint_of(document: Document, stored: StoredFile | None, text: str, values: Values = None) -> str:
    """The hash of all that a version says; an approval is for it alone."""
    said: list = [document.title, document.description, document.language]
    said.append(stored.sha256 if stored else hashlib.sha256(text.encode()).hexdigest())
    if values:
        said.append([[pk, fields.plain(value)] for pk, value in sorted(values.items())])
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def keep_version(
    document: Document, number: tuple[int, int], *, by, file, name: str, text: str, note: str, values: Values
) -> DocumentVersion:
    told = {field: getattr(document, field) for field in ("title", "description", "language")}
    major, minor = number
    made = document.versions.create(
        major=major,
        minor=minor,
        file=file,
        name=name[:150],
        text=text,
        note=note,
        author=by,
        fingerprint=fingerprint_of(document, file, text, values),
        **told,
    )
    describing.keep(document, made, values or {})
    return made


@transaction.atomic
def translate(document: Document, *, by, language: str, text: str = "", file=None, title: str = "") -> Document:
    """The same in another language; it says from then on whether the original has moved on."""
    document = held(document)
    if document.translation_of_id is not None:
        raise ValidationError(_("This is a translation itself; translate its original."))
    if language == document.language or document.translations.filter(language=language, trashed_on=None).exists():
        raise ValidationError({"language": _("It exists in this language already.")})
    place = {"folder": document.folder, "marking": document.marking, "translation_of": document}
    made_from = last_version(document)
    told = {"title": title or document.title, "language": language, "translated_from": made_from.fingerprint}
    return add(document.group, by=by, text=text, file=file, values=fields.values_of(made_from), **told, **place)


@transaction.atomic
def change(
    document: Document,
    *,
    by,
    base: str,
    file=None,
    text: str | None = None,
    note: str = "",
    major: bool = False,
    caught_up: bool = False,
    values: Values = None,
    **told,
) -> DocumentVersion:
    """The next version. `base` is the number of the version it was made from: when there is a newer one, a page is merged
    with it and a file refused. What the document was approved as, it is no longer.
    """
    document = held(document)
    require(by, "workinggroups.change_document", document)
    demand_unlocked(document, by)
    last = last_version(document)
    if text is not None and base != last.number:
        text = merged(document, base, text, last)
    elif base != last.number:
        raise NewerError(
            _("%(person)s has meanwhile made version %(number)s. Look at it; sent once more, yours becomes the next.")
            % {"number": last.number, "person": last.author or "–"}
        )
    seen = version_named(document, base)
    for name, value in told.items():
        if seen is None or getattr(seen, name) != value:  # what was left as it was does not undo what others changed
            setattr(document, name, value)
    if caught_up and document.translation_of:
        document.translated_from = last_version(document.translation_of).fingerprint
    stored = files.keep(file, file.name, by=by) if file else last.file
    number = (last.major + 1, 0) if major else (last.major, last.minor + 1)
    said = {"file": stored, "name": file.name if file else last.name, "text": last.text if text is None else text}
    described = describing.joined(document, seen, last, values)
    return go_on(document, last, number, by=by, note=note, values=described, **said)


def go_on(
    document: Document,
    last: DocumentVersion,
    number: tuple[int, int],
    *,
    by,
    keeps_lock: bool = False,
    verb: str = "workinggroups.document_changed",
    **said,
) -> DocumentVersion:
    """The version after the last: reviews and approvals of the last are void, and its lock ends unless it is kept."""
    if fingerprint_of(document, said["file"], said["text"], said["values"]) == last.fingerprint:
        raise ValidationError(_("Nothing has changed."))
    reviews.void(document, by=by)
    document.state, document.approved, document.changed_at = Document.State.DRAFT, "", timezone.now()
    if not keeps_lock:
        release(document, by)
    write(document)
    version = keep_version(document, number, by=by, **said)
    show(document)
    audit.record(verb, document, by=by, version=version.number)
    return version


def merged(document: Document, base: str, text: str, last: DocumentVersion) -> str:
    """What was typed, joined with what others kept meanwhile; ValidationError with both where they contradict."""
    before = version_named(document, base)
    found = merge(
        before.text if before else "", text, last.text, my_name=_("Yours"), their_name=str(last.author or last.number)
    )
    if found.conflicts:
        raise ConflictError(found.text, last.number)
    return found.text


class NewerError(ValidationError):
    """There is a newer version than the one this was made from."""


class ConflictError(ValidationError):
    """Two people changed the same lines; `text` holds both, with marks."""

    def __init__(self, text: str, number: str) -> None:
        super().__init__(
            _(
                "Somebody has changed the same lines in version %(number)s. Both stand below, between marks; choose and send."
            )
            % {"number": number}
        )
        self.text, self.number = text, number


@transaction.atomic
def restore(version: DocumentVersion, *, by, base: str) -> DocumentVersion:
    """What an earlier version said becomes the next one."""
    document = held(version.document)
    require(by, "workinggroups.change_document", document)
    demand_unlocked(document, by)
    last = last_version(document)
    if base != last.number:
        raise ValidationError(_("There is a newer version meanwhile: %(number)s.") % {"number": last.number})
    for name in ("title", "description", "language"):
        setattr(document, name, getattr(version, name))
    note = _("As in version %(number)s") % {"number": version.number}
    said = {"file": version.file, "name": version.name, "text": version.text, "values": fields.values_of(version)}
    return go_on(document, last, (last.major, last.minor + 1), by=by, note=note, **said)


@transaction.atomic
def mark(document: Document, *, by, **said) -> Document:
    """Say who sees it and where it lies; neither is part of what was approved."""
    document = held(document)
    require(by, "workinggroups.mark_document", document)
    if (folder := said.get("folder")) and folder.group_id != document.group_id:
        raise PermissionDenied
    for name, value in said.items():
        setattr(document, name, value)
    write(document)
    show(document)
    audit.record("workinggroups.document_marked", document, by=by)
    return document


@transaction.atomic
def supersede(document: Document, *, by) -> Document:
    """It holds no longer, and nothing in it changes any more; who could read it still can, and is told."""
    document = held(document)
    require(by, "workinggroups.supersede_document", document)
    document.state = Document.State.SUPERSEDED
    write(document)
    show(document)
    audit.record("workinggroups.document_superseded", document, by=by)
    return document


@transaction.atomic
def reinstate(document: Document, *, by) -> Document:
    """It holds after all, as it was approved."""
    document = held(document)
    require(by, "workinggroups.reinstate_document", document)
    document.state = Document.State.PUBLISHED if document.record_id else Document.State.APPROVED
    write(document)
    show(document)
    audit.record("workinggroups.document_reinstated", document, by=by)
    return document


@transaction.atomic
def trash(document: Document, *, by) -> Document:
    document = held(document)
    require(by, "workinggroups.trash_document", document)
    document.trashed_on = platform_day()
    reviews.void(document, by=by, only_open=True)
    if document.state == Document.State.IN_REVIEW:
        document.state = Document.State.DRAFT
    write(document)
    show(document)
    audit.record("workinggroups.document_trashed", document, by=by)
    return document


@transaction.atomic
def take_back(document: Document, *, by) -> Document:
    document = held(document)
    require(by, "workinggroups.trash_document", document)
    document.trashed_on = None
    write(document)
    show(document)
    audit.record("workinggroups.document_taken_back", document, by=by)
    return document


def empty_trash() -> int:
    """What has lain in the trash for ninety days is gone; what was published stays in the repository."""
    old = Document.objects.filter(trashed_on__lt=platform_day() - TRASH)
    return sum(destroy(document) for document in old)


@transaction.atomic
def destroy(document: Document) -> int:
    audit.record("workinggroups.document_destroyed", document)
    access.drop_audience(document)
    document.delete()
    return 1


def show(document: Document) -> None:
    """The group sees its documents; who else does is said by their marking once they are approved."""
    keys = keys_of_draft(document) | reviews.asked(document)
    if document.trashed_on is None and document.state in OPEN_STATES:
        keys |= OPEN_TO.get(document.marking, set())
    access.set_audience(document, keys, invited=document.trashed_on is None)
    if document.trashed_on is None:
        invitations.reopen(document)


def keys_of_draft(document: Document) -> set[str]:
    """Who sees it, beside those invited to it, when it is neither approved nor in review."""
    keys = {f"role:wg_leader@{document.scope}", "role:lead_partner"} | made_within(document)
    if document.trashed_on is None and document.marking != Document.Marking.RESTRICTED:
        keys |= {document.scope} | guests_of(document)
    return keys


def made_within(thing) -> set[str]:
    """Whoever made a thing of a group sees it for as long as she takes part in the group."""
    return {within(thing.made_by_id, thing.scope)} if thing.made_by_id else set()


def guests_of(document: Document) -> set[str]:
    """Guests of meetings it is a paper of, as long as those are open to them."""
    rows = Participant.objects.filter(meeting__items__documents=document, is_guest=True, is_open=True)
    return {f"person:{pk}" for pk in rows.exclude(person=None).values_list("person", flat=True)}


@transaction.atomic
def add_folder(group: WorkingGroup, name: str, *, by, parent: Folder | None = None) -> Folder:
    require(by, "workinggroups.add_document", group)
    if parent is not None and parent.group_id != group.pk:
        raise PermissionDenied
    if group.folders.filter(parent=parent, name=name).exists():
        raise ValidationError({"name": _("There is a folder of this name already.")})
    made = group.folders.create(name=name, parent=parent)
    audit.record("workinggroups.folder_added", made, by=by)
    return made


def named_document(group: WorkingGroup, folder: Folder | None, name: str, by) -> Document | None:
    """The document she sees whose file is called that, in a folder, unless it holds no longer."""
    rows = visible(group.documents.filter(folder=folder, trashed_on=None, is_page=False, versions__name=name), by)
    rows = rows.exclude(state=Document.State.SUPERSEDED)
    return next((row for row in rows.distinct() if last_version(row).name == name), None)


@transaction.atomic
def take_in(group: WorkingGroup, folder: Folder | None, file: BinaryIO, *, by, language: str) -> tuple[Document, str]:
    """A file that was brought is a `new` document, the `next` version of the one whose file has that name, or the `same`."""
    WorkingGroup.objects.select_for_update().get(pk=group.pk)  # a second click finds what the first has brought
    found = named_document(group, folder, file.name, by)
    if found is None:
        return add(group, by=by, folder=folder, file=file, language=language), "new"
    last = last_version(found)
    if last.file and last.file.sha256 == files.sha256(file)[0]:
        return found, "same"
    change(found, by=by, base=last.number, file=file)
    return found, "next"
