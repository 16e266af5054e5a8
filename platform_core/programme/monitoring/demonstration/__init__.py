"""Invented days for the six periods, who looks after the indicators, and the evidence of whatever is held."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_of
from platform_core.people.members.selectors import acts_for

from ..models import Indicator, Period
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
    name_owner()
    found = evidence.rebuild()
    written = found.added + found.changed
    return _("Evidence of the programme: %(number)s entries") % {"number": written} if written else ""


def name_owner() -> None:
    """The lead partner's organisation looks after every indicator, unless somebody has named one."""
    people = people_of("role:lead_partner", platform_day())
    lead = acts_for(min(people)) if people else None
    if lead and not Indicator.objects.filter(owner__isnull=False).exists():
        Indicator.objects.update(owner=lead)
