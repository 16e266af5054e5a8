from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    Demonstration,
    EventKind,
    MenuEntry,
    Panel,
    Searchable,
    SearchDocument,
    Thing,
)
from platform_core.identity.access.selectors import visible

from . import demonstration, selectors
from .models import CalendarEvent
from .permissions import RIGHTS


def search_document(pk: int) -> SearchDocument | None:
    event = CalendarEvent.objects.filter(pk=pk).first()
    if event is None:
        return None
    return SearchDocument(
        title=event.title,
        summary=event.summary,
        body=event.place,
        route="events:event",
        key=event.code,
        day=event.local_starts.date(),
        facets={"topic": [str(topic.pk) for topic in event.topics.all()]},
    )


def coming(request, topic=None, **subject):
    return {"events": selectors.upcoming(request.user, topic=topic.number if topic else None)[:4], "topic": topic}


declarations = [
    *RIGHTS,
    Thing(
        label="events.calendarevent",
        invitable=True,
        name=_("Event"),
        title=lambda event: event.title,
        address=lambda event: event.get_absolute_url(),
        visible=lambda user: visible(CalendarEvent.objects.all(), user),
        public=True,
    ),
    Searchable(
        label="events.calendarevent",
        name=_("Events"),
        document=search_document,
        every=lambda: CalendarEvent.objects.values_list("pk", flat=True),
        order=50,
    ),
    EventKind(verb="events.announced", name=_("An event was announced")),
    MenuEntry(place="public", name=_("Events"), route="events:calendar", order=50),
    Panel(place="home.aside", order=20, template="events/panel_coming.html", context=coming),
    Panel(place="topic.aside", order=20, template="events/panel_coming.html", context=coming),
    Demonstration(order=20, load=demonstration.load),
]
