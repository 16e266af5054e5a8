"""Asking the index, and what it should have said, counted by hand."""

from collections import Counter

from django.utils.translation import override

from platform_core.ground.texts.codes import interface_code
from platform_core.identity.access import services as access
from platform_core.identity.access.models import Audience
from platform_core.identity.access.selectors import keys_of
from platform_core.identity.audit import services as audit
from platform_core.programme.search import selectors
from platform_core.programme.search.backends import backend
from platform_core.programme.search.models import FacetTally, SearchEntry, SearchFacet, SearchPage
from repository import declarations as repository, services
from repository.models import Record

LABEL = "repository.record"


def ask(person, words: str = "", *, language: str = "en", page: int = 1, order: str = "", **filters):
    with override(interface_code(language)):
        question = selectors.Question(words, LABEL, filters, page=page, order=order)
        return selectors.find(person, question)


def codes(person, words: str = "", **how) -> list[str]:
    return [entry.key for entry in ask(person, words, **how).entries]


def written(code: str, title: dict, summary: dict, **fields) -> Record:
    """A published record with texts in the languages given."""
    given = {"kind": "report", "year": 2024, "languages": ["en"], "creators": ["A regional authority"], "topics": [4]}
    return services.publish(services.deposit(code=code, title=title, summary=summary, **{**given, **fields}))


def counts(answer) -> dict[str, dict[str, int]]:
    """Counts beside the choices, those of nothing left out."""
    found = {name: {one.code: one.count for one in rows if one.count} for name, rows in answer.choices.items()}
    return {name: rows for name, rows in found.items() if rows}


def open_to(record: Record, *keys: str) -> Record:
    """Say who may see a published record, as if it had never been open to others."""
    access.set_audience(record, set(keys))
    Record.objects.filter(pk=record.pk).update(was_public="public" in keys)
    audit.record("repository.published", record)
    return record


def seen_by(person) -> list[Record]:
    """What somebody may see, straight from the audience table."""
    seen = Audience.objects.filter(thing=LABEL, key__in=keys_of(person)).values_list("object_id", flat=True)
    return [record for record in Record.objects.filter(state="published") if record.pk in set(seen)]


def counted(records: list[Record]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter] = {}
    for record in records:
        for dimension, values in repository.facets(record).items():
            if values:
                found.setdefault(dimension, Counter()).update(values)
    return {dimension: dict(values) for dimension, values in found.items()}


def snapshot() -> dict[str, list]:
    """All that the index holds, without the keys of rows that belong to an entry."""
    page_words = "SELECT rowid, text FROM search_page_words"
    if backend().__name__.endswith("postgresql"):
        page_words = "SELECT page_id, words::text FROM search_page_words"
    words = dict(backend().execute(page_words))
    pages = SearchPage.objects.values_list("entry", "file", "number", "name", "language", "text", "pk")
    tallies = FacetTally.objects.exclude(count=0).values_list("thing", "openness", "dimension", "value", "count")
    return {
        "entries": [str(row) for row in SearchEntry.objects.order_by("pk").values_list()],
        "words": sorted(backend().all_words().items()),
        "pages": sorted([*row, words.pop(pk)] for *row, pk in pages),
        "words of no page": sorted(words),
        "facets": sorted(SearchFacet.objects.values_list("entry", "dimension", "value")),
        "tallies": sorted(tallies),
    }
