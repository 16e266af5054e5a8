from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .schemes import LEADERS, scope


def own(proposal) -> list[str]:
    """Everybody who acts for the organisation that proposes."""
    return [f"org:{proposal.organisation_id}"]


RIGHTS = [
    Right(code="pilots.propose", name=_("Propose a pilot action for one's organisation"), who=("members",)),
    Right(code="pilots.view_proposal", name=_("See a proposal of a pilot action"), who=("audience",)),
    Right(
        code="pilots.change_proposal",
        name=_("Change and submit a proposal of one's organisation"),
        who=("named",),
        named=own,
        states=("draft",),
    ),
    Right(
        code="pilots.withdraw_proposal",
        name=_("Withdraw a proposal of one's organisation"),
        who=("named",),
        named=own,
        states=("draft", "submitted"),
    ),
    Right(
        code="pilots.call_judges",
        name=_("Have a proposal of a pilot action judged"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("submitted",),
    ),
]
