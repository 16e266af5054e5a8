from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = "role:lead_partner"

RIGHTS = [
    Right(
        code="monitoring.change_programme",
        name=_("Set periods, targets and owners of the programme's indicators"),
        who=(LEAD,),
    ),
]
