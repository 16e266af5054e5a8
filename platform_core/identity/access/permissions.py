from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [
    Right(code="access.give_role", name=_("Give and end roles"), who=("role:lead_partner",), decides=True),
    Right(code="access.read_rights", name=_("See who may do what"), who=("user",)),
]
