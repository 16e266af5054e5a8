from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

LEAD = "role:lead_partner"


def own(thing) -> list[str]:
    """Everybody who acts for the organisation, of an organisation or of what is its own."""
    return [f"org:{getattr(thing, 'organisation_id', thing.pk)}"]


def administrators(thing) -> list[str]:
    return [f"admin:{getattr(thing, 'organisation_id', thing.pk)}"]


RIGHTS = [
    Right(code="benchmarking.view_self_assessment", name=_("See a self-assessment"), who=("audience",)),
    Right(
        code="benchmarking.assess_management",
        name=_("Assess how one's own cluster organisation is managed"),
        who=("named",),
        named=own,
    ),
    Right(
        code="benchmarking.submit_management",
        name=_("Submit a self-assessment for verification"),
        who=("named",),
        named=administrators,
        states=("draft",),
    ),
    Right(
        code="benchmarking.publish_label",
        name=_("Publish the label of one's cluster organisation, or take it back"),
        who=("named",),
        named=administrators,
        states=("valid",),
    ),
    Right(
        code="benchmarking.call_verifiers",
        name=_("Have a self-assessment verified"),
        who=(LEAD,),
        decides=True,
        states=("submitted",),
    ),
    Right(
        code="benchmarking.return_management",
        name=_("Return a self-assessment to its organisation"),
        who=(LEAD,),
        states=("submitted",),
    ),
    Right(
        code="benchmarking.revoke_label",
        name=_("Revoke a label"),
        who=(LEAD,),
        decides=True,
        states=("valid",),
    ),
    Right(
        code="benchmarking.look_after_labels",
        name=_("Look after self-assessments and labels"),
        who=(LEAD,),
    ),
    Right(
        code="benchmarking.read_management",
        name=_("Read how cluster organisations are managed, all together"),
        who=("members", LEAD),
    ),
]
