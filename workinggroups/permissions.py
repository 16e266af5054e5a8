from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [Right(code="workinggroups.view_group", name=_("See a working group"), who=("audience",))]
