from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Assessment, Evaluation
from platform_core.ground.registry.kinds import Right

from .schemes import LEADERS, scope


def lead(pilot) -> list[str]:
    """Everybody who acts for the lead organisation."""
    return [f"org:{pilot.lead_id}"]


def crew(pilot) -> list[str]:
    """Everybody who acts for the lead or a partner."""
    return [*lead(pilot), *(f"org:{pk}" for pk in pilot.partners.values_list("pk", flat=True))]


def readers(pilot) -> list[str]:
    """The crew, and who evaluates it without an interest."""
    rows = Evaluation.objects.filter(assessment__thing="pilots.pilot", assessment__object_id=pilot.pk)
    rows = rows.exclude(state=Evaluation.State.CONFLICT).exclude(assessment__state=Assessment.State.ABANDONED)
    return [*crew(pilot), *(f"person:{pk}" for pk in rows.values_list("evaluator", flat=True) if pk)]


def lead_of_its_pilot(thing) -> list[str]:
    return lead(thing.pilot)


def scope_of_its_pilot(thing) -> str:
    return thing.pilot.scope


RIGHTS = [
    Right(code="pilots.view_pilot", name=_("See a pilot action"), who=("audience",)),
    Right(
        code="pilots.enter_pilot",
        name=_("Read what only those see who work on a pilot action: risks, reports, changes"),
        who=("named", *LEADERS),
        named=readers,
        scope=scope,
    ),
    Right(
        code="pilots.set_up_pilot",
        name=_("Set milestones and indicators of a pilot action before it begins"),
        who=("named",),
        named=lead,
        states=("prepared",),
    ),
    Right(
        code="pilots.keep_pilot",
        name=_("Keep risks of a pilot action, and say which milestones are reached"),
        who=("named",),
        named=lead,
        states=("prepared", "running"),
    ),
    Right(
        code="pilots.begin_pilot",
        name=_("Let a pilot action begin"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("prepared",),
    ),
    Right(
        code="pilots.finish_pilot",
        name=_("Say that a pilot action is finished"),
        who=("named",),
        named=lead,
        states=("running",),
    ),
    Right(
        code="pilots.ask_change",
        name=_("Ask for a change of a pilot action"),
        who=("named",),
        named=crew,
        states=("running",),
    ),
    Right(
        code="pilots.grant_change",
        name=_("Grant or refuse a change of a pilot action"),
        who=LEADERS,
        scope=scope_of_its_pilot,
        decides=True,
        states=("asked",),
    ),
    Right(
        code="pilots.hold_workshop",
        name=_("Propose the final workshop of a pilot action for the calendar"),
        who=("named",),
        named=lead,
        states=("running", "finished", "evaluated"),
    ),
]
