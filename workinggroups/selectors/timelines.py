"""Tasks by state, and tasks along the months."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from platform_core.ground.vocabulary.days import later, platform_day

from ..models import Task
from .tasks import with_waits

MONTHS = 12


@dataclass(frozen=True)
class Column:
    state: str
    name: str
    number: int
    tasks: list[Task]
    others: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """A task with one mark for each month: empty, `on` while it lasts, `due` where it is due."""

    task: Task
    marks: list[str]


def columns(rows: QuerySet[Task], user, most: int) -> list[Column]:
    """The states, each with its number of tasks and the first of them, and the states one can be moved to."""
    found = []
    for state, name in Task.State.choices:
        own = rows.filter(state=state)
        others = [row for row in Task.State.choices if row[0] != state]
        found.append(Column(state, str(name), own.count(), list(with_waits(own, user)[:most]), others))
    return found


def month_named(typed: str) -> date:
    """The first day of a month such as 2026-05; of two months ago when there is none such."""
    year, _dash, month = typed.partition("-")
    if (
        year.isdecimal()
        and month.isdecimal()
        and len(year) == 4
        and 1990 <= int(year) <= 2100
        and 1 <= int(month) <= 12
    ):
        return date(int(year), int(month), 1)
    return later(platform_day().replace(day=1), -2)


def months_from(first: date) -> list[date]:
    return [later(first, place) for place in range(MONTHS)]


def within(rows: QuerySet[Task], first: date) -> QuerySet[Task]:
    """Tasks that last into these months, the earliest first; those without any day are left out."""
    last = later(first, MONTHS)
    made = Q(begins_on=None, made_at__lt=timezone.make_aware(datetime.combine(last, time.min)))
    begin_before = Q(begins_on__lt=last) | Q(begins_on=None, due_on__lt=last) | made
    end_after = Q(due_on__gte=first) | Q(due_on=None, begins_on__gte=first)
    return rows.filter(begin_before, end_after).order_by(Coalesce("begins_on", "due_on"), "due_on", "pk")


def line_of(task: Task, first: date) -> Line:
    made = platform_day(task.made_at)
    begins = task.begins_on or (min(made, task.due_on) if task.due_on else made)
    ends = task.due_on or task.begins_on or begins
    return Line(task, [mark(month, begins, ends, task.due_on) for month in months_from(first)])


def mark(month: date, begins: date, ends: date, due: date | None) -> str:
    last = later(month, 1) - timedelta(days=1)
    if due and month <= due <= last:
        return "due"
    return "on" if begins <= last and ends >= month else ""
