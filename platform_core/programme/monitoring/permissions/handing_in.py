from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right

from .indicators import LEAD

RIGHTS = [
    Right(code="monitoring.view_evidence", name=_("See evidence that was handed in"), who=("audience",)),
    Right(
        code="monitoring.read_evidence_file",
        name=_("Read the file of evidence that was handed in"),
        who=("members", LEAD),
    ),
    Right(
        code="monitoring.hand_in",
        name=_("Hand in evidence for an indicator of the programme"),
        who=("members", LEAD),
    ),
    Right(
        code="monitoring.take_back_evidence",
        name=_("Take back evidence before it is decided on"),
        who=("owner",),
        owner=lambda found: found.proposed_by_id,
        states=("proposed",),
    ),
    Right(
        code="monitoring.decide_evidence",
        name=_("Approve evidence that was handed in, or not accept it"),
        who=(LEAD,),
        decides=True,
        states=("proposed",),
    ),
    Right(
        code="monitoring.withdraw_evidence",
        name=_("Withdraw evidence that was approved"),
        who=(LEAD,),
        decides=True,
        states=("approved",),
    ),
]
