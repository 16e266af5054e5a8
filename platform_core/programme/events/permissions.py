from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(code="events.announce", name=_("Put events into the calendar"), who=("role:lead_partner", "role:editor")),
    Right(code="events.view_event", name=_("See an event"), who=("audience",)),
]
