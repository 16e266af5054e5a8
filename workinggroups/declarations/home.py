"""What working groups put on a member's home."""

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Panel, PersonalData
from platform_core.ground.ui.panels import once

from ..models import WorkingGroup
from ..selectors import changes, meetings, tasks
from ..selectors.groups import own_groups
from ..services import visits

SHOWN = 6


def my_meetings(request, **subject) -> dict | None:
    rows = list(meetings.to_come_for(request.user)[:SHOWN])
    return {"rows": rows} if rows else None


def my_tasks(request, **subject) -> dict | None:
    rows = list(tasks.mine(request.user).select_related(None).defer("text")[:SHOWN])
    return {"rows": rows} if rows else None


def groups_of(request) -> list[WorkingGroup]:
    """Asked once for all blocks of the page."""
    return once(request, "own_groups", lambda: own_groups(request.user))


def my_changes(request, **subject) -> dict | None:
    """What changed in her groups since her last visit; whoever looks with her eyes makes no visit of it."""
    groups = groups_of(request)
    if not groups:
        return None
    watched = getattr(request, "watcher", None) is not None
    since = changes.last_visit(request.user) if watched else visits.come(request.user)
    return {"since": since, "rows": changes.changed_since(request.user, groups, since)} if since else None


def my_groups(request, **subject) -> dict | None:
    found = groups_of(request)
    return {"groups": found} if found else None


HOME = [
    Panel(place="mine.main", order=20, template="workinggroups/panel_meetings.html", context=my_meetings),
    Panel(place="mine.main", order=25, template="workinggroups/panel_tasks.html", context=my_tasks),
    Panel(place="mine.main", order=28, template="workinggroups/panel_changes.html", context=my_changes),
    PersonalData(
        label="workinggroups.visit",
        fields=("at", "before"),
        holder="person",
        purpose=_("To show somebody what changed since she was here"),
        erasure="delete",
    ),
    Panel(place="mine.aside", order=10, template="workinggroups/panel_groups.html", context=my_groups),
]
