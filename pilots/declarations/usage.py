from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Demonstration, MenuEntry, Panel

from ..demonstration import usage as demonstration
from ..forms.usage import UsefulForm
from ..permissions import usage as permissions


def two_questions(request, record, **subject) -> dict | None:
    """On published records; the same for every reader, so that the page can be kept for guests."""
    return {"form": UsefulForm(auto_id="useful_%s")} if record.state == "published" else None


usage = [
    *permissions.RIGHTS,
    Panel(place="record.main", order=90, template="pilots/panel_useful.html", context=two_questions),
    MenuEntry(place="desk", name=_("What is used"), route="pilots:usage", order=40, right="pilots.view_usage"),
    Demonstration(order=73, load=demonstration.load),
]
