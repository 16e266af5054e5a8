from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import (
    DocumentPage,
    EventKind,
    Panel,
    PersonalData,
    Reaction,
    Retention,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
    TrailKind,
)
from platform_core.programme.search.services import index

from ..models import Document, DocumentVersion
from ..selectors import documents as selectors, fields, publication
from ..services import documents as services, office


def search_document(pk: int) -> SearchDocument | None:
    """The last version, found by those who see the document."""
    document = Document.objects.filter(pk=pk, trashed_on=None).first()
    if document is None:
        return None
    last = selectors.last_version(document)
    said = fields.to_find(fields.stored(last))
    code = document.language
    return SearchDocument(
        title={code: document.title, "_source": code},
        summary={code: document.description, "_source": code},
        body={code: f"{last.text}\n{said}".strip()},
        route="workinggroups:document",
        key=str(document.pk),
        day=document.changed_at.date(),
        facets={"topic": [str(document.group_id)], "language": [code]},
        pages=[
            DocumentPage(
                file=last.pk,
                name=last.name,
                number=page.number,
                language=code,
                text=page.text,
                is_part=last.file.in_parts,
            )
            for page in (last.file.pages.all() if last.file else [])
        ],
    )


def reindex_readers_of_file(event) -> None:
    searchable = next(kind for kind in declared(Searchable) if kind.label == selectors.LABEL)
    rows = DocumentVersion.objects.filter(file=event.thing_id).values_list("document", flat=True)
    for pk in set(rows):
        index(searchable, pk)


def published(request, record, **subject) -> dict | None:
    """On the page of a record that was a document: which version it is, and who approved that."""
    found = publication.published_as(record)
    return {"published": found, "named": request.user.has_perm("members.view_contacts")} if found else None


VERBS = {
    "document_added": _("A document was added to a working group"),
    "document_changed": _("A document has a new version"),
    "document_locked": _("A document was checked out"),
    "document_written_on": _("Somebody went on writing a document in the office program"),
    "opened_in_office": _("A document was opened in the office program"),
    "lock_ended": _("The lock on a document was ended"),
    "document_marked": _("Who sees a document, or where it lies, was changed"),
    "document_trashed": _("A document was put into the trash"),
    "document_taken_back": _("A document was taken out of the trash"),
    "document_destroyed": _("A document was destroyed"),
    "document_published": _("A document was published in the repository"),
    "document_reinstated": _("A superseded document holds after all"),
    "document_superseded": _("A document was superseded"),
    "document_shared": _("A version of a document was shared by a secret link"),
    "sharing_ended": _("A secret link to a document was ended"),
    "folder_added": _("A folder was added"),
    "folder_renamed": _("A folder was renamed"),
    "folder_moved": _("A folder was moved"),
    "folder_removed": _("An empty folder was deleted"),
}
DOCUMENTS = [
    TrailKind(
        code="workinggroups.replaces",
        name=_("replaces"),
        inverse=_("is replaced by"),
        sources=(selectors.LABEL,),
        targets=(selectors.LABEL,),
        right="workinggroups.change_document",
        is_order=True,
        order=20,
    ),
    Thing(
        label=selectors.LABEL,
        invitable=True,
        invite_right="workinggroups.mark_document",
        name=_("Document of a working group"),
        title=lambda document: document.title,
        address=lambda document: document.get_absolute_url(),
        visible=selectors.documents,
        route="workinggroups:document",
        lookup="pk",
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Documents of working groups"),
        document=search_document,
        every=lambda: Document.objects.filter(trashed_on=None).values_list("pk", flat=True),
        order=35,
    ),
    Panel(place="record.main", order=15, template="workinggroups/panel_published.html", context=published),
    Reaction(code="workinggroups.read_files", handle=reindex_readers_of_file, verbs=frozenset({"files.text_read"})),
    Sweep(code="workinggroups.empty_trash", perform=services.empty_trash, minutes=60),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    Retention(code="office_links", name=_("Links of office programs"), days=1, purge=office.purge),
    PersonalData(
        label="workinggroups.document",
        fields=("made_by", "locked_by"),
        holder="made_by",
        purpose=_("To know who made a document and who is working on it"),
        erasure="unlink",
    ),
    PersonalData(
        label="workinggroups.documentversion",
        fields=("author", "note"),
        holder="author",
        purpose=_("To know who made which version of a document"),
        erasure="unlink",
    ),
]
