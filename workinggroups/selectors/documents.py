from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.codes import language_choices, language_name
from platform_core.ground.texts.comparison import Change, pieces
from platform_core.identity.access.keys import FULL
from platform_core.identity.access.selectors import holders, keys_of, visible
from platform_core.identity.accounts.models import User
from platform_core.materials.files.models import StoredFile
from platform_core.materials.files.selectors import joined_text

from ..models import Document, DocumentVersion, Folder, Review, Reviewer, WorkingGroup
from .fields import cells, differences, matching, with_words
from .groups import ROLES

LABEL = "workinggroups.document"


@dataclass(frozen=True)
class Edition:
    """A document as one of its set, with its language in words; `is_stale` once the original has moved on."""

    document: Document
    language: str
    is_original: bool
    is_stale: bool


def documents(user) -> QuerySet[Document]:
    return visible(Document.objects.all(), user)


def document_for(user, pk: int) -> Document:
    rows = documents(user).select_related("group__topic", "folder", "locked_by", "record", "translation_of")
    return get_object_or_404(rows, pk=pk)


def in_folder(
    user, group: WorkingGroup, folder: Folder | None, *, state: str = "", words: str = "", wanted: Sequence[Q] = ()
) -> QuerySet[Document]:
    """The documents of a folder a person may see, the latest change first; those of the whole group, where words or values of
    fields are asked for.
    """
    rows = documents(user).filter(group=group, trashed_on=None).select_related("locked_by")
    rows = with_words(rows, user, group, words) if words else rows
    rows = matching(rows, user, group, wanted)
    rows = rows if words or wanted else rows.filter(folder=folder)
    return rows.filter(state=state) if state else rows


def table_of(rows: QuerySet[Document], user, group: WorkingGroup, asked) -> Iterator[list]:
    """The rows of a library as a table, its fields last."""
    said = cells(rows, user, group)
    for one in rows.select_related("folder"):
        told = [one.title, one.folder or "", one.language, one.get_state_display(), one.changed_at.date().isoformat()]
        yield [*told, *(said[one.pk].get(field.pk, "") for field in asked)]


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


def within_folder(folder: Folder) -> set[int]:
    """The folder and all that lie in it, however deep."""
    found, level = {folder.pk}, {folder.pk}
    while level:
        level = set(Folder.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def places_for(folder: Folder) -> QuerySet[Folder]:
    """The folders of the same group it can be moved into."""
    return Folder.objects.filter(group=folder.group_id).exclude(pk__in=within_folder(folder))


def versions(document: Document) -> QuerySet[DocumentVersion]:
    return document.versions.select_related("file", "author")


def last_version(document: Document) -> DocumentVersion:
    return document.versions.select_related("file").first()


def version_named(document: Document, number: str) -> DocumentVersion | None:
    """The version of a number such as 1.2."""
    major, _dot, minor = number.partition(".")
    if not (major.isdecimal() and minor.isdecimal() and len(number) < 10):
        return None
    return versions(document).filter(major=int(major), minor=int(minor)).first()


def works_on(user, document: Document) -> bool:
    """The group, and those invited to a document, see its drafts; everybody else what was approved last, and nothing else."""
    rights = ("workinggroups.comment_document", "workinggroups.change_document")
    return any(user.has_perm(right, document) for right in rights)


def seen_versions(user, document: Document) -> QuerySet[DocumentVersion]:
    """The newest first. Texts of pages are long and read only from the one that is shown: defer them in lists."""
    rows = versions(document)
    return rows if works_on(user, document) else rows.filter(fingerprint=document.approved or "none")


def shown_version(user, document: Document) -> DocumentVersion:
    found = seen_versions(user, document).first()
    if found is None:
        raise Http404
    return found


def version_for(user, pk: int, major: int, minor: int) -> DocumentVersion:
    document = document_for(user, pk)
    found = get_object_or_404(seen_versions(user, document), major=major, minor=minor)
    found.document = document
    return found


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
    return joined_text(version.file)


def unread(versions: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """Those of whose file no text is known: it is still being read, or none could be read."""
    return [one for one in versions if one.file and one.file.state != StoredFile.State.READY]


def compared(older: DocumentVersion, newer: DocumentVersion, names: dict[str, str]) -> list[Change]:
    """What differs between two versions, field by field, the text last, where both can be read; `names` are the fields in
    words."""
    found = [
        Change(words, pieces(str(getattr(older, name)), str(getattr(newer, name))))
        for name, words in names.items()
        if getattr(older, name) != getattr(newer, name)
    ]
    found += differences(older, newer)
    if unread([older, newer]):
        return found
    before, after = text_of(older), text_of(newer)
    return [*found, Change("", pieces(before, after))] if before != after else found


def editions(user, document: Document) -> list[Edition]:
    """A document in its other languages as far as a person sees them, the original first; whether it was changed since each
    translation was made.
    """
    source = document.translation_of or document
    last = source.versions.first()
    rows = documents(user).filter(Q(pk=source.pk) | Q(translation_of=source), trashed_on=None).exclude(pk=document.pk)
    return [
        Edition(
            one,
            language_name(one.language),
            is_original=one == source,
            is_stale=one != source and one.translated_from != last.fingerprint,
        )
        for one in rows.order_by(F("translation_of").asc(nulls_first=True), "language")
    ]


def languages_not_begun(document: Document) -> list[str]:
    """The names of the languages into which nobody has begun to translate it."""
    source = document.translation_of or document
    begun = {source.language, *source.translations.filter(trashed_on=None).values_list("language", flat=True)}
    return [str(name) for code, name in language_choices() if code not in begun]
