from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import (
    ApiScope,
    Demonstration,
    DocumentPage,
    EventKind,
    Facet,
    FileNames,
    JobKind,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    Panel,
    PersonalData,
    Reaction,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
    TrailKind,
    Translatable,
)
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import thesaurus
from platform_core.materials.languages.fields import of_fields
from platform_core.people.members.models import Organisation
from platform_core.programme.search.services import index

from .. import (
    collections,
    counting,
    demonstration,
    linking,
    origins,
    panels,
    registration,
    selectors,
    services,
    translations,
    usage,
    validation,
    versions,
)
from ..demonstration import translating
from ..kinds import details_of
from ..models import Record
from ..permissions import RIGHTS
from .assessments import VALIDATION
from .comments import COMMENTS
from .following import FOLLOWING
from .requests import FILES, GAPS, PROPOSALS
from .tables import IMPORTS


def search_document(pk: int) -> SearchDocument | None:
    rows = Record.objects.prefetch_related("topics", "countries", "regions", "terms", "concepts", "files__file")
    record = rows.filter(pk=pk).first()
    if record is None or record.state != Record.State.PUBLISHED:
        return None
    return SearchDocument(
        title=record.title,
        summary=record.summary,
        body=body(record),
        route="repository:record",
        key=record.code,
        day=record.published_on,
        facets=facets(record),
        pages=[
            DocumentPage(
                file=attached.pk,
                name=attached.name,
                number=page.number,
                language=attached.language,
                text=page.text,
                is_part=page.file.in_parts,
            )
            for attached, page in selectors.attached_pages(record)
        ],
    )


def body(record: Record) -> dict[str, str]:
    """Description, what the kind asks and everyone may read, and the creators' names, by language."""
    found = {code: [text] for code, text in record.description.items()}
    found.setdefault(record.title.source, []).extend(record.creators)
    for detail in details_of(record.kind):
        value = record.details.get(detail.code)
        if value and detail.is_text and not detail.for_members:
            for code, text in value.items():
                found.setdefault(code, []).append(text)
    return {code: "\n".join(parts) for code, parts in found.items()}


def keywords_of(record: Record) -> set[str]:
    """Those given by hand and those that title or summary name."""
    given = {concept.pk for concept in record.concepts.all()}
    return given | thesaurus.mentioned(record.title) | thesaurus.mentioned(record.summary)


def countries_of_regions(record: Record) -> set[str]:
    return {region.country_id for region in record.regions.all()}


def facets(record: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {
        "kind": [record.kind],
        "topic": [str(topic.pk) for topic in record.topics.all()],
        "country": sorted({country.pk for country in record.countries.all()} | countries_of_regions(record)),
        "region": [region.code for region in record.regions.all()],
        "year": [str(record.year)],
        "language": record.languages,
        "concept": sorted(keywords_of(record)),
        "merit": [record.merit] if validation.is_current(record) else [],
        "demonstration": ["1"] if record.is_demonstration else [],
    }
    for term in record.terms.all():
        if term.scheme in selectors.SCHEMES:
            found.setdefault(term.scheme, []).append(term.code)
    return found


def reindex_readers_of_file(event) -> None:
    """When a file's text has been read, the records that hold it are indexed again."""
    searchable = next(kind for kind in declared(Searchable) if kind.label == selectors.LABEL)
    for pk in selectors.records_with_file(int(event.thing_id)):
        index(searchable, pk)


def language_labels() -> dict[str, str]:
    return {code: native_name(interface_code(code)) for code in CODES}


def depositor_of(event) -> list[int]:
    record = Record.objects.filter(pk=event.thing_id).first() if event.payload["new"] else None
    return [record.deposited_by_id] if record and record.deposited_by_id else []


def told_of_adoption(event) -> NoticeContent:
    record = Record.objects.get(pk=event.thing_id)
    organisation = Organisation.objects.get(pk=event.payload["organisation"])
    words = {"title": record.title, "organisation": organisation}
    return NoticeContent(
        subject=gettext("Taken over: %(title)s") % words,
        text=gettext("%(organisation)s has taken over “%(title)s” and tells how it was adapted.") % words,
        address=record.get_absolute_url(),
    )


RELATIONS = [
    ("based_on", _("is based on"), _("is the basis of"), True),
    ("supported_by", _("is supported by"), _("supports"), False),
    ("adopted_from", _("was adopted from"), _("was adopted as"), True),
    ("translation_of", _("is a translation of"), _("is translated as"), True),
    ("version_of", _("is a version of"), _("has the version"), True),
    ("supersedes", _("replaces"), _("is replaced by"), True),
]
declarations = [
    FileNames(code="repository.versions", held=versions.naming),
    *RIGHTS,
    *VALIDATION,
    *GAPS,
    *FILES,
    *PROPOSALS,
    *COMMENTS,
    *FOLLOWING,
    *IMPORTS,
    Thing(
        label=selectors.LABEL,
        invitable=True,
        name=_("Record"),
        title=lambda record: record.title,
        address=lambda record: record.get_absolute_url(),
        visible=selectors.records,
        public=True,
        route="repository:record",
        lookup="code",
        gone=origins.gone,
        changed="changed_on",
    ),
    origins.KEPT,
    *(
        TrailKind(
            code=f"repository.{code}",
            name=name,
            inverse=inverse,
            sources=(selectors.LABEL,),
            targets=(selectors.LABEL,),
            right="repository.relate_record",
            is_order=is_order,
            order=order,
        )
        for order, (code, name, inverse, is_order) in enumerate(RELATIONS)
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Records"),
        document=search_document,
        every=lambda: Record.objects.filter(state=Record.State.PUBLISHED).values_list("pk", flat=True),
        order=10,
        list_route="repository:records",
    ),
    Translatable(
        label=selectors.LABEL,
        texts=translations.texts,
        keep=translations.keep,
        things=translations.things,
        right="repository.translate_record",
        review="repository.review_translation",
        order=20,
    ),
    Facet(code="year", name=_("Year"), labels=dict, order=45),
    Facet(code="language", name=_("Language of the document"), labels=language_labels, order=70),
    Reaction(
        code="repository.register",
        handle=registration.heed,
        verbs=frozenset({"repository.published", "repository.changed", "repository.withdrawn"}),
    ),
    JobKind(
        code="repository.register",
        name=_("Registering the DOI of a record"),
        perform="repository.registration.register",
    ),
    EventKind(verb="repository.doi_registered", name=_("The DOI of a record was registered")),
    Reaction(
        code="repository.heed_links",
        handle=linking.heed,
        verbs=frozenset({"repository.deposited", "repository.changed", "repository.published"}),
    ),
    JobKind(
        code="repository.heed_drafts",
        name=_("Noting the links of drafts"),
        perform="repository.linking.heed_drafts",
    ),
    Reaction(code="repository.read_files", handle=reindex_readers_of_file, verbs=frozenset({"files.text_read"})),
    EventKind(verb="repository.deposited", name=_("A record was deposited")),
    EventKind(verb="repository.file_attached", name=_("A file was attached to a record")),
    EventKind(verb="repository.file_detached", name=_("A file was taken away from a draft")),
    EventKind(verb="repository.adopted", name=_("An organisation took over what a record describes")),
    EventKind(verb="repository.adoption_taken_back", name=_("An organisation took back that it took something over")),
    NoticeKind(
        code="repository.adopted",
        name=_("Something you deposited was taken over"),
        verb="repository.adopted",
        recipients=depositor_of,
        content=told_of_adoption,
    ),
    EventKind(verb="repository.changed", name=_("A record was changed")),
    EventKind(verb="repository.files_opened", name=_("The files of a record were opened")),
    Sweep(code="repository.note_use", perform=usage.note_use, minutes=15),
    EventKind(verb="repository.collection_kept", name=_("A collection was made or changed")),
    EventKind(verb="repository.collection_dropped", name=_("A collection was dropped")),
    of_fields("repository.collection", collections.collections, markdown=("intro",), order=30),
    Thing(
        label="repository.collection",
        name=_("Collection"),
        title=lambda collection: collection.title,
        address=lambda collection: collection.get_absolute_url(),
        visible=collections.collections,
        public=True,
        route="repository:collection",
        lookup="code",
        changed="changed_on",
    ),
    Sweep(code="repository.open_files", perform=services.open_due_files, minutes=15),
    EventKind(verb="repository.published", name=_("A record was published")),
    EventKind(verb="repository.withdrawn", name=_("A record was withdrawn")),
    ApiScope(code="records.write", name=_("Deposit records and change drafts")),
    ApiScope(code="records.publish", name=_("Publish records")),
    MenuEntry(place="public", name=_("Repository"), route="repository:records", order=20),
    MenuEntry(
        place="desk",
        name=_("Deposit a record"),
        route="repository:kinds",
        order=20,
        right="repository.deposit_record",
    ),
    MenuEntry(place="desk", name=_("Drafts"), route="repository:drafts", order=21, right="repository.deposit_record"),
    MenuEntry(place="person", name=_("Reading lists"), route="repository:reading", order=41),
    Panel(place="home.hero", order=10, template="repository/panel_map.html", context=panels.region_map),
    Panel(place="home.main", order=20, template="repository/panel_newest.html", context=panels.newest),
    Panel(place="region.main", order=10, template="repository/panel_newest.html", context=panels.newest),
    Panel(place="country.main", order=10, template="repository/panel_newest.html", context=panels.newest),
    Panel(place="keyword.main", order=10, template="repository/panel_newest.html", context=panels.newest),
    Panel(place="region.main", order=20, template="repository/panel_adoptions.html", context=panels.adopted_here),
    Panel(place="country.main", order=20, template="repository/panel_adoptions.html", context=panels.adopted_here),
    Panel(place="organisation.main", order=15, template="repository/panel_projects.html", context=panels.projects),
    Panel(place="topics.row", order=10, template="repository/panel_count.html", context=panels.topic_count),
    Panel(place="topic.main", order=25, template="repository/panel_collections.html", context=panels.collections_of),
    Panel(place="topic.main", order=20, template="repository/panel_newest.html", context=panels.newest),
    PersonalData(
        label="repository.record",
        fields=("deposited_by", "creators", "identifiers", "natures"),
        holder="deposited_by",
        purpose=_("To credit who wrote and who deposited a record"),
        erasure="unlink",
        files=selectors.files_of,
    ),
    PersonalData(
        label="repository.readinglist",
        fields=("name", "records"),
        holder="person",
        purpose=_("To keep together what somebody wants to read"),
        erasure="delete",
    ),
    *counting.RULES,
    Demonstration(order=30, load=demonstration.load),
    Demonstration(order=75, load=translating.load),
]
