"""Entries of the calendar as iCalendar (RFC 5545, 5546, 7986). The same entries give the same bytes, on every machine."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.ground.vocabulary import selectors as vocabulary

from .zones import zone_component

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
PRODUCT = "-//ClusterPoliSEE//EN"
REFRESH = timedelta(hours=1)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar to subscribe to, in the active language."""
    book = opened()
    line = " ".join(plain(name).split())
    book.add("x-wr-calname", line)
    book.add("name", line)
    book.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    book.add("x-published-ttl", REFRESH)
    return filled(book, [entry(one) for one in entries]).to_ical()


def invitation(
    entry: CalendarEntry, method: Method, organiser: tuple[str, str], attendees: Sequence[tuple[str, str]]
) -> str:
    """What goes with a mail; people are names and addresses. A cancellation needs a `sequence` above that of the request.

    No calendar is asked to reply, since nobody reads its replies: a request names the page where one answers.
    """
    book, item = opened(), component(entry)
    book.add("method", method)
    item.add("organizer", person(*organiser))
    for name, address in [] if method == "PUBLISH" else attendees:
        item.add("attendee", invited(name, address))
    if method == "REQUEST":
        item["description"] = vText(description(entry, asks=True))
    if method == "CANCEL":
        item["status"] = "CANCELLED"
    return filled(book, [item]).to_ical().decode()


def entry(entry: CalendarEntry) -> Event:
    return component(entry)


def opened() -> Calendar:
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    return book


def filled(book: Calendar, items: Sequence[Event]) -> Calendar:
    """Zones before the entries that name them, in an order that does not hang on the process."""
    for name, years in sorted(zones_of(items).items()):
        book.add_component(zone_component(name, min(years), max(years)))
    for item in items:
        book.add_component(item)
    return book


def zones_of(items: Sequence[Event]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for item in items:
        for name in ("dtstart", "dtend"):
            if name in item and "TZID" in item[name].params:
                found.setdefault(str(item[name].params["TZID"]), set()).add(item[name].dt.year)
    return found


def component(entry: CalendarEntry) -> Event:
    item = Event()
    item.add("uid", entry.uid)
    item.add("dtstamp", stamp(entry))
    item.add("last-modified", stamp(entry))
    item.add("sequence", entry.sequence)
    item.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    add_times(item, entry)
    item.add("summary", summary(entry))
    item.add("description", description(entry))
    item.add("url", absolute(entry.address))
    if where := place(entry):
        item.add("location", where)
    if entry.call:
        item.add(
            "conference", entry.call, parameters={"value": "URI", "feature": "AUDIO,VIDEO", "label": _("Online room")}
        )
    if entry.topics:
        item.add("categories", [topic_name(number) for number in entry.topics])
    return item


def add_times(item: Event, entry: CalendarEntry) -> None:
    """Something without length has no end, which RFC 5545 asks to be later than the begin."""
    begins, ends = written(entry.begins, entry), written(entry.ends, entry)
    item.add("dtstart", begins)
    if entry.ends.astimezone(UTC) > entry.begins.astimezone(UTC):
        item.add("dtend", ends)
    item.add("transp", "TRANSPARENT" if entry.is_whole_day or entry.is_cancelled else "OPAQUE")


def written(moment: datetime, entry: CalendarEntry) -> date:
    """On the clocks of the entry's zone; in UTC during the hour that clocks show twice, since iCalendar means the first."""
    local = moment.astimezone(ZoneInfo(entry.zone))
    if entry.is_whole_day:
        return local.date()
    return moment.astimezone(UTC) if local.fold else local


def stamp(entry: CalendarEntry) -> datetime:
    """When the entry was changed, never now: what has not changed must not look new."""
    return (entry.changed_at or min(entry.begins, entry.ends)).astimezone(UTC).replace(microsecond=0)


def summary(entry: CalendarEntry) -> str:
    title = plain(entry.title)
    return _("Cancelled: %(title)s") % {"title": title} if entry.is_cancelled else title


def description(entry: CalendarEntry, *, asks: bool = False) -> str:
    """What it is about, then every address somebody may need when the calendar shows nothing else."""
    page = absolute(entry.address)
    page = (
        _("Please say here whether you come, not in your calendar: %(address)s") % {"address": page} if asks else page
    )
    call = _("Online room: %(address)s") % {"address": entry.call} if entry.call else ""
    rows = [plain(entry.note), plain(entry.text), call, page, entry.link]
    return "\n".join(row for row in rows if row)


def place(entry: CalendarEntry) -> str:
    return ", ".join(row for row in (plain(entry.place), entry.call) if row)


def topic_name(number: int) -> str:
    topic = vocabulary.topic(number)
    return str(topic.short) if topic else str(number)


def absolute(address: str) -> str:
    return settings.SITE_URL + address if address.startswith("/") else address


def person(name: str, address: str) -> vCalAddress:
    if CONTROLS.search(address) or " " in address.strip():
        raise ValueError(address)
    found = vCalAddress(f"mailto:{address.strip()}")
    found.params["CN"] = " ".join(plain(name).replace('"', "'").split())
    return found


def invited(name: str, address: str) -> vCalAddress:
    found = person(name, address)
    found.params.update(
        {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    )
    return found


def plain(words: object) -> str:
    return CONTROLS.sub("", str(words).replace("\r\n", "\n")).strip()
