from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import find_thing
from platform_core.ground.registry.kinds import (
    CalendarSource,
    EventKind,
    MenuEntry,
    NoticeKind,
    Overdue,
    PersonalData,
    Searchable,
    SearchDocument,
    Sweep,
    Thing,
    TrailKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders, may_see
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.models import User
from platform_core.identity.accounts.selectors import person_behind

from ..models import Task
from ..selectors import tasks as selectors
from ..selectors.calendar import due_days
from ..services import reminders


def task_of(event) -> Task | None:
    found = find_thing(selectors.LABEL, event.thing_id) if event.thing == selectors.LABEL else None
    return found if isinstance(found, Task) else None


def owners_of(task: Task | None) -> set[int]:
    """The person it is given to; where there is none, everybody who acts for its organisation."""
    if task is None:
        return set()
    if task.owner_id:
        return {task.owner_id}
    day = reminders.today()
    return {pk for pk in people_of(f"org:{task.organisation_id}", day) if pk} if task.organisation_id else set()


def told(people: set, event, task: Task | None) -> list[int]:
    """Not who did it, and only who still sees the task."""
    writer = person_behind(event.actor) if event.actor else None
    found = User.objects.filter(pk__in={pk for pk in people if pk} - {writer.pk if writer else None}).order_by("pk")
    return [person.pk for person in found if task and may_see(person, task)]


def owning(event) -> list[int]:
    task = task_of(event)
    return told(owners_of(task), event, task)


def late(event) -> list[int]:
    """Its owner, and the leader of the group."""
    task = task_of(event)
    return told(owners_of(task) | set(holders("wg_leader", task.scope)), event, task) if task else []


def waiting_for_it(event) -> list[int]:
    """Who made it, and the owners of what waited for it."""
    task = task_of(event)
    if task is None:
        return []
    people = {task.made_by_id}
    for other in task.blocks.filter(state__in=selectors.OPEN):
        people |= owners_of(other)
    return told(people, event, task)


def talking(event) -> list[int]:
    """Who made it, and its owner."""
    task = task_of(event)
    return told(owners_of(task) | {task.made_by_id}, event, task) if task else []


def facts(event) -> tuple[dict, str]:
    task = task_of(event)
    return {"title": task.title, "day": task.due_on or "–", "group": task.group_id}, task.get_absolute_url()


def search_document(pk: int) -> SearchDocument | None:
    task = Task.objects.filter(pk=pk).first()
    if task is None:
        return None
    code = task.language
    return SearchDocument(
        title={code: task.title, "_source": code},
        summary={},
        body={code: task.text},
        route="workinggroups:task",
        key=str(task.pk),
        day=task.changed_at.date(),
        facets={"topic": [str(task.group_id)], "language": [code]},
    )


about = teller(facts)
VERBS = {
    "task_added": _("A task was added to a working group"),
    "task_changed": _("A task was changed"),
    "task_given": _("A task was given to somebody"),
    "task_postponed": _("A task is due on another day"),
    "task_moved": _("Somebody said how far a task is"),
    "task_done": _("A task was done"),
    "task_due_soon": _("A task is due soon"),
    "task_overdue": _("A task is overdue"),
}
TASKS = [
    Overdue(code="workinggroups.tasks", of=selectors.late_of),
    Thing(
        label=selectors.LABEL,
        name=_("Task"),
        title=lambda task: task.title,
        address=lambda task: task.get_absolute_url(),
        visible=selectors.tasks,
        route="workinggroups:task",
    ),
    TrailKind(
        code="workinggroups.concerns",
        name=_("concerns"),
        inverse=_("is worked on by"),
        sources=(selectors.LABEL,),
        targets=(
            "workinggroups.document",
            "workinggroups.informationrequest",
            "workinggroups.meeting",
            "repository.record",
        ),
        right="workinggroups.change_task",
        order=25,
    ),
    Searchable(
        label=selectors.LABEL,
        name=_("Tasks"),
        document=search_document,
        every=lambda: Task.objects.values_list("pk", flat=True),
        order=38,
    ),
    CalendarSource(code="workinggroups.tasks", name=_("Tasks"), entries=due_days),
    Sweep(code="workinggroups.remind_of_tasks", perform=reminders.remind, minutes=15),
    MenuEntry(place="person", name=_("Tasks"), route="workinggroups:my_tasks", order=6),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="workinggroups.task_given",
        name=_("A task was given to you, or to an organisation you act for"),
        verb="workinggroups.task_given",
        recipients=owning,
        content=about(
            _("A task for you: %(title)s"), _("“%(title)s” of working group %(group)s is yours. Due on: %(day)s")
        ),
    ),
    NoticeKind(
        code="workinggroups.task_postponed",
        name=_("A task of yours is due on another day"),
        verb="workinggroups.task_postponed",
        recipients=owning,
        content=about(_("Another day for a task: %(title)s"), _("“%(title)s” is now due on: %(day)s")),
    ),
    NoticeKind(
        code="workinggroups.task_due_soon",
        name=_("A task of yours is due soon"),
        verb="workinggroups.task_due_soon",
        recipients=owning,
        content=about(_("Due on %(day)s: %(title)s"), _("“%(title)s” is due on %(day)s.")),
    ),
    NoticeKind(
        code="workinggroups.task_overdue",
        name=_("A task of yours, or of a group you lead, is overdue"),
        verb="workinggroups.task_overdue",
        recipients=late,
        content=about(
            _("Overdue: %(title)s"), _("“%(title)s” of working group %(group)s should have been done by %(day)s.")
        ),
    ),
    NoticeKind(
        code="workinggroups.task_done",
        name=_("A task you made, or that yours waited for, is done"),
        verb="workinggroups.task_done",
        recipients=waiting_for_it,
        content=about(_("Done: %(title)s"), _("“%(title)s” is done. What waited for it can begin.")),
    ),
    NoticeKind(
        code="workinggroups.task_discussed",
        name=_("Somebody wrote about a task of yours"),
        verb="discussions.said",
        recipients=talking,
        content=about(_("New comment: %(title)s"), _("Somebody wrote about “%(title)s”. Read and answer there.")),
    ),
    PersonalData(
        label=selectors.LABEL,
        fields=("made_by", "owner", "title", "text"),
        holder="made_by",
        purpose=_("To know who has to do what in a working group"),
        erasure="unlink",
    ),
]
