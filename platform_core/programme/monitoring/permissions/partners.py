from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .indicators import LEAD

RIGHTS = [
    Right(
        code="monitoring.read_partner",
        name=_("Read what each partner owes the programme"),
        who=("members", LEAD),
    ),
    Right(
        code="monitoring.remind_partner",
        name=_("Remind a partner of what it owes the programme"),
        who=(LEAD,),
    ),
]
