from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.assessment import services as assessment
from platform_core.exchange.assessment.consolidation import Picture
from platform_core.exchange.assessment.models import Assessment, Evaluation
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import holders, require
from platform_core.identity.access.sight import people_with
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from workinggroups.models import WorkingGroup

from ..models import Call, Proposal
from ..selectors import proposals as selectors
from ..selectors.schemes import band_choices
from . import pilots

State = Proposal.State
EVALUATORS = ("role:stc_member", "role:reviewer", "role:sc_member")
ENOUGH = 50


@transaction.atomic
def propose(
    call: Call, organisation: Organisation, *, by, key: str = "", partners: Sequence = (), **fields
) -> Proposal:
    require(by, "pilots.propose")
    wait_for_turn(by)
    if organisation not in selectors.proposing(by):
        raise PermissionDenied
    if key and (held := call.proposals.filter(organisation=organisation, key=key).first()):
        return held
    check_open(call)
    made = Proposal(call=call, organisation=organisation, made_by=by, key=key, **fields)
    keep(made, partners)
    audit.record("pilots.proposal_begun", made, by=by)
    return made


def check_open(call: Call) -> None:
    if call.state != "open":
        raise ValidationError(_("This call does not take proposals today."))


def keep(proposal: Proposal, partners: Sequence[Organisation]) -> None:
    if proposal.band not in {number for number, _words in band_choices(proposal.call.scheme)}:
        raise ValidationError({"band": _("The guideline has no such budget band.")})
    if proposal.organisation_id in {one.pk for one in partners}:
        raise ValidationError({"partners": _("The organisation that proposes is not its own partner.")})
    proposal.full_clean(exclude=["key"])
    proposal.save()
    proposal.partners.set(partners)
    share(proposal)


def share(proposal: Proposal, people: Collection[int] = ()) -> None:
    """The organisation itself while it is a draft; submitted, also who leads, and who judges it; judged, the group."""
    keys = {f"org:{proposal.organisation_id}"}
    if proposal.submitted_on:
        rivals_read_along = proposal.call.state == "open"
        group = f"role:wg_leader@{proposal.scope}" if rivals_read_along else proposal.scope
        keys |= {group, "role:lead_partner", *(f"person:{pk}" for pk in people)}
    access.set_audience(proposal, keys)


def locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("call__scheme", "organisation")
    return rows.get(pk=proposal.pk)


@transaction.atomic
def change(proposal: Proposal, *, by, partners: Sequence = (), **fields) -> Proposal:
    proposal = locked(proposal)
    require(by, "pilots.change_proposal", proposal)
    check_open(proposal.call)
    for name, value in fields.items():
        setattr(proposal, name, value)
    keep(proposal, partners)
    audit.record("pilots.proposal_changed", proposal, by=by)
    return proposal


@transaction.atomic
def submit(proposal: Proposal, *, by) -> Proposal:
    """Once, while the call is open."""
    proposal = locked(proposal)
    require(by, "pilots.change_proposal", proposal)
    check_open(proposal.call)
    proposal.state, proposal.submitted_on = State.SUBMITTED, platform_day()
    proposal.save()
    share(proposal)
    audit.record("pilots.proposal_submitted", proposal, by=by)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by) -> Proposal:
    proposal = locked(proposal)
    require(by, "pilots.withdraw_proposal", proposal)
    proposal.state = State.WITHDRAWN
    proposal.save()
    audit.record("pilots.proposal_withdrawn", proposal, by=by)
    return proposal


@transaction.atomic
def call_judges(proposal: Proposal, people: Sequence, *, by, due_on: date) -> Assessment:
    """After the call has closed, so that all are judged knowing what was proposed."""
    proposal = locked(proposal)
    require(by, "pilots.call_judges", proposal)
    if proposal.call.state != "closed":
        raise ValidationError(_("Proposals are judged when the call has closed."))
    if by.pk in {person.pk for person in people}:
        raise ValidationError({"evaluators": _("Whoever asks the evaluators does not evaluate.")})
    if by.pk in interested(proposal):
        raise ValidationError(_("You act for an organisation of this call: somebody else asks the evaluators."))
    proposal.state = State.JUDGED
    proposal.save()
    made = assessment.open_assessment(
        selectors.KIND, proposal, people, due_on=due_on, version=str(proposal.submitted_on), by=by
    )
    share(proposal, [person.pk for person in people])
    audit.record("pilots.judges_called", proposal, by=by)
    return made


def share_with_judges(event) -> None:
    """Whoever is asked later sees it too, who steps back no longer; when judging is abandoned it waits again."""
    rows = Assessment.objects.filter(kind=selectors.KIND)
    abandoned = event.verb == "assessment.abandoned"
    for one in rows.filter(pk=event.thing_id) if abandoned else rows.filter(evaluations=event.thing_id):
        found = Proposal.objects.filter(pk=one.object_id, state=State.JUDGED).select_related("call__scheme").first()
        if found is None:
            continue
        if one.state == Assessment.State.ABANDONED:
            found.state = State.SUBMITTED
            found.save(update_fields=["state"])
            share(found)
        else:
            share(found, those_who_judge(one))


def those_who_judge(one: Assessment) -> list[int]:
    rows = one.evaluations.exclude(state=Evaluation.State.CONFLICT).exclude(evaluator=None)
    return list(rows.values_list("evaluator_id", flat=True))


def handler(proposal: Proposal) -> str:
    """Who concludes: the leader of the group, or the lead partner where the leader has an interest or there is none."""
    leaders = set(holders("wg_leader", proposal.scope))
    free = leaders and not leaders & interested(proposal)
    return f"role:wg_leader@{proposal.scope}" if free else "role:lead_partner"


def evaluators(proposal: Proposal) -> list[str]:
    groups = WorkingGroup.objects.values_list("pk", flat=True)
    return [*EVALUATORS, *(f"role:{role}@group:{pk}" for pk in groups for role in ("wg_expert", "wg_representative"))]


def interested(proposal: Proposal) -> set[int]:
    """Everybody of the organisations that would carry it out or that compete with it, and who wrote one."""
    rivals = proposal.call.proposals.filter(state__in=(State.SUBMITTED, State.JUDGED)).exclude(pk=proposal.pk)
    involved, writers = set(), set()
    for one in [proposal, *rivals.prefetch_related("partners")]:
        involved |= {one.organisation_id, *(partner.pk for partner in one.partners.all())}
        writers |= {one.made_by_id} - {None}
    return people_with([f"org:{pk}" for pk in involved], platform_day()) | writers


def is_good_enough(proposal: Proposal, picture: Picture) -> bool:
    return picture.passes and (picture.score or 0) >= ENOUGH


def conclude(proposal: Proposal, concluded: Assessment, *, by) -> None:
    """A selected proposal becomes a pilot."""
    proposal = locked(proposal)
    if by.pk in interested(proposal):
        raise ValidationError(_("You act for an organisation of this call: somebody else concludes."))
    selected = concluded.outcome == "selected"
    proposal.state = State.SELECTED if selected else State.REFUSED
    proposal.save()
    share(proposal, those_who_judge(concluded))
    if selected:
        pilots.prepare(proposal, by=by)
        audit.record("pilots.proposal_selected", proposal, by=by)
    else:
        audit.record("pilots.proposal_refused", proposal, by=by)
