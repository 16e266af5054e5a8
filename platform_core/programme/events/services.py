from django.db import transaction

from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from .models import CalendarEvent


@transaction.atomic
def announce(*, topics: list[int], by=None, **fields) -> CalendarEvent:
    """Put an event into the public calendar; `by` None is the platform itself, at set-up."""
    if by is not None:
        require(by, "events.announce")
    event = CalendarEvent(**fields)
    event.full_clean()
    event.save()
    event.topics.set(topics)
    note_translations(event)
    access.set_audience(event, {"public"})
    audit.record("events.announced", event, by=by)
    return event
