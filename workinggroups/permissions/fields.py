from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .groups import LEADERS, scope

FIELDS = [
    Right(
        code="workinggroups.keep_fields",
        name=_("Say what is filled in at each document of a working group"),
        who=LEADERS,
        scope=scope,
    ),
]
