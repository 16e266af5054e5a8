from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from consultations.protection import count_address
from platform_core.ground.vocabulary.days import platform_day
from platform_core.programme.monitoring.counting import DAY, is_robot, reader_of
from repository.models import Record

from ..models import Usefulness

AN_HOUR = 120  # answers from one address


def say(record: Record, request, *, is_useful: bool, purpose: str) -> bool:
    """Add one to what readers say of a record; each reader once a day, robots never. Nothing is kept of who it was."""
    if is_robot(request) or count_address(request, "useful") > AN_HOUR:
        return False
    if not cache.add(f"useful:{reader_of(request)}:{record.pk}", 1, DAY):
        return False
    month = platform_day().replace(day=1)
    with transaction.atomic():
        place = {"record": record, "month": month, "is_useful": is_useful, "purpose": purpose}
        row, _new = Usefulness.objects.get_or_create(**place)
        Usefulness.objects.filter(pk=row.pk).update(number=F("number") + 1)
    return True
