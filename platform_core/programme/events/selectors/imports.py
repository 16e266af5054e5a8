from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require

from ..models import ImportedEntry, ImportSource


def sources(user) -> QuerySet[ImportSource]:
    """Calendars of others, each with how many of its entries wait and how many are in ours."""
    require(user, "events.import_calendars")
    waiting = Count("entries", filter=Q(entries__state="waiting", entries__gone_at=None))
    rows = ImportSource.objects.annotate(waiting=waiting, taken=Count("entries", filter=Q(entries__state="taken")))
    return rows.order_by("name", "pk")


def source_for(user, pk: int) -> ImportSource:
    return get_object_or_404(sources(user).prefetch_related("topics"), pk=pk)


def entries_of(source: ImportSource, state: str) -> QuerySet[ImportedEntry]:
    """Entries in one state; what waits and is not listed any more is nothing to decide on."""
    rows = source.entries.filter(state=state).select_related("event")
    return rows.filter(gone_at=None) if state == "waiting" else rows


def entry_for(user, pk: int, entry: int) -> ImportedEntry:
    return get_object_or_404(source_for(user, pk).entries.select_related("source", "event"), pk=entry)
