from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = ("role:lead_partner",)


def administrators(thing) -> list[str]:
    """Audience keys of those who look after an organisation's profile."""
    return [f"admin:{thing.pk}"]


RIGHTS = [
    Right(
        code="members.invite",
        name=_("Invite people to an organisation or to one activity"),
        who=("members", *LEAD),
    ),
    Right(code="members.apply", name=_("Apply for membership"), who=("user",)),
    Right(code="members.claim_affiliation", name=_("Say that one acts for an organisation"), who=("user",)),
    Right(
        code="members.change_organisation",
        name=_("Change an organisation's profile and say who acts for it"),
        who=("named", *LEAD),
        named=administrators,
    ),
    Right(code="members.view_desk", name=_("Look after organisations and memberships"), who=LEAD),
    Right(
        code="members.admit_organisation", name=_("Admit an organisation and change its tier"), who=LEAD, decides=True
    ),
    Right(
        code="members.merge_organisations",
        name=_("Merge organisations that turn out to be one"),
        who=LEAD,
        decides=True,
    ),
    Right(code="members.end_membership", name=_("End a membership"), who=LEAD, decides=True),
    Right(code="members.view_organisation", name=_("See an organisation"), who=("audience",)),
    Right(code="members.view_contacts", name=_("See contact persons of organisations"), who=("members", *LEAD)),
]
