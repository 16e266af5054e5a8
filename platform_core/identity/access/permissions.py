from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = ("role:lead_partner",)

RIGHTS = [
    Right(code="access.give_role", name=_("Give and end roles"), who=LEAD, decides=True),
    Right(code="access.view_roles", name=_("See who holds which role, and why"), who=LEAD),
    Right(code="access.read_rights", name=_("See who may do what"), who=("user",)),
    Right(code="access.read_sight", name=_("See who can see something"), who=("members", *LEAD)),
    Right(code="access.see_as", name=_("See the platform as somebody else does"), who=LEAD),
]
