import html
import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from platform_core.ground.texts.fields import printable

MOST = 2000  # entries of one calendar
PROBLEMS = 100
SPACES = re.compile(r"[ \t\r\f\v]+")
LINES = re.compile(r"\n\s*\n+")
BREAKS = re.compile(r"<(?:br|/p|/li|/div)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Window:
    """The time of which entries are taken, and the zone of those that name none."""

    begin: datetime
    end: datetime
    zone: ZoneInfo

    def holds(self, starts: datetime, ends: datetime) -> bool:
        return ends >= self.begin and starts <= self.end


@dataclass(frozen=True, kw_only=True)
class Found:
    """One entry as it was read; without `starts` where a news item names no date."""

    uid: str
    title: str
    time_zone: str
    recurrence: str = ""
    text: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    is_whole_day: bool = False
    place: str = ""
    url: str = ""
    call: str = ""
    organiser: str = ""
    is_cancelled: bool = False


def plain(text: object, limit: int) -> str:
    """Text without markup, whatever was in it."""
    bare = html.unescape(nh3.clean(BREAKS.sub("\n", printable(str(text or ""))[: limit * 20]), tags=set()))
    return LINES.sub("\n\n", SPACES.sub(" ", printable(bare))).strip()[:limit]


def address(text: object) -> str:
    """An address of the web, or nothing."""
    found = str(text or "").strip()
    is_good = found.lower().startswith(("https://", "http://")) and len(found) <= 500 and not re.search(r"\s", found)
    try:
        URLValidator(schemes=["http", "https"])(found)
    except ValidationError:
        is_good = False
    return found if is_good else ""
