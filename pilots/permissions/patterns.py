from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(code="pilots.view_pattern", name=_("See a reflective pattern"), who=("audience",)),
    Right(
        code="pilots.write_pattern",
        name=_("Begin the next version of a reflective pattern, and write it"),
        who=("role:lead_partner", "role:wp_coordinator"),
    ),
    Right(
        code="pilots.publish_pattern",
        name=_("Publish a version of a reflective pattern"),
        who=("role:lead_partner",),
        decides=True,
        states=("draft",),
    ),
]
