from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Searchable, SearchDocument
from platform_core.identity.access.keys import openness
from platform_core.identity.access.models import Audience
from platform_core.identity.audit.models import Event

from .backends import backend
from .indexing import body_words, digest, facet_rows, marks, page_words, title_words
from .models import FacetTally, SearchEntry, SearchFacet, SearchPage


def index_event(event: Event) -> None:
    """The reaction that keeps the index up to date: whatever an event is about is read again."""
    for searchable in declared(Searchable):
        if searchable.label == event.thing:
            index(searchable, int(event.thing_id))


@transaction.atomic
def index(searchable: Searchable, pk: int, *, afresh: bool = False) -> SearchEntry | None:
    """Read a thing again; an entry whose content is unchanged is left as it is, unless it is to be written `afresh`.

    One at a time: two workers that moved the same counts in different order would lock each other out.
    """
    backend().wait_for_turn()
    entry = SearchEntry.objects.select_for_update().filter(thing=searchable.label, object_id=pk).first()
    document, open_to = searchable.document(pk), openness_of(searchable.label, pk)
    if document is None or open_to is None:
        if entry:
            remove(entry)
        return None
    state = digest(document, open_to)
    if entry and entry.digest == state and not afresh:
        return entry
    if entry:
        count(entry, -1)
    entry = write(entry, searchable.label, pk, document, open_to, state)
    count(entry, 1)
    return entry


def openness_of(label: str, pk: int) -> int | None:
    """How public a thing is; None when nobody may see it."""
    keys = Audience.objects.filter(thing=label, object_id=pk).values_list("key", flat=True)
    return min((openness(key) for key in keys), default=None)


def write(entry, label: str, pk: int, document: SearchDocument, open_to: int, state: str) -> SearchEntry:
    entry = entry or SearchEntry(thing=label, object_id=pk)
    entry.title, entry.summary = document.title, document.summary
    entry.route, entry.key, entry.day = document.route, document.key, document.day
    entry.openness, entry.digest = open_to, state
    rows = sorted(facet_rows(document))
    entry.marks = marks(rows)
    entry.save()
    entry.facets.all().delete()
    SearchFacet.objects.bulk_create(SearchFacet(entry=entry, dimension=name, value=value) for name, value in rows)
    backend().write_entry(entry.pk, title_words(document), body_words(document))
    write_pages(entry, document)
    return entry


def write_pages(entry: SearchEntry, document: SearchDocument) -> None:
    forget_pages(entry)
    pages = [
        SearchPage(
            entry=entry, file=page.file, name=page.name, number=page.number, language=page.language, text=page.text
        )
        for page in document.pages
    ]
    SearchPage.objects.bulk_create(pages)
    backend().write_pages((page.pk, page_words(page.text, page.language)) for page in pages)


def forget_pages(entry: SearchEntry) -> None:
    old = list(entry.pages.values_list("pk", flat=True))
    entry.pages.all().delete()
    backend().forget([], old)


def remove(entry: SearchEntry) -> None:
    count(entry, -1)
    forget_pages(entry)
    pk = entry.pk
    entry.delete()
    backend().forget([pk], [])


def count(entry: SearchEntry, change: int) -> None:
    """Move the maintained counts of an entry's facets by one."""
    values = [("", ""), *entry.facets.values_list("dimension", "value")]
    for dimension, value in values:
        place = {"thing": entry.thing, "openness": entry.openness, "dimension": dimension, "value": value}
        if not FacetTally.objects.filter(**place).update(count=F("count") + change):
            FacetTally.objects.get_or_create(**place)
            FacetTally.objects.filter(**place).update(count=F("count") + change)


def note_use(thing: str, used: dict[int, int]) -> None:
    """How often things were looked at, for the order “most used first”."""
    rows = SearchEntry.objects.filter(thing=thing, object_id__in=used).only("pk", "object_id")
    changed = [SearchEntry(pk=row.pk, used=used[row.object_id]) for row in rows]
    SearchEntry.objects.bulk_update(changed, ["used"], batch_size=500)


def rebuild() -> int:
    """Read every searchable thing again, drop entries of things that are gone, recount; gives the number of entries."""
    for searchable in declared(Searchable):
        known = set(searchable.every())
        for entry in SearchEntry.objects.filter(thing=searchable.label).exclude(object_id__in=known):
            with transaction.atomic():
                remove(entry)
        for pk in sorted(known):
            index(searchable, pk, afresh=True)
    recount(searchable.label for searchable in declared(Searchable))
    return SearchEntry.objects.count()


@transaction.atomic
def recount(labels: Iterable[str]) -> None:
    SearchEntry.objects.exclude(thing__in=list(labels)).delete()
    totals: Counter[tuple] = Counter()
    for thing, open_to in SearchEntry.objects.values_list("thing", "openness"):
        totals[thing, open_to, "", ""] += 1
    facets = SearchFacet.objects.values_list("entry__thing", "entry__openness", "dimension", "value")
    totals.update(facets.iterator())
    FacetTally.objects.all().delete()
    FacetTally.objects.bulk_create(
        FacetTally(thing=thing, openness=open_to, dimension=dimension, value=value, count=number)
        for (thing, open_to, dimension, value), number in sorted(totals.items())
    )
