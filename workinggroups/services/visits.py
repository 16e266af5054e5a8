from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Visit

PAUSE = timedelta(hours=1)
SOON = timedelta(minutes=5)


def come(person) -> datetime | None:
    """Somebody is at her home; gives when her last visit was, None at the first. Nothing is written twice in five minutes,
    and it is no event: nobody else is to know.
    """
    visit = Visit.objects.filter(person=person).first()
    if visit is None or timezone.now() - visit.at > SOON:
        visit = noted(person)
    return visit.before


@transaction.atomic
def noted(person) -> Visit:
    now = timezone.now()
    visit, new = Visit.objects.select_for_update().get_or_create(person=person, defaults={"at": now})
    if not new and now - visit.at > SOON:
        visit.before, visit.at = visit.at if now - visit.at > PAUSE else visit.before, now
        visit.save(update_fields=["before", "at"])
    return visit
