from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import (
    AssessmentKind,
    EventKind,
    NoticeKind,
    Outcome,
    PersonalData,
    Reaction,
    Thing,
)
from platform_core.ground.texts.notices import teller
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders
from platform_core.identity.access.sight import people_of

from ..models import Proposal
from ..permissions import proposals as permissions
from ..selectors import proposals as selectors
from ..selectors.schemes import PROPOSALS_GRID
from ..services import proposals as services

VERBS = {
    "proposal_begun": _("A proposal of a pilot action was begun"),
    "proposal_changed": _("A proposal of a pilot action was changed"),
    "proposal_submitted": _("A proposal of a pilot action was submitted"),
    "proposal_withdrawn": _("A proposal of a pilot action was withdrawn"),
    "judges_called": _("Evaluators of a proposal of a pilot action were called"),
    "proposal_selected": _("A proposal of a pilot action was selected"),
    "proposal_refused": _("A proposal of a pilot action was not selected"),
}


def facts(event) -> tuple[dict, str]:
    found = Proposal.objects.select_related("organisation").get(pk=event.thing_id)
    return {"title": found.title, "organisation": found.organisation}, found.get_absolute_url()


def of_organisation(event) -> list[int]:
    found = Proposal.objects.filter(pk=event.thing_id).first()
    return sorted(people_of(f"org:{found.organisation_id}", platform_day())) if found else []


def looking_after(event) -> list[int]:
    found = Proposal.objects.filter(pk=event.thing_id).select_related("call__scheme").first()
    if found is None:
        return []
    return sorted(set(holders("wg_leader", found.scope)) or people_of("role:lead_partner", platform_day()))


about = teller(facts)
proposals = [
    *permissions.RIGHTS,
    Thing(
        label=selectors.PROPOSAL,
        name=_("Proposal of a pilot action"),
        title=lambda proposal: proposal.title,
        address=lambda proposal: proposal.get_absolute_url(),
        visible=selectors.proposals,
        route="pilots:proposal",
    ),
    AssessmentKind(
        code=selectors.KIND,
        name=_("Selection of pilot actions"),
        grid=PROPOSALS_GRID,
        handler=services.handler,
        evaluators=services.evaluators,
        interested=services.interested,
        outcomes=(
            Outcome(code="selected", name=_("Select it: it becomes a pilot action"), allowed=services.is_good_enough),
            Outcome(code="refused", name=_("Do not select it"), allowed=lambda proposal, picture: True),
        ),
        conclude=services.conclude,
        minimum=2,
    ),
    Reaction(
        code="pilots.share_with_judges",
        handle=services.share_with_judges,
        verbs=frozenset({"assessment.evaluator_asked", "assessment.stepped_back", "assessment.abandoned"}),
    ),
    *(EventKind(verb=f"pilots.{verb}", name=name) for verb, name in VERBS.items()),
    NoticeKind(
        code="pilots.proposal_submitted",
        name=_("A pilot action is proposed"),
        verb="pilots.proposal_submitted",
        recipients=looking_after,
        content=about(
            _("Proposed: %(title)s"),
            _("%(organisation)s proposes “%(title)s”. When the call has closed, ask who judges it."),
        ),
    ),
    NoticeKind(
        code="pilots.proposal_selected",
        name=_("Your proposal of a pilot action is selected"),
        verb="pilots.proposal_selected",
        recipients=of_organisation,
        content=about(
            _("Selected: %(title)s"),
            _("“%(title)s” is selected. Set its milestones, indicators and risks, so that it can begin."),
        ),
    ),
    NoticeKind(
        code="pilots.proposal_refused",
        name=_("Your proposal of a pilot action is not selected"),
        verb="pilots.proposal_refused",
        recipients=of_organisation,
        content=about(
            _("Not selected: %(title)s"), _("“%(title)s” is not selected. Read there how it was judged, and why.")
        ),
    ),
    PersonalData(
        label=selectors.PROPOSAL,
        fields=("made_by",),
        holder="made_by",
        purpose=_("To know who wrote a proposal, so that she does not judge it"),
        erasure="unlink",
    ),
]
