from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .pilots import lead
from .schemes import LEADERS, scope

RIGHTS = [
    Right(
        code="pilots.assess_own",
        name=_("Assess one's own pilot action before others evaluate it"),
        who=("named",),
        named=lead,
        states=("finished",),
    ),
    Right(
        code="pilots.call_evaluators",
        name=_("Have a finished pilot action evaluated"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("finished",),
    ),
    Right(
        code="pilots.write_lesson",
        name=_("Write what was learned in a pilot action, and take it into the repository"),
        who=("named", *LEADERS),
        named=lead,
        scope=scope,
        states=("finished", "evaluated"),
    ),
]
