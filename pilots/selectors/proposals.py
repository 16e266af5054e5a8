from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.exchange.assessment.models import Assessment
from platform_core.identity.access.selectors import visible
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from ..models import Call, Proposal

PROPOSAL, KIND = "pilots.proposal", "pilots.proposals"


def proposals(user) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("call__scheme__group__topic", "organisation", "topic", "region")
    return visible(rows, user)


def proposal_for(user, pk: int) -> Proposal:
    return get_object_or_404(proposals(user).prefetch_related("partners"), pk=pk)


def of_call(user, call: Call) -> QuerySet[Proposal]:
    return proposals(user).filter(call=call).order_by("state", "organisation__sort_name", "pk")


def under_way(user) -> QuerySet[Proposal]:
    """Those a person sees that nothing has become of yet."""
    return proposals(user).filter(state__in=["draft", "submitted", "judged"]).order_by("-pk")


def proposing(user) -> list[Organisation]:
    """The members a person acts for: those that can propose."""
    return list(own_organisations(user).filter(tier__in=["full", "associated"]))


def assessment_of(proposal: Proposal) -> Assessment | None:
    rows = Assessment.objects.filter(kind=KIND, thing=PROPOSAL, object_id=proposal.pk)
    return rows.exclude(state=Assessment.State.ABANDONED).order_by("-pk").first()
