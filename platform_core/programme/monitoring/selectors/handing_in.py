from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import visible

from ..models import ManualEvidence


def handed_in(user) -> QuerySet[ManualEvidence]:
    rows = ManualEvidence.objects.select_related("indicator", "organisation", "file", "topic", "region", "decided_for")
    return visible(rows, user)


def evidence_for(user, pk: int) -> ManualEvidence:
    return get_object_or_404(handed_in(user), pk=pk)


def waiting(user) -> QuerySet[ManualEvidence]:
    return handed_in(user).filter(state=ManualEvidence.State.PROPOSED).order_by("proposed_on", "pk")


def file_for(user, pk: int) -> ManualEvidence:
    """What counts is told to everybody; its file, in which people may be named, to members."""
    found = evidence_for(user, pk)
    if not user.has_perm("monitoring.read_evidence_file"):
        raise PermissionDenied
    return found
