from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

RIGHTS = [Right(code="messaging.read_outbox", name=_("Read the mails that were sent"), who=("role:lead_partner",))]
