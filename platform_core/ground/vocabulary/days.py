from datetime import date, datetime

from django.utils import timezone


def platform_day(moment: datetime | None = None) -> date:
    """The day that counts for everybody, now or at a moment; times of day are shown in each person's own zone.

    Deadlines, terms of office and the periods of indicators end for all at the same hour.
    """
    return timezone.localdate(moment, timezone=timezone.get_default_timezone())
