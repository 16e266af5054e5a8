from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from .. import counting
from ..models import Usage

NUMBERS = ("views", "unique_views", "downloads", "unique_downloads")
SUMS = {name: Sum(name) for name in NUMBERS}


@dataclass(frozen=True)
class Used:
    views: int = 0
    unique_views: int = 0
    downloads: int = 0
    unique_downloads: int = 0


def usage(thing: str) -> QuerySet[Usage]:
    """Everything counted for a kind of thing, what this process still has in mind included."""
    counting.write_quietly()
    return Usage.objects.filter(thing=thing)


def by_month(thing: str, pk: int) -> list[tuple[date, Used]]:
    """The newest month first."""
    rows = usage(thing).filter(object_id=pk).values_list("month").annotate(**SUMS).order_by("-month")
    return [(month, Used(*numbers)) for month, *numbers in rows]


def by_language(thing: str, pk: int) -> list[tuple[str, Used]]:
    rows = usage(thing).filter(object_id=pk).values_list("language").annotate(**SUMS)
    return [(code, Used(*numbers)) for code, *numbers in rows.order_by(F("views").desc(), "language")]


def totals(thing: str) -> Iterator[tuple[int, int, int]]:
    """Primary key, views and downloads of everything that was used."""
    rows = usage(thing).values_list("object_id").annotate(Sum("views"), Sum("downloads")).order_by()
    return rows.iterator()


def of_each(thing: str, pks: Iterable[int] | QuerySet) -> QuerySet:
    """Months of the things named, to be summed by the caller."""
    return usage(thing).filter(object_id__in=pks)
