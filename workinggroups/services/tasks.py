from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.exchange.discussions import services as discussions
from platform_core.exchange.discussions.models import Comment
from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Task, WorkingGroup
from ..permissions.tasks import owners

LINKS = ("waits_for",)
MOST_WAITS = 50


@transaction.atomic
def add(
    group: WorkingGroup,
    *,
    title: str,
    by,
    due_on: date | None = None,
    owner=None,
    organisation=None,
    origin: models.Model | None = None,
    origin_place: str = "",
    waits_for: Iterable[Task] = (),
    **fields,
) -> Task:
    """A new task of a group. `origin` is the thing it is born from, `origin_place` where in it, such as `item 3`.

    With a `key`, the same form sent twice makes one task: the second time gives the first.
    """
    require(by, "workinggroups.add_task", group)
    task = Task(
        group=group,
        title=title.strip(),
        due_on=due_on,
        owner=owner,
        organisation=organisation,
        origin_thing=label_of(origin) if origin is not None else "",
        origin_id=origin.pk if origin is not None else None,
        origin_place=origin_place,
        made_by=by,
        changed_at=timezone.now(),
        **{"language": active_code(), **fields},
    )
    check(task)
    if task.state == Task.State.DONE:
        task.done_on = platform_day()
    try:
        with transaction.atomic():
            task.save()
    except IntegrityError:
        if task.key:
            return Task.objects.get(made_by=by, key=task.key)
        raise
    wait_for(task, list(waits_for))
    show(task)
    audit.record("workinggroups.task_added", task, by=by)
    tell_owner(task, by=by)
    return task


def check(task: Task) -> None:
    """Raises ValidationError for what no task can be, naming the field."""
    if not task.title:
        raise ValidationError({"title": _("Please give the task a title.")})
    if task.begins_on and task.due_on and task.due_on < task.begins_on:
        raise ValidationError({"due_on": _("It cannot be due before it begins.")})
    if task.output and task.output.group_id != task.group_id:
        raise PermissionDenied
    if task.parent_id is not None:
        check_parent(task)


def check_parent(task: Task) -> None:
    """One level within one group, asked under the lock of the group: two changes at once would else make a second one."""
    WorkingGroup.objects.select_for_update().get(pk=task.group_id)
    parent = Task.objects.get(pk=task.parent_id)
    if parent.group_id != task.group_id:
        raise PermissionDenied
    if parent.pk == task.pk or parent.parent_id is not None:
        raise ValidationError({"parent": _("“%(title)s” is a part itself.") % {"title": parent.title}})
    if task.pk and task.parts.exists():
        raise ValidationError({"parent": _("It has parts of its own and cannot be a part.")})


def wait_for(task: Task, others: list[Task]) -> None:
    """Say what a task waits for. Raises ValidationError when it would, in a circle, wait for itself."""
    WorkingGroup.objects.select_for_update().get(pk=task.group_id)
    if len(others) > MOST_WAITS:
        raise ValidationError({"waits_for": _("A task can wait for at most %(most)s others.") % {"most": MOST_WAITS}})
    if any(other.group_id != task.group_id for other in others):
        raise PermissionDenied
    before = dict_of_waits(task.group_id)
    for other in others:
        if task.pk in reached_from(other.pk, before):
            told = {"title": other.title}
            raise ValidationError({"waits_for": _("“%(title)s” waits for this task itself.") % told})
    task.waits_for.set(others)


def dict_of_waits(group: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Task.waits_for.through.objects.filter(from_task__group=group)
    for one, other in rows.values_list("from_task", "to_task"):
        found.setdefault(one, []).append(other)
    return found


def reached_from(start: int, before: dict[int, list[int]]) -> set[int]:
    """A task and all it waits for, directly or through others."""
    passed, open_ones = {start}, [start]
    while open_ones:
        for pk in before.get(open_ones.pop(), []):
            if pk not in passed:
                passed.add(pk)
                open_ones.append(pk)
    return passed


def show(task: Task) -> None:
    """The group sees its tasks, and whoever one is given to."""
    access.set_audience(task, {task.scope, "role:lead_partner"} | owners(task))


def held(task: Task) -> Task:
    return Task.objects.select_for_update().get(pk=task.pk)


def tell_owner(task: Task, *, by) -> None:
    if task.owner_id or task.organisation_id:
        audit.record("workinggroups.task_given", task, by=by, person=task.owner_id, organisation=task.organisation_id)


@transaction.atomic
def change(task: Task, *, by, waits_for: Iterable[Task] | None = None, **fields) -> Task:
    """Change what a task says; who it is given to, and who has to keep another day, is told."""
    task = held(task)
    require(by, "workinggroups.change_task", task)
    had = (task.owner_id, task.organisation_id, task.due_on)
    changed = {name for name, value in fields.items() if getattr(task, name) != value}
    for name, value in fields.items():
        setattr(task, name, value)
    check(task)
    if waits_for is not None:
        wait_for(task, list(waits_for))
    keep(task)
    audit.record("workinggroups.task_changed", task, by=by, fields=sorted(changed))
    if had[:2] != (task.owner_id, task.organisation_id):
        tell_owner(task, by=by)
    elif had[2] != task.due_on:
        audit.record("workinggroups.task_postponed", task, by=by)
    return task


def keep(task: Task) -> None:
    """Another day means other reminders."""
    if Task.objects.filter(pk=task.pk).exclude(due_on=task.due_on).exists():
        task.told_soon, task.told_late_on = False, None
    if task.state == Task.State.DONE:
        task.done_on = task.done_on or platform_day()
    else:
        task.done_on = None
    task.changed_at, task.sequence = timezone.now(), task.sequence + 1
    task.save()
    show(task)


@transaction.atomic
def move(task: Task, state: str, *, by) -> Task:
    """Say how far a task is; saying twice the same changes nothing."""
    task = held(task)
    require(by, "workinggroups.move_task", task)
    if state not in Task.State.values:
        raise ValidationError({"state": _("Please choose one of the states.")})
    if task.state == state:
        return task
    was, task.state = task.state, Task.State(state)
    keep(task)
    audit.record("workinggroups.task_moved", task, by=by, was=str(was), state=str(state))
    if task.state == Task.State.DONE:
        audit.record("workinggroups.task_done", task, by=by)
    return task


@transaction.atomic
def say(task: Task, text: str, *, by) -> Comment:
    require(by, "workinggroups.discuss_task", task)
    return discussions.say(task, text, by=by)


@transaction.atomic
def change_many(tasks: list[Task], *, by, state: str = "", **fields) -> int:
    """All of them, or none when one cannot be changed; gives how many."""
    for task in tasks:
        if fields:
            change(task, by=by, **fields)
        if state:
            move(task, state, by=by)
    return len(tasks)
