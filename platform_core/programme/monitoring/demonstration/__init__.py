"""Days for the six periods, invented, and the evidence of whatever the demonstration holds."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Period
from ..services import evidence

BEGINS, MONTHS = 2024, 6


@transaction.atomic
def load() -> str:
    """Half a year each from the first of January on, unless somebody has set days; answers are told by no event."""
    if not Period.objects.filter(begins__isnull=False).exists():
        for place, period in enumerate(Period.objects.order_by("code")):
            year, half = BEGINS + place // 2, place % 2
            period.begins = date(year, 1 + MONTHS * half, 1)
            period.ends = date(year, 12, 31) if half else date(year, 6, 30)
            period.save()
    found = evidence.rebuild()
    written = found.added + found.changed
    return _("Evidence of the programme: %(number)s entries") % {"number": written} if written else ""
