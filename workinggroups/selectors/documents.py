from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.comparison import Piece, pieces
from platform_core.identity.access.keys import FULL
from platform_core.identity.access.selectors import holders, keys_of, visible
from platform_core.identity.accounts.models import User
from platform_core.materials.files.models import FilePage

from ..models import Document, DocumentVersion, Folder, Review, Reviewer, WorkingGroup
from .groups import ROLES

LABEL = "workinggroups.document"


@dataclass(frozen=True)
class Change:
    name: str
    pieces: list[Piece]


def documents(user) -> QuerySet[Document]:
    return visible(Document.objects.all(), user)


def document_for(user, pk: int) -> Document:
    rows = documents(user).select_related("group__topic", "folder", "locked_by", "record", "translation_of")
    return get_object_or_404(rows, pk=pk)


def in_folder(
    user, group: WorkingGroup, folder: Folder | None, *, state: str = "", words: str = ""
) -> QuerySet[Document]:
    """The documents of a folder a person may see, the latest change first; with words, those of the whole group."""
    rows = documents(user).filter(group=group, trashed_on=None).select_related("locked_by")
    rows = rows.filter(title__icontains=words) if words else rows.filter(folder=folder)
    return rows.filter(state=state) if state else rows


def trashed(user, group: WorkingGroup) -> QuerySet[Document]:
    return documents(user).filter(group=group, trashed_on__isnull=False)


def folder_for(group: WorkingGroup, pk: int) -> Folder:
    return get_object_or_404(Folder.objects.select_related("group__topic", "parent"), group=group, pk=pk)


def way_to(folder: Folder | None) -> list[Folder]:
    """The folders from the top to this one."""
    found: list[Folder] = []
    while folder is not None and len(found) < 30:
        found.append(folder)
        folder = folder.parent
    return found[::-1]


def versions(document: Document) -> QuerySet[DocumentVersion]:
    return document.versions.select_related("file", "author")


def version_for(user, pk: int, major: int, minor: int) -> DocumentVersion:
    document = document_for(user, pk)
    found = versions(document).filter(major=major, minor=minor).first()
    if found is None or not sees_version(user, found):
        raise Http404
    found.document = document
    return found


def sees_version(user, version: DocumentVersion) -> bool:
    """Outside of the group, and of those invited to it, only what was approved last is seen, never the drafts around it."""
    works_on_it = user.has_perm("workinggroups.comment_document", version.document)
    return works_on_it or user.has_perm("workinggroups.change_document", version.document) or is_open_version(version)


def is_open_version(version: DocumentVersion) -> bool:
    document = version.document
    return bool(document.approved) and document.approved == version.fingerprint


def reviews(document: Document) -> QuerySet[Review]:
    rows = Reviewer.objects.select_related("person")
    return document.reviews.select_related("version", "asked_by").prefetch_related(Prefetch("reviewers", rows))


def can_review(group: WorkingGroup, asker) -> QuerySet[User]:
    """Those of the group, and the lead partner, who act for a full member and may so decide; nobody asks herself."""
    people = {pk for role in ROLES for pk in holders(role, group.scope)} | set(holders("lead_partner", ""))
    rows = User.objects.filter(pk__in=people - {asker.pk})
    return User.objects.filter(pk__in=[one.pk for one in rows if FULL in keys_of(one)]).order_by("name", "pk")


def text_of(version: DocumentVersion) -> str:
    if version.file_id is None:
        return version.text
    return "\n".join(FilePage.objects.filter(file=version.file_id).values_list("text", flat=True))


def compared(older: DocumentVersion, newer: DocumentVersion, names: dict[str, str]) -> list[Change]:
    """What differs between two versions, field by field, the text last; `names` are the fields in words."""
    found = [
        Change(words, pieces(str(getattr(older, name)), str(getattr(newer, name))))
        for name, words in names.items()
        if getattr(older, name) != getattr(newer, name)
    ]
    before, after = text_of(older), text_of(newer)
    return [*found, Change("", pieces(before, after))] if before != after else found


def stale_translations(user, document: Document) -> list[tuple[Document, bool]]:
    """The translations of a document that a person sees, and whether it was changed since each was made."""
    last = document.versions.first()
    return [
        (one, one.translated_from != last.fingerprint)
        for one in documents(user).filter(translation_of=document, trashed_on=None).order_by("language")
    ]
