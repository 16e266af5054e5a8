from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    AssessmentKind,
    EventKind,
    NoticeKind,
    Outcome,
    PersonalData,
    TrailKind,
)
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.sight import people_with

from ..models import Pilot
from ..permissions import evaluations as permissions
from ..permissions.pilots import crew
from ..selectors import pilots as selectors
from ..selectors.schemes import EVALUATION_GRID
from ..services import evaluations as services
from .pilots import about, told_of_pilot

VERBS = {
    "pilot_self_assessed": _("A lead assessed its pilot action"),
    "evaluators_called": _("Evaluators of a pilot action were called"),
    "pilot_evaluated": _("A pilot action was evaluated"),
    "lesson_written": _("A lesson of a pilot action was written"),
    "lesson_filed": _("A lesson of a pilot action was taken into the repository"),
}


def of_crew(event) -> list[int]:
    found = Pilot.objects.filter(pk=event.thing_id).first()
    return sorted(people_with(crew(found), platform_day())) if found else []


evaluations = [
    *permissions.RIGHTS,
    AssessmentKind(
        code=selectors.EVALUATION,
        name=_("Evaluation of pilot actions"),
        grid=EVALUATION_GRID,
        handler=services.handler,
        evaluators=services.evaluators,
        interested=services.interested,
        outcomes=(
            Outcome(code="well", name=_("It worked: others can take it over"), allowed=services.scored(services.WELL)),
            Outcome(code="partly", name=_("It worked in part"), allowed=services.scored(services.PARTLY)),
            Outcome(code="not", name=_("It did not work"), allowed=lambda pilot, picture: True),
        ),
        conclude=services.conclude,
        minimum=2,
        evidence=services.evidence,
    ),
    TrailKind(
        code=services.LEARNED,
        name=_("was learned in"),
        inverse=_("taught"),
        sources=("repository.record",),
        targets=(selectors.PILOT,),
        right="repository.relate_record",
        order=72,
    ),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.evaluators_called",
        name=_("Your pilot action is being evaluated"),
        verb="pilots.evaluators_called",
        recipients=of_crew,
        content=about(
            _("Being evaluated: %(title)s"), _("Others are asked to evaluate “%(title)s”. You are told what they find.")
        ),
    ),
    NoticeKind(
        code="pilots.pilot_evaluated",
        name=_("A pilot action is evaluated"),
        verb="pilots.pilot_evaluated",
        recipients=told_of_pilot,
        content=about(
            _("Evaluated: %(title)s"),
            _("“%(title)s” is evaluated. Read there what was found beside what its lead says."),
        ),
    ),
    PersonalData(
        label="pilots.pilotlesson",
        fields=("written_by",),
        holder="written_by",
        purpose=_("To know who wrote down what was learned in a pilot action"),
        erasure="unlink",
    ),
]
