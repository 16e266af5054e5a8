"""Synthetic records, written in bulk with everything the product would have written beside them one by one."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from random import Random

from django.db import transaction

from benchmarks.texts import Writer, hidden
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import DocumentPage, Searchable, SearchDocument
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.models import Audience
from platform_core.materials.files.models import FilePage, StoredFile
from platform_core.materials.languages.models import TranslationState
from platform_core.programme.search.backends import backend
from platform_core.programme.search.indexing import body_words, digest, facet_rows, marks, page_words, title_words
from platform_core.programme.search.models import SearchEntry, SearchFacet, SearchPage
from platform_core.programme.search.services import recount
from repository.declarations import body, facets
from repository.models import Record, RecordFile

LABEL = "repository.record"
BATCH = 1000
PAGES = 3
LINKED = ["topics", "countries", "regions", "terms", "concepts"]


def add(writer: Writer, start: int, stop: int) -> None:
    """Records at the places from `start` to before `stop`, found and counted as if each had been published."""
    for first in range(start, stop, BATCH):
        with transaction.atomic():
            places = range(first, min(stop, first + BATCH))
            rows = [record(writer, place) for place in places]
            Record.objects.bulk_create(row for row, _planted in rows)
            link([row for row, _planted in rows], writer.chance)
            attach(rows, writer)
            show([row for row, _planted in rows])
            index(row.pk for row, _planted in rows)
    recount([searchable.label for searchable in declared(Searchable)])


def record(writer: Writer, place: int) -> tuple[Record, list[str]]:
    chance, planted = writer.chance, writer.plant(place)
    languages = writer.languages(place)
    written = {
        language: (writer.text(5, language=language), writer.text(25, language=language)) for language in languages
    }
    row = Record(
        code=f"record-{place}",
        kind=chance.choice(vocabulary.terms("record_kind")).code,
        title={language: title for language, (title, _summary) in written.items()},
        summary={language: summary for language, (_title, summary) in written.items()},
        description={languages[0]: writer.text(90, planted, languages[0])},
        year=chance.randrange(2012, 2027),
        languages=languages,
        creators=[writer.text(2, language=languages[0])],
        state=Record.State.PUBLISHED,
        was_public=not hidden(place),
        published_on=date(2016, 1, 1) + timedelta(days=(place * 3650) // writer.total),
    )
    return row, planted


def link(rows: list[Record], chance: Random) -> None:
    links = {name: [] for name in LINKED}
    for row in rows:
        for name, found in drawn(chance).items():
            through = getattr(Record, name).through
            column = next(field.attname for field in through._meta.fields if field.attname not in {"id", "record_id"})
            links[name] += [through(record_id=row.pk, **{column: thing.pk}) for thing in found]
    for name, found in links.items():
        getattr(Record, name).through.objects.bulk_create(found, batch_size=2000)


def drawn(chance: Random) -> dict[str, list]:
    """The vocabulary of one record."""
    countries = chance.sample(vocabulary.countries(), 2 if chance.random() < 0.2 else 1)
    within = [region for region in vocabulary.regions() if region.country_id == countries[0].pk]
    schemes = ["cycle_stage", "level", *(["axis"] if chance.random() < 0.3 else [])]
    return {
        "topics": chance.sample(vocabulary.topics(), 2 if chance.random() < 0.2 else 1),
        "countries": countries,
        "regions": [chance.choice(within)] if within and chance.random() < 0.6 else [],
        "terms": [chance.choice(vocabulary.terms(scheme)) for scheme in schemes],
    }


def attach(rows: list[tuple[Record, list[str]]], writer: Writer) -> None:
    """Every fifth record has a file of three pages; its planted words are on the first."""
    chosen = rows[::5]
    stored = [
        StoredFile(sha256=hashlib.sha256(row.code.encode()).hexdigest(), size=1, media_type="text/plain", state="ready")
        for row, _planted in chosen
    ]
    StoredFile.objects.bulk_create(stored)
    files = [
        RecordFile(record=row, file=file, name="paper.txt", language=row.languages[0])
        for (row, _planted), file in zip(chosen, stored, strict=True)
    ]
    RecordFile.objects.bulk_create(files)
    FilePage.objects.bulk_create(
        FilePage(
            file=file,
            number=number,
            text=writer.text(120, planted if number == 1 else [], row.languages[0]),
        )
        for (row, planted), file in zip(chosen, stored, strict=True)
        for number in range(1, PAGES + 1)
    )


def show(rows: list[Record]) -> None:
    Audience.objects.bulk_create(
        Audience(thing=LABEL, object_id=row.pk, key="members" if hidden(place_of(row)) else "public") for row in rows
    )
    TranslationState.objects.bulk_create(
        TranslationState(
            thing=LABEL, object_id=row.pk, key=name, language=language, source_hash=getattr(row, name).source_hash
        )
        for row in rows
        for language in row.languages[1:]
        for name in ("title", "summary")
    )


def place_of(row: Record) -> int:
    return int(row.code.removeprefix("record-"))


def index(pks: Iterator[int]) -> None:
    rows = Record.objects.filter(pk__in=list(pks)).order_by("pk").prefetch_related(*LINKED, "files__file__pages")
    documents = [(row, document(row)) for row in rows]
    entries = [entry(row, found) for row, found in documents]
    SearchEntry.objects.bulk_create(entries)
    both = [(made, found) for made, (_row, found) in zip(entries, documents, strict=True)]
    SearchFacet.objects.bulk_create(
        (
            SearchFacet(entry=made, day=made.day, dimension=name, value=value)
            for made, found in both
            for name, value in sorted(facet_rows(found))
        ),
        batch_size=2000,
    )
    pages: list[SearchPage] = []
    for made, found in both:
        own = [
            SearchPage(entry=made, words=page_words(page.text, page.language), **asdict(page)) for page in found.pages
        ]
        backend().write_entry(made.pk, made.day, title_words(found), body_words(found, [page.words for page in own]))
        pages += own
    SearchPage.objects.bulk_create(pages)
    backend().write_pages((page.pk, page.words) for page in pages)


def document(row: Record) -> SearchDocument:
    """As `repository.declarations.search_document` gives it, from rows read many at a time; see `checks`."""
    return SearchDocument(
        title=row.title,
        summary=row.summary,
        body=body(row),
        route="repository:record",
        key=row.code,
        day=row.published_on,
        facets=facets(row),
        pages=[
            DocumentPage(file=held.pk, name=held.name, number=page.number, language=held.language, text=page.text)
            for held in row.files.all()
            for page in held.file.pages.all()
        ],
    )


def entry(row: Record, found: SearchDocument) -> SearchEntry:
    open_to = 1 if hidden(place_of(row)) else 0
    return SearchEntry(
        thing=LABEL,
        object_id=row.pk,
        title=found.title,
        summary=found.summary,
        route=found.route,
        key=found.key,
        day=found.day,
        openness=open_to,
        digest=digest(found, open_to),
        marks=marks(sorted(facet_rows(found))),
    )
