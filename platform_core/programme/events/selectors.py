from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from platform_core.identity.access.selectors import visible

from .models import CalendarEvent


def events(user, *, topic: int | None = None) -> QuerySet[CalendarEvent]:
    rows = visible(CalendarEvent.objects.prefetch_related("topics"), user)
    return rows.filter(topics=topic) if topic else rows


def upcoming(user, *, topic: int | None = None) -> QuerySet[CalendarEvent]:
    return events(user, topic=topic).filter(ends__gte=timezone.now()).order_by("starts")


def past(user, *, topic: int | None = None) -> QuerySet[CalendarEvent]:
    return events(user, topic=topic).filter(ends__lt=timezone.now()).order_by("-starts")


def event_for(user, code: str) -> CalendarEvent:
    return get_object_or_404(events(user), code=code)
