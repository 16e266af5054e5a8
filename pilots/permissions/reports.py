from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .pilots import lead, lead_of_its_pilot
from .schemes import LEADERS, scope

RIGHTS = [
    Right(
        code="pilots.begin_report",
        name=_("Begin the report of a pilot action for a period"),
        who=("named",),
        named=lead,
        states=("running", "finished"),
    ),
    Right(
        code="pilots.write_report",
        name=_("Write and submit the report of a pilot action"),
        who=("named",),
        named=lead_of_its_pilot,
        states=("draft", "returned"),
    ),
    Right(
        code="pilots.review_report",
        name=_("Accept or return the report of a pilot action"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("submitted",),
    ),
]
