"""Which entries answer a question, as SQL that both databases understand.

Written by hand, since a database that is asked for the newest of few would read all to find them, and SQLite takes the
conditions in their order.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import prod
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from platform_core.identity.access.selectors import keys_of

from .backends import backend
from .backends.sources import ENTRIES, Source
from .models import SearchEntry

Row = TypeVar("Row", bound=Model)
MOST_USED_FIRST = "entry.used DESC, entry.id DESC"
FACETS = Source("search_searchfacet first CROSS JOIN search_searchentry entry", "first.day DESC, first.entry_id DESC")
ENOUGH = 1000  # entries that are read of an answer
DEARER = 2  # times that an entry found by its facet costs one that is passed in the order of days


class Condition:
    """A WHERE clause over rows called `entry` of a source, with its parameters."""

    def __init__(self) -> None:
        self.source = ENTRIES
        self.parts: list[str] = []
        self.parameters: list[Any] = []

    def add(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self.parts.append(sql)
        self.parameters += parameters

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts)


def condition(user, question, without: str = "", in_title: bool = False, ask_few: bool = True) -> Condition:
    """`without` leaves one dimension's filter out; `in_title` asks for the words in titles only; with `ask_few` a question
    of its own finds out first whether few entries hold the words, or which filter leaves the fewest."""
    found = Condition()
    few = add_words(found, question, in_title, ask_few)
    first = "" if question.has_words else first_filter(question, without, ask_few)
    if first:
        few = begin_with(found, first, question.filters[first])
    if question.thing:
        found.add("entry.thing || '' = %s" if few else "entry.thing = %s", [question.thing])
    for dimension, values in question.filters.items():
        if dimension not in (without, first):
            add_filter(found, dimension, values)
    add_audience(found, user)
    return found


def add_words(found: Condition, question, in_title: bool, ask_few: bool) -> bool:
    """Few entries are named one by one, many by a condition; True when they are few."""
    if not question.has_words:
        return False
    if not in_title and ask_few and question.few is not None:
        found.add(f"entry.id IN ({listed(question.few)})")
        return True
    found.source = backend().SOURCE
    found.add(*(backend().title_condition if in_title else backend().condition)(question.tokens))
    return False


def first_filter(question, without: str, ask_few: bool) -> str:
    """The filter to begin with: of those with one value the rarest, else one of several values where that pays."""
    dimensions = [name for name in question.filters if name != without]
    single = [name for name in dimensions if len(question.filters[name]) == 1]
    if not ask_few or len(single) == 1:
        return next(iter(single), "")
    return min(single, key=question.sizes.__getitem__) if single else rarest(question, without)


def rarest(question, without: str) -> str:
    """The filter to begin with where its entries are fewer than those one would pass on the way from the newest."""
    sizes = {dimension: size for dimension, size in question.sizes.items() if dimension not in ("", without)}
    total, first = question.sizes.get("", 0), min(sizes, key=sizes.__getitem__, default="")
    share = prod(min(1, size / total) for size in sizes.values()) if total else 1
    passed = min(total, ENOUGH / share) if share else total
    return first if first and DEARER * sizes[first] < passed else ""


def begin_with(found: Condition, dimension: str, values: list[str]) -> bool:
    """Entries of one value are come by from the newest; those of several are named. True when they are named."""
    known = [value for value in values if "\0" not in value]
    if len(known) == 1:
        found.source = FACETS
        found.add("first.dimension = %s AND first.value = %s AND entry.id = first.entry_id", [dimension, *known])
        return False
    sql = f"""entry.id IN (SELECT first.entry_id FROM search_searchfacet first WHERE first.dimension = %s
              AND first.value IN ({marks(known)}))"""  # noqa: S608 - values are parameters
    found.add(sql, [dimension, *known])
    return True


def add_filter(found: Condition, dimension: str, values: list[str]) -> None:
    known = [value for value in values if "\0" not in value]  # PostgreSQL refuses to be asked for it
    sql = f"""EXISTS (SELECT 1 FROM search_searchfacet facet WHERE facet.dimension = %s
              AND facet.value IN ({marks(known)}) AND facet.entry_id = entry.id)"""  # noqa: S608 - values are parameters
    found.add(sql, [dimension, *known])


def add_audience(found: Condition, user) -> None:
    keys = sorted(keys_of(user))
    sql = f"""EXISTS (SELECT 1 FROM access_audience seen WHERE seen.thing = entry.thing
              AND seen.object_id = entry.object_id AND seen.key IN ({marks(keys)}))"""  # noqa: S608 - values are parameters
    found.add(sql, keys)


def marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def listed(keys: Sequence[int]) -> str:
    return ", ".join(str(int(key)) for key in keys) or "NULL"


def read(columns: str, found: Condition, limit: int, order: str = "") -> list[tuple]:
    """Columns of the first entries that answer, by default of the newest."""
    sql = f"""SELECT {columns} FROM {found.source.tables} WHERE {found.sql}
              ORDER BY {order or found.source.newest} LIMIT {int(limit)}"""  # noqa: S608 - values are parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, found.parameters)
        return cursor.fetchall()


def numbers(conditions: Sequence[Condition], most: int) -> list[int]:
    """How many entries answer each, at most so many; in one question for all."""
    if not conditions:
        return []
    parts = [
        f"SELECT {place}, COUNT(*) FROM (SELECT 1 FROM {one.source.tables} WHERE {one.sql} LIMIT {int(most)}) AS taken"  # noqa: S608 - values are parameters
        for place, one in enumerate(conditions)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for one in conditions for value in one.parameters])
        return [number for _place, number in sorted(cursor.fetchall())]


def rows(model: type[Row], keys: Sequence[int]) -> Iterable[Row]:
    """Rows by their keys, in no order; for Django to write this anew each time takes longer than the answer."""
    return model._base_manager.raw(f"SELECT * FROM {model._meta.db_table} WHERE id IN ({listed(keys)})") if keys else []  # noqa: S608 - integers only


def entries(found: Condition, start: int, count: int, order: str = "") -> list[SearchEntry]:
    sql = f"""SELECT entry.* FROM {found.source.tables} WHERE {found.sql} ORDER BY {order or found.source.newest}
              LIMIT {int(count)} OFFSET {int(start)}"""  # noqa: S608 - values are parameters
    return list(SearchEntry.objects.raw(sql, found.parameters))


def entries_after(found: Condition, after: tuple[date, int] | None, count: int) -> list[SearchEntry]:
    """The newest that come after a day and a key."""
    day, key = ("first.day", "first.entry_id") if found.source is FACETS else ("entry.day", "entry.id")
    if after:
        found.add(f"({day}, {key}) < (%s, %s)", [after[0].isoformat(), after[1]])
    return entries(found, 0, count, f"{day} DESC, {key} DESC")
