from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    EventKind,
    NoticeKind,
    PersonalData,
    Searchable,
    SearchDocument,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.ui.moments import moment_words
from platform_core.identity.access.selectors import holders, visible
from platform_core.identity.accounts.models import User
from platform_core.people.members.selectors import acts_for

from ..entries import as_entry
from ..models import CalendarEvent, Follow
from ..presentation import when_words
from ..services import events as services


def search_document(pk: int) -> SearchDocument | None:
    event = CalendarEvent.objects.select_related("region").filter(pk=pk).first()
    if event is None or not event.is_announced:
        return None
    facets = {
        "topic": [str(topic.pk) for topic in event.topics.all()],
        "country": [event.country_id] if event.country_id else [],
        "region": [event.region.code] if event.region else [],
    }
    return SearchDocument(
        title=event.title,
        summary=event.summary,
        body=event.place,
        route="events:event",
        key=event.code,
        day=event.local_starts.date(),
        facets={name: codes for name, codes in facets.items() if codes},
    )


def moderators(event: CalendarEvent) -> str:
    """Editors who may decide; the lead partner while there are none."""
    editors = User.objects.filter(pk__in=holders("editor"), is_active=True)
    return "role:editor" if any(one.has_perm("events.moderate") for one in editors) else "role:lead_partner"


def organisation_of(event: CalendarEvent) -> int | None:
    acted_for = acts_for(event.proposed_by_id) if event.proposed_by_id else None
    return acted_for.pk if acted_for else None


def when(event: CalendarEvent) -> str:
    return when_words(as_entry(event), event.zone)


def facts(event: CalendarEvent) -> list[tuple]:
    repeats = event.series.events.count() if event.series else 0
    rows = [
        (_("Title"), str(event.title)),
        (_("When"), when(event)),
        (_("How often"), str(repeats) if repeats else ""),
        (_("Place"), str(event.place)),
        (_("Organiser"), str(event.organisation or event.organiser)),
        (_("What it is about"), str(event.summary)),
        (_("Web page"), event.url),
    ]
    return [row for row in rows if row[1]]


PROPOSALS = [
    CaseKind(
        code="events.proposal",
        name=_("Event for the calendar"),
        verb="events.proposed",
        handler=moderators,
        days=7,
        title=lambda event: event.title,
        facts=facts,
        organisation=organisation_of,
        withdraw=services.take_back,
        answers=(
            CaseAnswer(
                code="accept",
                name=_("Put it into the calendar"),
                outcome=_("In the calendar"),
                perform=services.accept,
                right="events.moderate",
            ),
            CaseAnswer(
                code="changes",
                name=_("Ask for changes"),
                outcome=_("Changes are asked for"),
                perform=services.ask_for_changes,
                right="events.moderate",
                tone="secondary",
            ),
            CaseAnswer(
                code="decline",
                name=_("Do not take it"),
                outcome=_("Not taken into the calendar"),
                perform=services.decline,
                right="events.moderate",
                tone="danger",
            ),
        ),
    ),
    EventKind(verb="events.proposed", name=_("An event was proposed for the calendar")),
    EventKind(verb="events.returned", name=_("Changes of a proposed event were asked for")),
    EventKind(verb="events.declined", name=_("A proposed event was not taken into the calendar")),
    EventKind(verb="events.taken_back", name=_("A proposed event was taken back")),
]


def event_of(logged) -> CalendarEvent | None:
    found = find_thing("events.calendarevent", logged.thing_id)
    return found if isinstance(found, CalendarEvent) else None


def followers(logged) -> list[int]:
    """Those who keep an event and may still see it, and whoever proposed it."""
    event = event_of(logged)
    if event is None or not event.is_announced:
        return []
    people = {*Follow.objects.filter(event=event).values_list("person", flat=True), event.proposed_by_id} - {None}
    able = User.objects.filter(pk__in=people, is_active=True)
    return sorted(one.pk for one in able if one.has_perm("events.view_event", event))


def facts_of_event(logged) -> tuple[dict, str]:
    event = event_of(logged)
    was = event.moved_from or event.starts
    words = {"title": event.title, "when": when(event), "why": event.why}
    return words | {"was": moment_words(was, event.time_zone)}, event.get_absolute_url()


told = teller(facts_of_event)
NOTICES = [
    NoticeKind(
        code="events.moved",
        name=_("An event you keep was moved"),
        verb="events.moved",
        recipients=followers,
        content=told(_("Moved: %(title)s"), _("%(title)s was to begin on %(was)s. Now it is: %(when)s. %(why)s")),
    ),
    NoticeKind(
        code="events.cancelled",
        name=_("An event you keep was cancelled"),
        verb="events.cancelled",
        recipients=followers,
        content=told(
            _("Cancelled: %(title)s"), _("%(title)s (%(when)s) does not take place. The reason given: %(why)s")
        ),
    ),
]
EVENTS = [
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
    EventKind(verb="events.changed", name=_("An event was changed")),
    EventKind(verb="events.moved", name=_("An event was moved to another time")),
    EventKind(verb="events.cancelled", name=_("An event was cancelled")),
    EventKind(verb="events.feed_made", name=_("A private calendar feed was made")),
    EventKind(verb="events.feed_closed", name=_("A private calendar feed was closed")),
    PersonalData(
        label="events.calendarevent",
        fields=("proposed_by", "organiser", "why"),
        holder="proposed_by",
        purpose=_("To know who proposed an event"),
        erasure="unlink",
    ),
    PersonalData(
        label="events.follow",
        fields=("person", "event"),
        holder="person",
        purpose=_("To tell you when an event you keep moves or is cancelled"),
        erasure="delete",
    ),
    PersonalData(
        label="events.calendarfeed",
        fields=("person", "name", "filters", "used_on"),
        holder="person",
        purpose=_("To bring the calendar into your own calendar program"),
        erasure="delete",
    ),
]
