from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEADERS = ("role:wg_leader@", "role:lead_partner")
MAKERS = (*LEADERS, "role:wg_representative@", "role:wg_expert@")


def scope(thing) -> str:
    return thing.scope


RIGHTS = [
    Right(code="benchmarking.view_scorecard", name=_("See a policy scorecard"), who=("audience",)),
    Right(
        code="benchmarking.enter_policies",
        name=_("Begin policy scorecards of a group, and enter the measures of an area"),
        who=MAKERS,
        scope=scope,
    ),
    Right(
        code="benchmarking.change_scorecard",
        name=_("Change the measures of a policy scorecard"),
        who=MAKERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="benchmarking.call_raters",
        name=_("Have the policy of an area rated"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("draft",),
    ),
]
