"""Calendars of others, read: what they hold, and in words what could not be understood. Whatever they send is bounded."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .found import MOST, PROBLEMS, Found, Window
from .ics import read_ics
from .news import read_news

LARGEST = 5_000_000
BEHIND, AHEAD = timedelta(days=31), timedelta(days=550)

__all__ = ["Found", "Window", "read"]


def read(content: bytes, zone: ZoneInfo) -> tuple[list[Found], list[str]]:
    """Entries of about the next year and a half, one for each identity, and the problems met.

    Raises ValidationError for what is no calendar at all.
    """
    if len(content) > LARGEST:
        raise ValidationError(_("This is larger than five megabytes."))
    begun = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    window = Window(timezone.now() - BEHIND, timezone.now() + AHEAD, zone)
    if begun[:15].upper() == b"BEGIN:VCALENDAR":
        found, problems = read_ics(begun, window)
    elif begun[:1] == b"<":
        found, problems = read_news(begun, window)
    else:
        raise ValidationError(_("This is neither a calendar (iCalendar) nor a news feed (RSS or Atom)."))
    once = {(one.uid, one.recurrence): one for one in found[:MOST]}
    if len(found) > MOST:
        problems.append(_("Only the first %(n)s entries were read.") % {"n": MOST})
    return list(once.values()), problems[:PROBLEMS]
