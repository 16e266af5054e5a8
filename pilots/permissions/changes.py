from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right


def recorder(change) -> list[str]:
    return [f"org:{change.recorded_for_id}"]


def authority(change) -> list[str]:
    return [f"org:{change.authority_id}"]


RIGHTS = [
    Right(code="pilots.view_change", name=_("See a policy change"), who=("audience",)),
    Right(code="pilots.record_change", name=_("Record what changed in the policy of a region"), who=("members",)),
    Right(
        code="pilots.change_change",
        name=_("Change a recorded policy change, say what it was learned from, and ask for its confirmation"),
        who=("named",),
        named=recorder,
        states=("draft", "returned"),
    ),
    Right(
        code="pilots.confirm_change",
        name=_("Confirm a policy change for the authority responsible, or return it"),
        who=("named",),
        named=authority,
        states=("asked",),
    ),
    Right(
        code="pilots.withdraw_change",
        name=_("Withdraw a confirmed policy change, with reasons"),
        who=("role:lead_partner",),
        decides=True,
        states=("confirmed",),
    ),
]
