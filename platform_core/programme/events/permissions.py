from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

KEEPERS = ("role:lead_partner", "role:editor")


def proposer(event):
    return event.proposed_by_id


RIGHTS = [
    Right(code="events.announce", name=_("Put events into the calendar"), who=KEEPERS),
    Right(code="events.propose", name=_("Propose events for the calendar"), who=("members",)),
    Right(code="events.moderate", name=_("Decide on proposed events"), who=KEEPERS, decides=True),
    Right(
        code="events.change_event",
        name=_("Change an event"),
        who=KEEPERS,
        states=("announced", "proposed", "returned"),
    ),
    Right(
        code="events.revise_proposal",
        name=_("Change an own proposal and send it again"),
        who=("owner",),
        states=("returned",),
        owner=proposer,
    ),
    Right(
        code="events.cancel_event",
        name=_("Cancel an event"),
        who=(*KEEPERS, "owner"),
        states=("announced",),
        owner=proposer,
    ),
    Right(code="events.import_calendars", name=_("Read calendars of others into ours"), who=KEEPERS),
    Right(code="events.view_event", name=_("See an event"), who=("audience",)),
]
