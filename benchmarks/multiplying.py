"""Records written once are copied within the database, with all that is told of them, so that many come in short time.

Copies have the words of their originals; those that hold a rare word are not copied, so that it stays as rare.
"""

from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from benchmarks.texts import COMMON, FIRST_HITS, MIDDLING, rare_places
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Searchable
from platform_core.identity.access.models import Audience
from platform_core.materials.languages.models import TranslationState
from platform_core.programme.search.backends.sqlite import KEY
from platform_core.programme.search.models import SearchEntry, SearchFacet, SearchPage
from platform_core.programme.search.services import recount
from repository.models import Record, RecordFile

APART = 10_000_000
LABEL = "repository.record"
SOURCE = "SELECT id FROM bench_source"
ENTRIES = f"SELECT id FROM search_searchentry WHERE thing = '{LABEL}' AND object_id IN ({SOURCE})"
PAGES = f"SELECT id FROM search_searchpage WHERE entry_id IN ({ENTRIES})"
LINKS = [getattr(Record, name).through for name in ("topics", "countries", "regions", "terms", "concepts")]
OWN = (  # model, column that says whose a row is, which of them, columns that move with the copy
    (Record, "id", SOURCE, ("id",)),
    *((through, "record_id", SOURCE, ("record_id",)) for through in LINKS),
    (RecordFile, "record_id", SOURCE, ("record_id",)),
    (Audience, "object_id", SOURCE, ("object_id",)),
    (TranslationState, "object_id", SOURCE, ("object_id",)),
    (SearchEntry, "id", ENTRIES, ("id", "object_id")),
    (SearchFacet, "entry_id", ENTRIES, ("entry_id",)),
    (SearchPage, "id", PAGES, ("id", "entry_id")),
)
WORDS = {
    "postgresql": (("search_entry_words", "entry_id", ["words"]), ("search_page_words", "page_id", ["words"])),
    "sqlite": (("search_entry_words", "rowid", ["title", "body"]), ("search_page_words", "rowid", ["text"])),
}


def multiply(base: int, times: int) -> tuple[list[int], dict[str, int]]:
    """From `base` records `times` as many; gives the places that were not copied, and how many copied ones hold a word."""
    left_out = sorted({*range(FIRST_HITS), *rare_places(base)})
    choose(left_out)
    held = holding((*MIDDLING, *COMMON))
    for number in range(1, times):
        with transaction.atomic():
            copy(number, base)
    recount([searchable.label for searchable in declared(Searchable)])
    return left_out, held


def choose(left_out: Iterable[int]) -> None:
    codes = [f"record-{place}" for place in left_out]
    keys = Record.objects.exclude(code__in=codes).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_source (id bigint PRIMARY KEY)")
        cursor.executemany("INSERT INTO bench_source VALUES (%s)", [(pk,) for pk in keys])


def holding(words: Iterable[str]) -> dict[str, int]:
    asked = (
        f"SELECT count(*) FROM repository_record WHERE lower(CAST(description AS text)) LIKE %s AND id IN ({SOURCE})"
    )
    found = {}
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute(asked, [f"%{word}%"])
            found[word] = cursor.fetchone()[0]
    return found


def copy(number: int, base: int) -> None:
    shift = number * APART
    code = f"'record-' || (CAST(substr({{}}, 8) AS integer) + {number * base})"
    with connection.cursor() as cursor:
        for model, owner, which, moving in OWN:
            columns = [field.column for field in model._meta.local_concrete_fields]
            taken = {name: name for name in columns if name != "id" or name in moving}
            taken |= {name: f"{name} + {shift}" for name in moving}
            taken |= {
                name: code.format(name) for name in ("code", "key") if model in (Record, SearchEntry) and name in taken
            }
            labelled = f" AND thing = '{LABEL}'" if owner == "object_id" else ""
            cursor.execute(copying(model._meta.db_table, taken, f"{owner} IN ({which}){labelled}"))
        for (table, owner, columns), which in zip(WORDS[connection.vendor], (ENTRIES, PAGES), strict=True):
            taken = {owner: f"{owner} + {shift}", **{name: name for name in columns}}
            key = KEY if (table, owner) == ("search_entry_words", "rowid") else owner
            cursor.execute(copying(table, taken, f"{key} IN ({which})"))


def copying(table: str, taken: Mapping[str, str], which: str) -> str:
    names = ", ".join(f'"{name}"' if name != "rowid" else name for name in taken)
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(taken.values())} FROM {table} WHERE {which}"
