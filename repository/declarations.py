from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import (
    AssessmentKind,
    CaseAnswer,
    CaseKind,
    Demonstration,
    DocumentPage,
    EventKind,
    Facet,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    Outcome,
    Panel,
    PersonalData,
    Reaction,
    Reference,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.identity.access.selectors import holders
from platform_core.people.members.models import Organisation
from platform_core.programme.search.services import index

from . import collections, demonstration, panels, quality, selectors, services, usage, validation
from .kinds import details_of
from .models import Record
from .permissions import RIGHTS


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
                file=attached.pk, name=attached.name, number=page.number, language=attached.language, text=page.text
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


def facets(record: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {
        "kind": [record.kind],
        "topic": [str(topic.pk) for topic in record.topics.all()],
        "country": [country.pk for country in record.countries.all()],
        "region": [region.code for region in record.regions.all()],
        "year": [str(record.year)],
        "language": record.languages,
        "concept": [concept.pk for concept in record.concepts.all()],
        "merit": [record.merit] if validation.is_current(record) else [],
        "demonstration": ["1"] if record.is_demonstration else [],
    }
    for term in record.terms.all():
        if term.scheme in {"cycle_stage", "level", "axis"}:
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


def validation_facts(record: Record) -> list[tuple]:
    lacking = [str(hint.words) for hint in quality.hints(record)]
    return [
        (_("Kind"), selectors.kind_name(record)),
        (_("Version"), record.version),
        (_("What it lacks"), "\n".join(lacking) or _("nothing that is known")),
    ]


def about_record(subject, text):
    """A notice that leads to the record."""

    def content(event) -> NoticeContent:
        record = Record.objects.get(pk=event.thing_id)
        words = {"title": record.title, "level": record.get_merit_display() or gettext("not validated")}
        return NoticeContent(
            subject=gettext(subject) % words, text=gettext(text) % words, address=record.get_absolute_url()
        )

    return content


def depositor(event) -> list[int]:
    return [pk for pk in Record.objects.filter(pk=event.thing_id).values_list("deposited_by", flat=True) if pk]


def depositor_and_editors(event) -> list[int]:
    return [*depositor(event), *holders("editor")]


def merit_labels() -> dict[str, str]:
    return {value: str(label) for value, label in reversed(Record.Merit.choices)}


VALIDATION = [
    AssessmentKind(
        code=validation.KIND,
        name=_("Validation"),
        grid=validation.GRID,
        handler=validation.concluder,
        evaluators=validation.experts,
        interested=validation.interested,
        conclude=validation.conclude,
        outcomes=(
            Outcome(code="best", name=_("Best practice"), allowed=validation.best),
            Outcome(code="good", name=_("Good practice, validated"), allowed=validation.good),
            Outcome(code="promising", name=_("Promising practice"), allowed=validation.promising),
            Outcome(code="not", name=_("Not validated"), allowed=lambda record, picture: True),
        ),
    ),
    CaseKind(
        code="repository.validation",
        name=_("Validation of a practice"),
        verb="repository.validation_asked",
        handler=validation.editor,
        days=15,
        title=lambda record: gettext("Validation of %(title)s") % {"title": record.title},
        facts=validation_facts,
        organisation=lambda record: record.organisation_id,
        withdraw=validation.take_back,
        answers=(
            CaseAnswer(
                code="pass",
                name=_("Pass to experts"),
                outcome=_("Passed to experts"),
                perform=validation.pass_on,
                form="repository.forms.validation.PassForm",
                right="repository.screen_record",
            ),
            CaseAnswer(
                code="return",
                name=_("Return to the author"),
                outcome=_("Returned with remarks"),
                perform=validation.return_it,
                right="repository.screen_record",
                tone="secondary",
            ),
        ),
    ),
    EventKind(verb="repository.validation_asked", name=_("The validation of a practice was asked for")),
    EventKind(verb="repository.validation_returned", name=_("A practice was returned instead of being judged")),
    EventKind(verb="repository.validated", name=_("A practice was validated or refused")),
    EventKind(verb="repository.validation_lapsed", name=_("The validation of a practice is two years old")),
    NoticeKind(
        code="repository.validated",
        name=_("Something you deposited was judged"),
        verb="repository.validated",
        recipients=depositor,
        content=about_record(
            _("Judged: %(title)s"),
            _("The validation of “%(title)s” is concluded: %(level)s. Read scores and reasons there."),
        ),
    ),
    NoticeKind(
        code="repository.validation_lapsed",
        name=_("A validation is two years old"),
        verb="repository.validation_lapsed",
        recipients=depositor_and_editors,
        content=about_record(
            _("To be checked again: %(title)s"),
            _("“%(title)s” was validated two years ago. Bring it up to date and ask for its validation again."),
        ),
    ),
    Sweep(code="repository.tell_of_lapse", perform=validation.tell_of_lapse, minutes=720),
    Facet(code="merit", name=_("Validated as"), labels=merit_labels, order=36),
    Reference(order=60, load=validation.load_reference),
]
RELATIONS = [
    ("based_on", _("is based on"), _("is the basis of"), True),
    ("supported_by", _("is supported by"), _("supports"), False),
    ("adopted_from", _("was adopted from"), _("was adopted as"), True),
    ("translation_of", _("is a translation of"), _("is translated as"), True),
    ("version_of", _("is a version of"), _("has the version"), True),
    ("supersedes", _("replaces"), _("is replaced by"), True),
]
declarations = [
    *RIGHTS,
    *VALIDATION,
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
    ),
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
    Facet(code="year", name=_("Year"), labels=dict, order=45),
    Facet(code="language", name=_("Language of the document"), labels=language_labels, order=70),
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
    Thing(
        label="repository.collection",
        name=_("Collection"),
        title=lambda collection: collection.title,
        address=lambda collection: collection.get_absolute_url(),
        visible=collections.collections,
        public=True,
        route="repository:collection",
        lookup="code",
    ),
    Sweep(code="repository.open_files", perform=services.open_due_files, minutes=15),
    EventKind(verb="repository.published", name=_("A record was published")),
    EventKind(verb="repository.withdrawn", name=_("A record was withdrawn")),
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
    Panel(place="region.main", order=20, template="repository/panel_adoptions.html", context=panels.adopted_here),
    Panel(place="country.main", order=20, template="repository/panel_adoptions.html", context=panels.adopted_here),
    Panel(place="topics.row", order=10, template="repository/panel_count.html", context=panels.topic_count),
    Panel(place="topic.main", order=25, template="repository/panel_collections.html", context=panels.collections_of),
    Panel(place="topic.main", order=20, template="repository/panel_newest.html", context=panels.newest),
    PersonalData(
        label="repository.record",
        fields=("deposited_by", "creators", "identifiers"),
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
    Demonstration(order=30, load=demonstration.load),
]
