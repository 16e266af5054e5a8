from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from repository import services as repository
from repository.creators import ORGANISATION, PERSON
from repository.models import Record

from ..models import Document
from ..selectors import publication as selectors
from ..selectors.documents import LABEL, last_version
from . import documents

Marking = Document.Marking


@transaction.atomic
def publish(
    document: Document, *, by, summary: str, year: int, kind: str = "deliverable", people: Iterable[User] = ()
) -> Record:
    """The approved version, with its translations, becomes a record of the repository, or the next version of the one
    that an earlier state of it became. `people` of its authors are named on it, before their organisations.
    """
    document = documents.held(document)
    require(by, "workinggroups.publish_document", document)
    kind = document.record.kind if document.record else kind
    check(document, kind)
    parts = selectors.parts_of(document)
    told = facts(document, kind, summary, year, people)
    note = note_of(document)
    record = document.record or repository.deposit(by=by, **told, about_thing=LABEL, about_id=str(document.pk))
    for part in parts:
        attach(record, part)
    if document.record is not None:
        told |= kept_of(document.record, told)
        names = (
            "title",
            "summary",
            "description",
            "languages",
            "creators",
            "natures",
            "year",
            "details",
            "for_members",
        )
        record = repository.change(record, by=None, note=note, **{name: told[name] for name in names})
    if record.state != Record.State.PUBLISHED:
        record = repository.publish(record, note=note)
    document.record, document.state = record, Document.State.PUBLISHED
    for part in parts:
        part.published_version = last_version(part)
        documents.write(part)
    documents.show(document)
    audit.record("workinggroups.document_published", document, by=by, record=record.pk)
    return record


def check(document: Document, kind: str) -> None:
    """Raises ValidationError for what may not leave the group, and for what the kind asks and the document does not tell."""
    if document.marking == Marking.RESTRICTED:
        raise ValidationError(
            _("It is marked as restricted. Say first that others may see it, then it can be published.")
        )
    if lacking := [str(detail.name) for detail in selectors.missing(document, kind)]:
        raise ValidationError({"kind": _("The document does not tell: %(names)s.") % {"names": ", ".join(lacking)}})


def note_of(document: Document) -> str:
    """Which version it is, who approved it and when: organisations, for everybody reads it."""
    version = last_version(document)
    told = _("Version %(number)s of the working group") % {"number": version.number}
    given = selectors.approvals(version)
    if not given:
        return told
    names = list(dict.fromkeys(str(one.organisation.name) for one in given if one.organisation))
    day = date_format(platform_day(given[-1].at), "DATE_FORMAT")
    if not names:
        return _("%(version)s, approved on %(day)s") % {"version": told, "day": day}
    words = {"version": told, "day": day, "names": ", ".join(names)}
    return (_("%(version)s, approved on %(day)s by %(names)s") % words)[:500]


def facts(document: Document, kind: str, summary: str, year: int, people: Iterable[User]) -> dict:
    """What the record says: titles and texts in every language the document has."""
    parts = selectors.parts_of(document)
    writers = selectors.writers(document)
    named = {person.pk for person in people}
    own = selectors.organisations_of(writers)
    natures = {str(person): PERSON for person in writers if person.pk in named}
    natures |= {str(one.name): ORGANISATION for one in own}
    creators = list(natures) or [str(document.group)]
    return {
        "kind": kind,
        "title": {part.language: part.title for part in reversed(parts)} | {"_source": document.language},
        "summary": {document.language: summary, "_source": document.language},
        "description": texts(parts) | {"_source": document.language},
        "details": selectors.details(document, kind),
        "topics": [document.group_id],
        "countries": [],
        "year": year,
        "languages": sorted({part.language for part in parts}),
        "creators": creators,
        "natures": natures or {creators[0]: ORGANISATION},
        "organisation": own[0] if own else None,
        "for_members": any(part.marking == Marking.MEMBERS for part in parts),
    }


def kept_of(record: Record, told: dict) -> dict:
    """What was said of the record in the repository and the document does not tell stays; for members it stays too."""
    return {
        "details": {**record.details, **told["details"]},
        "for_members": record.for_members or told["for_members"],
    }


def texts(parts: list[Document]) -> dict[str, str]:
    return {part.language: last_version(part).text for part in reversed(parts) if part.is_page}


def attach(record: Record, part: Document) -> None:
    """The very bytes that were approved, under the name they had, in place of those of its earlier versions."""
    version = last_version(part)
    if version.file is not None:
        earlier = part.versions.exclude(file=version.file).exclude(file=None)
        record.files.filter(file__in=earlier.values("file")).delete()
        record.files.get_or_create(file=version.file, defaults={"name": version.name, "language": version.language})
