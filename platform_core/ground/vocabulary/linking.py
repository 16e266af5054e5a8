"""Reference rows of many-to-many fields, read with one query for all the fields."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from . import selectors
from .models import Concept, Country, Region, Term, Topic

KNOWN = {
    Topic: selectors.topics,
    Country: selectors.countries,
    Region: selectors.regions,
    Term: selectors.all_terms,
    Concept: selectors.concepts,
}


def prefetch_vocabulary(things: Sequence[Model], *names: str) -> None:
    """What `prefetch_related(*names)` does for fields to reference rows, but with one query instead of one per field."""
    found: dict[tuple[str, Any], set[str]] = {}
    for name, thing, linked in links(things, names) if things else ():
        found.setdefault((name, thing), set()).add(linked)
    for thing in things:
        for name in names:
            fill(thing, name, found.get((name, thing.pk), set()))


def links(things: Sequence[Model], names: Sequence[str]) -> list[tuple[str, Any, str]]:
    """Rows of a field's name, the key of the thing and, as text, that of the reference row."""
    keys = [thing.pk for thing in things]
    marks = ",".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"{part} IN ({marks})" for part in parts(type(things[0]), names)), keys * len(names)
        )
        return cursor.fetchall()


@cache
def parts(model: type[Model], names: Sequence[str]) -> list[str]:
    quote, rows = connection.ops.quote_name, []
    for name in names:
        field: Any = model._meta.get_field(name)
        owner, linked = quote(field.m2m_column_name()), quote(field.m2m_reverse_name())
        table = quote(field.m2m_db_table())
        rows.append(f"SELECT '{name}', {owner}, CAST({linked} AS varchar(40)) FROM {table} WHERE {owner}")  # noqa: S608 - names of columns
    return rows


def fill(thing: Any, name: str, linked: set[str]) -> None:
    rows = getattr(thing, name).get_queryset()
    rows._result_cache = [row for row in KNOWN[rows.model]() if str(row.pk) in linked]
    rows._prefetch_done = True
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows
