from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right
from platform_core.identity.access.keys import USER
from platform_core.identity.access.selectors import holders
from platform_core.people.members.models import Affiliation

from .groups import LEADERS, scope


def answering(call) -> set[str]:
    """The keys of those who may answer, as far as keys can tell."""
    tiers = [one.value for one in call.conditions.all() if one.kind == "tier"]
    return {f"tier:{tier}" for tier in tiers} or {USER}


def chair(call) -> str:
    """Who evaluates and concludes: the leader, or the lead partner where the leader's organisation has answered itself."""
    leaders = holders("wg_leader", call.scope)
    answered = call.expressions.exclude(state="withdrawn").values("organisation")
    interested = Affiliation.objects.filter(person__in=leaders, organisation__in=answered).exists()
    return "role:lead_partner" if interested or not leaders else f"role:wg_leader@{call.scope}"


def chairing(thing) -> set[str]:
    return {chair(getattr(thing, "call", thing))}


def own(expression) -> set[str]:
    return {f"org:{expression.organisation_id}"}


def named_person(candidate) -> set[str]:
    return {f"person:{candidate.person_id}"} if candidate.person_id else set()


CALLS = [
    Right(code="workinggroups.view_call", name=_("See a call for expressions of interest"), who=("audience",)),
    Right(
        code="workinggroups.draft_call",
        name=_("Prepare a call for expressions of interest"),
        who=LEADERS,
        scope=scope,
    ),
    Right(
        code="workinggroups.change_call",
        name=_("Change a call that is being prepared"),
        who=LEADERS,
        scope=scope,
        states=("draft",),
    ),
    Right(
        code="workinggroups.open_call",
        name=_("Open a call"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("draft",),
    ),
    Right(
        code="workinggroups.extend_call",
        name=_("Give more time to answer a call"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("open",),
    ),
    Right(
        code="workinggroups.cancel_call",
        name=_("Cancel a call"),
        who=LEADERS,
        scope=scope,
        decides=True,
        states=("draft", "open", "closed", "evaluated"),
    ),
    Right(
        code="workinggroups.answer_call",
        name=_("Answer a call for an organisation"),
        who=("named",),
        named=answering,
        states=("open",),
    ),
    Right(code="workinggroups.view_expression", name=_("See an expression of interest"), who=("audience",)),
    Right(
        code="workinggroups.change_expression",
        name=_("Replace, complete or withdraw an expression of interest"),
        who=("named",),
        named=own,
        states=("submitted", "completion", "eligible"),
    ),
    Right(
        code="workinggroups.check_expression",
        name=_("Say whether an expression of interest is eligible"),
        who=("named",),
        named=chairing,
        decides=True,
    ),
    Right(
        code="workinggroups.evaluate_call",
        name=_("Have expressions of interest scored, and settle their ranking"),
        who=("named",),
        named=chairing,
        decides=True,
        states=("closed", "evaluated"),
    ),
    Right(
        code="workinggroups.conclude_call",
        name=_("Short-list, write to all who answered, and conclude a call"),
        who=("named",),
        named=chairing,
        decides=True,
        states=("evaluated",),
    ),
    Right(
        code="workinggroups.answer_candidate",
        name=_("Say whether one agrees to be named for a seat, and take it"),
        who=("named",),
        named=named_person,
    ),
]
