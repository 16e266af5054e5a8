from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(
        code="trails.mend_links",
        name=_("See which links of the platform lead nowhere"),
        who=("role:editor", "role:lead_partner", "role:wg_leader@"),
    ),
]
