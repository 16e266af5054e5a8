from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.audit import services as audit

from ..models import Task
from ..selectors.tasks import OPEN

SOON = timedelta(days=3)
AGAIN = timedelta(days=7)


def today() -> date:
    return platform_day()


def remind(day: date | None = None) -> int:
    """Tell once of what is due within three days, and of what is late at once and every week from then on; gives how
    many were told of."""
    day = day or today()
    rows = Task.objects.filter(state__in=OPEN)
    soon = rows.filter(told_soon=False, due_on__gte=day, due_on__lte=day + SOON)
    late = rows.filter(Q(told_late_on=None) | Q(told_late_on__lte=day - AGAIN), due_on__lt=day)
    return sum(note_soon(task) for task in soon) + sum(note_late(task, day) for task in late)


@transaction.atomic
def note_soon(task: Task) -> int:
    noted = Task.objects.filter(pk=task.pk, told_soon=False, state__in=OPEN).update(told_soon=True)
    if noted:
        audit.record("workinggroups.task_due_soon", task)
    return noted


@transaction.atomic
def note_late(task: Task, day: date) -> int:
    """Whoever comes second finds the day written already."""
    same = Task.objects.filter(pk=task.pk, told_late_on=task.told_late_on, state__in=OPEN)
    noted = same.update(told_late_on=day)
    if noted:
        audit.record("workinggroups.task_overdue", task)
    return noted
