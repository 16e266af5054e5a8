"""How often records are used: of one record, and summed by topic, region, organisation and month. Public records only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation
from platform_core.programme.monitoring.selectors import usage as monitoring
from platform_core.programme.monitoring.selectors.usage import Used
from platform_core.programme.search import services as search

from . import selectors
from .models import Record

AT_ONCE = 500
WAYS = {
    "topic": _("By topic"),
    "region": _("By region"),
    "organisation": _("By organisation"),
    "month": _("By month"),
    "record": _("By record"),
}
KEYS = {"topic": "topics__pk", "region": "regions__code", "organisation": "organisation_id", "record": "pk"}


@dataclass(frozen=True)
class Line:
    name: str
    address: str
    used: Used


def of_public(month: date | None = None) -> QuerySet:
    """Everything counted for records that everyone may see now, in one month or ever."""
    shown = selectors.records(AnonymousUser()).filter(state=Record.State.PUBLISHED)
    rows = monitoring.of_each(selectors.LABEL, shown.values("pk"))
    return rows.filter(month=month) if month else rows


def all_months() -> list[date]:
    """Those in which anything was counted, the newest first."""
    return list(of_public().values_list("month", flat=True).distinct().order_by("-month"))


def summed(way: str, month: date | None = None) -> list[Line]:
    """The most used first, months the newest first; in one month or ever."""
    if way == "month":
        rows = of_public(month).values_list("month").annotate(**monitoring.SUMS).order_by("-month")
        return [Line(f"{day:%Y-%m}", "", Used(*numbers)) for day, *numbers in rows]
    totals = dict(per_record(month))
    sums: dict[str | int, list[int]] = {}
    for pk, value in Record.objects.filter(pk__in=of_public(month).values("object_id")).values_list("pk", KEYS[way]):
        if value is not None and pk in totals:
            known = sums.setdefault(value, [0, 0, 0, 0])
            sums[value] = [one + other for one, other in zip(known, totals[pk], strict=True)]
    ordered = sorted(sums.items(), key=lambda row: (-sum(row[1]), str(row[0])))
    names = names_of(way, [value for value, _numbers in ordered])
    return [Line(*names.get(value, (str(value), "")), Used(*numbers)) for value, numbers in ordered]


def per_record(month: date | None) -> Iterator[tuple[int, list[int]]]:
    rows = of_public(month).values_list("object_id").annotate(**monitoring.SUMS).order_by()
    return ((pk, list(numbers)) for pk, *numbers in rows)


def names_of(way: str, values: list) -> dict:
    """Name and address of what was used, by its key."""
    if way == "topic":
        return {topic.pk: (str(topic.name), f"?topic={topic.pk}") for topic in vocabulary.topics()}
    if way == "region":
        return {code: (label, f"?region={code}") for code, label in vocabulary.region_labels().items()}
    if way == "organisation":
        rows = Organisation.objects.filter(pk__in=values)
        return {row.pk: (str(row.name), row.get_absolute_url()) for row in rows}
    rows = Record.objects.filter(pk__in=values)
    return {row.pk: (str(row.title), row.get_absolute_url()) for row in rows}


def months(record: Record) -> list[tuple[date, Used]]:
    return monitoring.by_month(selectors.LABEL, record.pk)


@transaction.atomic
def note_use() -> int:
    """Repeat the sums on records and in search, where lists are sorted by them; gives how many had changed."""
    known = {pk: (views, downloads) for pk, views, downloads in Record.objects.values_list("pk", "views", "downloads")}
    rows = [
        Record(pk=pk, views=views or 0, downloads=downloads or 0)
        for pk, views, downloads in monitoring.totals(selectors.LABEL)
        if pk in known and known[pk] != (views, downloads)
    ]
    Record.objects.bulk_update(rows, ["views", "downloads"], batch_size=AT_ONCE)
    search.note_use(selectors.LABEL, {row.pk: row.views + row.downloads for row in rows})
    return len(rows)


def by_language(record: Record) -> list[tuple[str, Used]]:
    return monitoring.by_language(selectors.LABEL, record.pk)
