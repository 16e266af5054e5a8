"""What working groups put on a member's home."""

from platform_core.ground.registry.kinds import Panel

from ..selectors import meetings, tasks
from ..selectors.groups import own_groups

SHOWN = 6


def my_meetings(request, **subject) -> dict | None:
    rows = list(meetings.to_come_for(request.user)[:SHOWN])
    return {"rows": rows} if rows else None


def my_tasks(request, **subject) -> dict | None:
    rows = list(tasks.mine(request.user).select_related(None).defer("text")[:SHOWN])
    return {"rows": rows} if rows else None


def my_groups(request, **subject) -> dict | None:
    found = own_groups(request.user)
    return {"groups": found} if found else None


HOME = [
    Panel(place="mine.main", order=20, template="workinggroups/panel_meetings.html", context=my_meetings),
    Panel(place="mine.main", order=25, template="workinggroups/panel_tasks.html", context=my_tasks),
    Panel(place="mine.aside", order=10, template="workinggroups/panel_groups.html", context=my_groups),
]
