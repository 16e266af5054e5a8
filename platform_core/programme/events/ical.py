from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from .models import CalendarEvent


def calendar(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """An iCalendar file in the active language; every entry carries its page's address."""
    book = Calendar()
    book.add("prodid", "-//ClusterPoliSEE//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for event in events:
        book.add_component(entry(event))
    book.add_missing_timezones()
    return book.to_ical()


def entry(event: CalendarEvent) -> Event:
    address = settings.SITE_URL + event.get_absolute_url()
    item = Event()
    item.add("uid", f"{event.code}@clusterpolisee")
    item.add("dtstamp", timezone.now())
    item.add("dtstart", event.local_starts)
    item.add("dtend", event.local_ends)
    item.add("summary", str(event.title))
    item.add("description", f"{event.summary}\n{address}\n{event.url}".strip())
    item.add("location", str(event.place))
    item.add("url", address)
    return item
