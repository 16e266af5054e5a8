"""What of the calendar counts towards the indicators of the programme."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Counted, IndicatorRule
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day

from .models import CalendarEvent


def workshops() -> Iterator[Counted]:
    topics = [topic.pk for topic in vocabulary.topics()]
    rows = CalendarEvent.objects.filter(kind="workshop", state="announced", cancelled_at=None, is_european=False)
    rows = rows.filter(seen_by="public", ends__lt=timezone.now()).annotate(held=Count("topics"))
    for row in rows.filter(held__gte=max(1, len(topics))).select_related("region"):
        yield Counted(
            thing="events.calendarevent",
            pk=row.pk,
            key=f"event:{row.pk}",
            day=platform_day(row.starts),
            organisation=row.organisation_id,
            country=row.country_id or "",
            region=row.region.code if row.region else "",
            topics=topics,
        )


RULES = [
    IndicatorRule(
        code="events.workshops",
        name=_("Public workshops on all six topics"),
        once_per=_("event of the calendar"),
        event=_("it has taken place: announced to everyone with all six topics, and not cancelled"),
        confirmed_by=_("the editors who announce it"),
        without_stage=_("Such a workshop looks at all stages."),
        counted=workshops,
        verbs=frozenset(
            {"events.announced", "events.changed", "events.moved", "events.cancelled", "events.taken_back"}
        ),
    )
]
