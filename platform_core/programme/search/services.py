from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from operator import attrgetter

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

PLACE = ("file", "name", "number", "language", "text")  # what tells a page of an entry from every other
place_of = attrgetter(*PLACE)


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
    if entry and afresh:
        forget_all_pages(entry)
    entry = write(entry, searchable.label, pk, document, open_to, state)
    count(entry, 1)
    return entry


def openness_of(label: str, pk: int) -> int | None:
    """How public a thing is; None when nobody may see it."""
    keys = Audience.objects.filter(thing=label, object_id=pk).values_list("key", flat=True)
    return min((openness(key) for key in keys), default=None)


def write(entry, label: str, pk: int, document: SearchDocument, open_to: int, state: str) -> SearchEntry:
    if entry:
        backend().forget_entry(entry.pk, entry.day)
    entry = entry or SearchEntry(thing=label, object_id=pk)
    entry.title, entry.summary = document.title, document.summary
    entry.route, entry.key, entry.day = document.route, document.key, document.day
    entry.openness, entry.digest = open_to, state
    rows = sorted(facet_rows(document))
    entry.marks = marks(rows)
    entry.save()
    entry.facets.all().delete()
    SearchFacet.objects.bulk_create(
        SearchFacet(entry=entry, day=entry.day, dimension=name, value=value) for name, value in rows
    )
    pages = write_pages(entry, document)
    backend().write_entry(entry.pk, entry.day, title_words(document), body_words(document, pages))
    return entry


def write_pages(entry: SearchEntry, document: SearchDocument) -> list[str]:
    """The words of all pages. Those that stay are left as they are: a further post of a thread costs what it holds itself."""
    rows = list(entry.pages.values_list("pk", "words", *PLACE))
    held = {tuple(place): words for _pk, words, *place in rows if words}
    wanted = {place_of(page): page for page in document.pages}
    forget_pages(entry, [pk for pk, words, *place in rows if not words or tuple(place) not in wanted])
    new = [
        SearchPage(entry=entry, words=page_words(page.text, page.language), **asdict(page))
        for place, page in wanted.items()
        if place not in held
    ]
    SearchPage.objects.bulk_create(new)
    backend().write_pages((page.pk, page.words) for page in new)
    held |= {place_of(page): page.words for page in new}
    return [held[place] for place in wanted]


def forget_pages(entry: SearchEntry, gone: list[int]) -> None:
    entry.pages.filter(pk__in=gone).delete()
    backend().forget_pages(gone)


def forget_all_pages(entry: SearchEntry) -> None:
    forget_pages(entry, list(entry.pages.values_list("pk", flat=True)))


def remove(entry: SearchEntry) -> None:
    count(entry, -1)
    forget_all_pages(entry)
    backend().forget_entry(entry.pk, entry.day)
    entry.delete()


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


def rebuild_all(run) -> dict[str, int]:
    """The job that does so: after an upgrade that adds to what is found, and when organisations were merged."""
    return {"entries": rebuild()}


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
