from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(
        code="pilots.view_usage",
        name=_("See what is used and why: leaders of their topic, the lead partner of all"),
        who=("role:wg_leader@", "role:lead_partner"),
    ),
]
