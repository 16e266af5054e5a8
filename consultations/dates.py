"""What consultations add to the calendar: the day each of them closes."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from platform_core.ground.registry.kinds import CalendarEntry
from platform_core.identity.access.selectors import keys_of

from .models import Consultation
from .selectors import consultations


def closing(user, begin: datetime, end: datetime) -> Iterator[CalendarEntry]:
    rows = consultations(user).filter(closes_at__gte=begin, closes_at__lt=end)
    rows = rows.exclude(state__in=(Consultation.State.DRAFT, Consultation.State.REVIEW, Consultation.State.APPROVED))
    for row in rows.order_by("closes_at", "pk"):
        yield CalendarEntry(
            uid=f"consultation-{row.code}@clusterpolisee",
            title=_("Consultation closes: %(title)s") % {"title": row.title},
            begins=row.closes_at,
            ends=row.closes_at,
            zone=row.time_zone,
            address=row.get_absolute_url(),
            text=row.summary,
            sequence=max(0, int((row.closes_at - row.opens_at).total_seconds()) // 60),
            changed_at=row.opens_at,
            topics=[row.topic_id],
            scope=row.scope,
            is_mine=row.scope in keys_of(user),
            kind="deadline",
        )
