from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from platform_core.ground.registry.kinds import CalendarEntry

from ..models import Task
from .tasks import acted_for, tasks

SHOWN = ("pk", "title", "due_on", "owner_id", "organisation_id", "state", "sequence", "changed_at", "group_id")


def due_days(user, begins: datetime, ends: datetime) -> Iterator[CalendarEntry]:
    """The days on which tasks are due that a person may see, none for guests; what is dropped stands there as cancelled."""
    if not user.is_authenticated:
        return
    first, last = (moment.astimezone(zone()).date() for moment in (begins, ends))
    own = set(acted_for(user))
    rows = tasks(user).filter(due_on__gte=first, due_on__lte=last).select_related(None).order_by("due_on", "pk")
    for held in rows.values(*SHOWN).iterator(chunk_size=50):
        yield entry(Task(**held), is_mine=held["owner_id"] == user.pk or held["organisation_id"] in own)


def zone() -> ZoneInfo:
    return ZoneInfo(settings.DISPLAY_TIME_ZONE)


def entry(task: Task, *, is_mine: bool) -> CalendarEntry:
    day = timezone.make_aware(datetime.combine(task.due_on, time.min), zone())
    return CalendarEntry(
        uid=f"task-{task.pk}@clusterpolisee",
        title=task.title,
        begins=day,
        ends=day + timedelta(days=1),
        zone=settings.DISPLAY_TIME_ZONE,
        address=task.get_absolute_url(),
        text=task.get_state_display(),
        sequence=task.sequence,
        changed_at=task.changed_at,
        topics=(task.group_id,),
        scope=task.scope,
        kind="deadline",
        is_whole_day=True,
        is_mine=is_mine,
        is_cancelled=task.state == Task.State.DROPPED,
    )
