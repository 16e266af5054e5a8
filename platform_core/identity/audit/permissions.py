from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [Right(code="audit.read_log", name=_("Read the event log"), who=("role:lead_partner",))]
