"""What the page of a public event tells programs: schema.org."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .models import CalendarEvent

ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
MODES = {
    "onsite": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
SCHEMA = "https://schema.org/"


def head(event: CalendarEvent, address: str) -> SafeString:
    """For the head of the page; what is not public tells nothing."""
    if not event.is_announced or event.seen_by != "public":
        return SafeString("")
    script = json.dumps(schema_org(event, address), ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(script))  # noqa: S308 - escaped above


def schema_org(event: CalendarEvent, address: str) -> dict[str, Any]:
    found = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": str(event.title),
        "description": str(event.summary),
        "startDate": told(event, event.local_starts),
        "endDate": told(event, event.local_ends),
        "eventStatus": SCHEMA + status(event),
        "previousStartDate": told(event, event.moved_from.astimezone(event.zone)) if event.moved_from else "",
        "eventAttendanceMode": SCHEMA + MODES[event.mode],
        "location": locations(event),
        "organizer": organiser(event),
        "inLanguage": event.languages,
        "sameAs": event.url,
    }
    return {name: value for name, value in found.items() if value}


def told(event: CalendarEvent, local) -> str:
    return local.date().isoformat() if event.is_whole_day else local.isoformat(timespec="minutes")


def status(event: CalendarEvent) -> str:
    if event.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if event.moved_from else "EventScheduled"


def locations(event: CalendarEvent) -> list[dict[str, Any]]:
    place = {"@type": "Place", "name": str(event.place), "address": ", ".join(where(event))}
    found = [place] if event.mode != CalendarEvent.Mode.ONLINE and event.place else []
    online = event.call or event.url
    return found + ([{"@type": "VirtualLocation", "url": online}] if event.mode != "onsite" and online else [])


def where(event: CalendarEvent) -> list[str]:
    return [str(event.place), *([str(event.country.name)] if event.country else [])]


def organiser(event: CalendarEvent) -> dict[str, str]:
    name = str(event.organisation.name) if event.organisation else event.organiser
    return {"@type": "Organization", "name": name} if name else {}
