from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Demonstration, MenuEntry, Panel
from platform_core.ground.ui.moments import zone_for

from .. import counting, demonstration, entries
from ..permissions import RIGHTS
from ..presentation import shown
from ..selectors.events import Question
from .events import EVENTS, NOTICES, PROPOSALS
from .imports import IMPORTS

SHOWN = 4


def coming(request, topic=None, **subject):
    """The next entries, those of other rooms among them, in the reader's time."""
    rows = entries.next_ones(request.user, Question(topic=topic.number if topic else None), SHOWN)
    return {"rows": shown(rows, today=timezone.localdate(timezone=zone_for(""))), "topic": topic}


declarations = [
    *RIGHTS,
    *EVENTS,
    *PROPOSALS,
    *NOTICES,
    *IMPORTS,
    MenuEntry(place="public", name=_("Events"), route="events:calendar", order=50),
    MenuEntry(place="person", name=_("My calendar"), route="events:mine", order=30),
    MenuEntry(
        place="desk", name=_("Calendars of others"), route="events:sources", order=67, right="events.import_calendars"
    ),
    Panel(place="home.aside", order=20, template="events/panel_coming.html", context=coming),
    Panel(place="topic.aside", order=20, template="events/panel_coming.html", context=coming),
    Demonstration(order=20, load=demonstration.load),
    *counting.RULES,
]
