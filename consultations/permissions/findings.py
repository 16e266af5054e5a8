from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .consultations import scope

WRITERS = ("role:wg_leader@", "role:wg_representative@", "role:lead_partner")

RIGHTS = [
    Right(
        code="consultations.write_finding",
        name=_("Write what was found in a consultation"),
        who=WRITERS,
        scope=scope,
        states=("published",),
    ),
    Right(code="consultations.change_finding", name=_("Change the words of a finding"), who=WRITERS, scope=scope),
    Right(
        code="consultations.settle_finding",
        name=_("Say what becomes of a finding"),
        who=WRITERS,
        scope=scope,
        decides=True,
    ),
]
