from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Demonstration, IndicatorRule, PersonalData, Reaction, Sweep

from .. import demonstration
from ..services import evidence as services

evidence = [
    IndicatorRule(
        code="monitoring.by_hand",
        name=_("Evidence handed in"),
        once_per=_("piece of evidence handed in with a file"),
        event=_("the lead partner approves it"),
        confirmed_by=_("the lead partner"),
        counted=lambda: (),
    ),
    Reaction(code="monitoring.evidence", handle=services.after_event),
    Sweep(code="monitoring.evidence", perform=services.check_all, minutes=24 * 60),
    PersonalData(
        label="monitoring.evidence",
        fields=("person",),
        holder="person",
        purpose=_("To count people once in the indicators of the programme"),
        erasure="unlink",
    ),
    Demonstration(order=96, load=demonstration.load),
]
