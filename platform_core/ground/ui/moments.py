"""Moments in words, always with their zone."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext


def zone_for(name: str) -> tzinfo:
    """The zone named, else the reader's own, else the platform's."""
    if name:
        return ZoneInfo(name)
    if timezone.get_current_timezone_name() != settings.TIME_ZONE:
        return timezone.get_current_timezone()
    return ZoneInfo(settings.DISPLAY_TIME_ZONE)


def told(local: datetime) -> str:
    parts = {"date": date_format(local, "DATE_FORMAT"), "time": date_format(local, "TIME_FORMAT")}
    return gettext("%(date)s, %(time)s %(zone)s") % {**parts, "zone": local.tzname()}


def moment_words(moment: datetime, zone: str) -> str:
    """A moment as the clocks of a zone show it."""
    return told(moment.astimezone(zone_for(zone)))
