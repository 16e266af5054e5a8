from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(
        code="files.send_parts",
        name=_("Send large files in parts"),
        who=("members", "role:lead_partner", "role:wg_leader@", "role:wg_representative@", "role:wg_expert@"),
    )
]
