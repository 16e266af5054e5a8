from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .mechanisms import LEADERS, MAKERS, scope

RIGHTS = [
    Right(code="pilots.view_final_report", name=_("See the final report of a working group"), who=("audience",)),
    Right(
        code="pilots.begin_final_report",
        name=_("Begin the final report of a working group"),
        who=MAKERS,
        scope=scope,
    ),
    Right(
        code="pilots.write_final_report",
        name=_("Write a final report, and have its files made"),
        who=MAKERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="pilots.finalise_report",
        name=_("Make a report final, and file it in the repository"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("draft",),
    ),
]
