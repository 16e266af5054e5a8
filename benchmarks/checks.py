"""What content was written in bulk is what the product itself would have written."""

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Searchable
from platform_core.programme.search.backends import backend
from platform_core.programme.search.models import FacetTally, SearchEntry
from platform_core.programme.search.services import index, remove

SAMPLE = 25


class DifferentError(AssertionError):
    """The bulk and the product do not agree."""


def check(label: str = "repository.record") -> int:
    """Takes a sample out of the index, lets the product read it again, and compares everything; gives its size."""
    searchable = next(kind for kind in declared(Searchable) if kind.label == label)
    sample = list(
        SearchEntry.objects.filter(thing=label).order_by("digest").values_list("object_id", flat=True)[:SAMPLE]
    )
    words, tallies = all_words(sample), tally_rows()
    before = {pk: snapshot(label, pk, words) for pk in sample}
    for pk in sample:
        remove(SearchEntry.objects.get(thing=label, object_id=pk))
        index(searchable, pk)
    words = all_words(sample)
    for pk in sample:
        if before[pk] != snapshot(label, pk, words):
            raise DifferentError(f"{before[pk]}\n{snapshot(label, pk, words)}")
    if tallies != tally_rows():
        raise DifferentError("facet counts")
    return len(sample)


def all_words(sample: list[int]) -> dict[int, tuple[str, str]]:
    owners = dict(SearchEntry.objects.filter(object_id__in=sample).values_list("pk", "object_id"))
    return {owners[pk]: words for pk, words in backend().all_words().items() if pk in owners}


def snapshot(label: str, pk: int, words: dict) -> tuple:
    entry = SearchEntry.objects.get(thing=label, object_id=pk)
    named = ("title", "summary", "route", "key", "day", "openness", "digest", "marks")
    pages = sorted(entry.pages.values_list("file", "name", "number", "language", "text"))
    facets = sorted(entry.facets.values_list("dimension", "value"))
    return ([getattr(entry, name) for name in named], facets, pages, words[pk])


def tally_rows() -> set[tuple]:
    return set(FacetTally.objects.filter(count__gt=0).values_list("thing", "openness", "dimension", "value", "count"))
