from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acting_for
from repository import services as repository
from repository.models import Record

from ..models import Document
from ..selectors.documents import LABEL, last_version
from . import documents


def authors(document: Document) -> list[Organisation]:
    """The organisations whose people made its versions, the first author's first."""
    people = list(document.versions.order_by("major", "minor").values_list("author", flat=True))
    act_for = acting_for([pk for pk in people if pk])
    return list(dict.fromkeys(act_for[pk] for pk in people if pk in act_for))


@transaction.atomic
def publish(document: Document, *, by, summary: str, year: int, kind: str = "deliverable") -> Record:
    """The approved version, with its translations, becomes a record of the repository, or the next version of the one
    that an earlier state of it became.
    """
    document = documents.held(document)
    require(by, "workinggroups.publish_document", document)
    told = facts(document, kind, summary, year)
    number = last_version(document).number
    record = document.record or repository.deposit(by=by, **told, about_thing=LABEL, about_id=str(document.pk))
    for part in parts_of(document):
        attach(record, part)
    if document.record is not None:
        names = ("title", "summary", "description", "languages", "creators", "year")
        note = _("Version %(number)s of the working group") % {"number": number}
        record = repository.change(record, by=None, note=note, **{name: told[name] for name in names})
    if record.state != Record.State.PUBLISHED:
        record = repository.publish(record)
    document.record, document.state = record, Document.State.PUBLISHED
    documents.write(document)
    documents.show(document)
    audit.record("workinggroups.document_published", document, by=by, record=record.pk)
    return record


def parts_of(document: Document) -> list[Document]:
    """The document and its translations, as far as they are approved too."""
    rows = document.translations.filter(trashed_on=None, state__in=(Document.State.APPROVED, Document.State.PUBLISHED))
    return [document, *rows.order_by("language")]


def facts(document: Document, kind: str, summary: str, year: int) -> dict:
    """What the record says: titles and texts in every language the document has."""
    parts = parts_of(document)
    own = authors(document)
    return {
        "kind": kind,
        "title": {part.language: part.title for part in reversed(parts)} | {"_source": document.language},
        "summary": {document.language: summary, "_source": document.language},
        "description": texts(parts) | {"_source": document.language},
        "topics": [document.group_id],
        "countries": [],
        "year": year,
        "languages": sorted({part.language for part in parts}),
        "creators": [str(organisation.name) for organisation in own] or [str(document.group)],
        "organisation": own[0] if own else None,
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
