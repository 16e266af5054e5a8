from calendar import monthrange
from datetime import date, datetime

from django.utils import timezone


def platform_day(moment: datetime | None = None) -> date:
    """The day that counts for everybody, now or at a moment; times of day are shown in each person's own zone.

    Deadlines, terms of office and the periods of indicators end for all at the same hour.
    """
    return timezone.localdate(moment, timezone=timezone.get_default_timezone())


def later(day: date, months: int) -> date:
    """The same day so many months later, earlier where they are negative, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
