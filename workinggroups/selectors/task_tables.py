from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Task

COLUMNS = (
    "number",
    "title",
    "kind",
    "state",
    "owner",
    "organisation",
    "begins_on",
    "due_on",
    "output",
    "period",
    "waits_for",
    "text",
)


def head() -> list[str]:
    """The names of columns are the same in every language, so that a table that was taken along can be brought back."""
    return list(COLUMNS)


def lines(rows: QuerySet[Task]) -> Iterator[tuple]:
    for task in rows.prefetch_related("waits_for").iterator(chunk_size=500):
        yield (
            task.pk,
            task.title,
            task.kind,
            task.state,
            task.owner.email if task.owner else "",
            task.organisation.code if task.organisation else "",
            str(task.begins_on or ""),
            str(task.due_on or ""),
            task.output.code if task.output else "",
            task.period or "",
            ", ".join(str(other.pk) for other in task.waits_for.all()),
            task.text,
        )


def hints() -> dict[str, str]:
    """What belongs into each column of a table that is brought."""
    return {
        "number": _("Lines with the number of a task that is there are passed over."),
        "title": _("What is to be done; at most 200 signs. No line goes without it."),
        "kind": _("task or milestone; empty: task."),
        "state": _("open, in_progress, done or dropped; empty: open."),
        "owner": _("The e-mail address of somebody in the group."),
        "organisation": _("The code of an organisation that sits in the group."),
        "begins_on": _("A day such as 2026-05-31."),
        "due_on": _("A day such as 2026-05-31."),
        "output": _("The code of an output of the work plan."),
        "period": _("The number of a period of the work plan."),
        "waits_for": _("Numbers of tasks that are there already, such as 12, 15."),
        "text": _("More about it."),
    }
