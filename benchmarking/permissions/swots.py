from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .policies import LEADERS, MAKERS, scope

RIGHTS = [
    Right(code="benchmarking.view_swot", name=_("See a SWOT"), who=("audience",)),
    Right(
        code="benchmarking.begin_swot",
        name=_("Begin the SWOT of an area for a group"),
        who=MAKERS,
        scope=scope,
    ),
    Right(
        code="benchmarking.change_swot",
        name=_("Write in a SWOT"),
        who=MAKERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="benchmarking.approve_swot",
        name=_("Approve a SWOT, for everybody to read"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("draft",),
    ),
]
