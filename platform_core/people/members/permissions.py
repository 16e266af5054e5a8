from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = ("role:lead_partner",)

RIGHTS = [
    Right(code="members.view_desk", name=_("Look after organisations and memberships"), who=LEAD),
    Right(
        code="members.admit_organisation", name=_("Admit an organisation and change its tier"), who=LEAD, decides=True
    ),
    Right(code="members.end_membership", name=_("End a membership"), who=LEAD, decides=True),
    Right(code="members.view_organisation", name=_("See an organisation"), who=("audience",)),
    Right(code="members.view_contacts", name=_("See contact persons of organisations"), who=("members", *LEAD)),
]
