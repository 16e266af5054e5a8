"""News feeds (RSS 1.0 and 2.0, Atom) that tell of events. Where an item names no date of an event, a person has to."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from .. import clock
from .found import MOST, Found, Window, address, plain

BEGINS = {"startdate", "dtstart", "starttime", "start_date", "start"}
ENDS = {"enddate", "dtend", "endtime", "end_date", "end"}
TEXTS = ("description", "encoded", "summary", "content")
PLACES = ("location", "venue")


def read_news(content: bytes, window: Window) -> tuple[list[Found], list[str]]:
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ValidationError(_("This file defines entities of its own, which is refused for safety.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ValidationError(_("This news feed is damaged and could not be read.")) from error
    found, problems = [], []
    for number, item in enumerate(items_of(root), 1):
        one = entry_of(item, window)
        if one is None:
            problems.append(_("Item %(number)s has neither a title nor an identity.") % {"number": number})
        elif one.starts is None or one.ends is None or window.holds(one.starts, one.ends):
            found.append(one)
    return found, problems


def items_of(root: Element) -> list[Element]:
    return [one for one in root.iter() if bare(one) in ("item", "entry")][: MOST + 1]


def bare(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def text_of(item: Element, names: Iterable[str]) -> str:
    """The text of the first element of one of these names, its markup as text."""
    for name in names:
        for child in item:
            if bare(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return ""


def link_of(item: Element) -> str:
    for child in item:
        if bare(child) == "link" and child.get("rel", "alternate") == "alternate":
            return address(child.get("href") or child.text)
    return ""


def entry_of(item: Element, window: Window) -> Found | None:
    title, link = plain(text_of(item, ["title"]), 300), link_of(item)
    identity = text_of(item, ["guid", "id"]) or link
    if not title or not identity:
        return None
    starts, is_whole_day = moment_of(item, BEGINS, window)
    ends, _unused = moment_of(item, ENDS, window)
    if starts and is_whole_day:
        ends = (ends or starts) + timedelta(days=1)
    return Found(
        uid=identity if len(identity) <= 300 else sha256(identity.encode()).hexdigest(),
        title=title,
        text=plain(text_of(item, TEXTS), 5000),
        starts=starts,
        ends=max(starts, ends or starts) if starts else None,
        is_whole_day=is_whole_day,
        time_zone=window.zone.key,
        place=plain(text_of(item, PLACES), 300),
        url=link,
    )


def moment_of(item: Element, names: set[str], window: Window) -> tuple[datetime | None, bool]:
    """When the event of an item is, and whether only a day was told. Its day of publication is not asked."""
    for child in item.iter():
        if bare(child) in names and (text := (child.text or child.get("startTime") or "").strip()):
            return told(text, window)
    return None, False


def told(text: str, window: Window) -> tuple[datetime | None, bool]:
    try:
        if moment := parse_datetime(text):
            return (moment.astimezone(UTC) if moment.tzinfo else clock.moment(moment, window.zone)), False
        if day := parse_date(text):
            return clock.moment(datetime.combine(day, clock.MIDNIGHT), window.zone), True
    except (ValueError, OverflowError):
        pass
    return None, False
