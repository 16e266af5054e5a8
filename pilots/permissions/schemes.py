from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEADERS = ("role:wg_leader@", "role:lead_partner")
MAKERS = (*LEADERS, "role:wg_representative@", "role:wg_expert@")


def scope(thing) -> str:
    return thing.scope


RIGHTS = [
    Right(code="pilots.view_scheme", name=_("See a guideline for pilot actions"), who=("audience",)),
    Right(
        code="pilots.write_scheme", name=_("Write a guideline for pilot actions for a group"), who=MAKERS, scope=scope
    ),
    Right(
        code="pilots.change_scheme",
        name=_("Change a guideline for pilot actions"),
        who=MAKERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="pilots.approve_scheme",
        name=_("Approve a guideline for pilot actions"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("draft",),
    ),
    Right(
        code="pilots.open_call",
        name=_("Open a call under an approved guideline"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("approved",),
    ),
    Right(
        code="pilots.extend_call",
        name=_("Take proposals for a call longer"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("coming", "open"),
    ),
    Right(code="pilots.view_call", name=_("See a call for pilot actions"), who=("audience",)),
]
