from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    EventKind,
    NoticeKind,
    PersonalData,
    RoleKind,
)
from platform_core.ground.texts.notices import teller
from platform_core.identity.access.selectors import holders
from platform_core.people.members.selectors import acting_for

from ..models import JoinRequest, WorkingGroup
from ..permissions.groups import JOINED
from ..selectors.groups import scopes
from ..services import groups


def handler(asked: JoinRequest) -> str:
    """The leader; the lead partner where there is none."""
    scope = asked.group.scope
    return f"role:wg_leader@{scope}" if holders("wg_leader", scope) else "role:lead_partner"


def title(asked: JoinRequest) -> str:
    told = {"person": asked.person, "number": asked.group_id}
    return gettext("%(person)s wants to take part in working group %(number)s") % told


def organisation(asked: JoinRequest) -> int | None:
    found = acting_for([asked.person_id]).get(asked.person_id)
    return found.pk if found else None


def facts(asked: JoinRequest) -> list[tuple]:
    found = acting_for([asked.person_id]).get(asked.person_id)
    return [(_("Working group"), str(asked.group)), (_("Organisation"), found or "–"), (_("Why"), asked.why)]


def joined(event) -> list[int]:
    return [event.payload["person"]]


def facts_of_group(event) -> tuple[dict, str]:
    group = WorkingGroup.objects.get(pk=event.thing_id)
    return {"number": group.pk, "name": group}, group.get_absolute_url()


told = teller(facts_of_group)
VERBS = {
    "opened_up": _("Who finds a working group and who joins it was changed"),
    "template_applied": _("A working group was furnished from a template"),
    "join_asked": _("Somebody asked to take part in a working group"),
    "joined": _("Somebody takes part in a working group"),
    "left": _("Somebody left a working group"),
}
SETUPS = [
    RoleKind(code=JOINED, scopes=scopes, order=53),
    *(EventKind(verb=f"workinggroups.{verb}", name=name) for verb, name in VERBS.items()),
    CaseKind(
        code="workinggroups.joining",
        name=_("Taking part in a working group"),
        verb="workinggroups.join_asked",
        handler=handler,
        days=14,
        title=title,
        facts=facts,
        needs=("person",),
        organisation=organisation,
        withdraw=groups.withdraw_joining,
        answers=(
            CaseAnswer(code="grant", name=_("Take in"), outcome=_("Taken in"), perform=groups.grant_joining),
            CaseAnswer(
                code="decline",
                name=_("Decline"),
                outcome=_("Declined"),
                perform=groups.decline_joining,
                tone="secondary",
            ),
        ),
    ),
    NoticeKind(
        code="workinggroups.joined",
        name=_("You take part in a working group"),
        verb="workinggroups.joined",
        recipients=joined,
        content=told(_("Welcome to working group %(number)s"), _("You take part in “%(name)s” from now on.")),
        mail=False,
    ),
    PersonalData(
        label="workinggroups.joinrequest",
        fields=("person", "why"),
        holder="person",
        purpose=_("To answer who wants to take part in a working group"),
        erasure="delete",
    ),
]
