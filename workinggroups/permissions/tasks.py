from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .documents import maker
from .groups import GROUP, LEADERS, SEATED, commenting, scope, writing


def owners(task) -> set[str]:
    """The person it is given to, and everybody acting for the organisation it is given to."""
    person = {f"person:{task.owner_id}"} if task.owner_id else set()
    return person | ({f"org:{task.organisation_id}"} if task.organisation_id else set())


def speakers(task) -> set[str]:
    return owners(task) | commenting(task)


TASKS = [
    Right(
        code="workinggroups.add_task",
        name=_("Add tasks to a working group"),
        who=(*GROUP, "named"),
        scope=scope,
        named=writing,
    ),
    Right(code="workinggroups.view_task", name=_("See a task of a working group"), who=("audience",)),
    Right(
        code="workinggroups.change_task",
        name=_("Change a task: what, who, until when"),
        who=(*SEATED, "owner@"),
        scope=scope,
        owner=maker,
    ),
    Right(
        code="workinggroups.move_task",
        name=_("Say how far a task is"),
        who=(*SEATED, "owner@", "named"),
        scope=scope,
        owner=maker,
        named=owners,
    ),
    Right(
        code="workinggroups.discuss_task",
        name=_("Discuss a task"),
        who=(*GROUP, "owner@", "named"),
        scope=scope,
        owner=maker,
        named=speakers,
    ),
    Right(
        code="workinggroups.keep_plan",
        name=_("Keep the work plan of a working group: periods, outputs, targets"),
        who=LEADERS,
        scope=scope,
    ),
    Right(
        code="workinggroups.show_evidence",
        name=_("Show what an output of the work plan consists of"),
        who=SEATED,
        scope=scope,
    ),
]
