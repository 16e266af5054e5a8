from copy import deepcopy

from django.db.models import Q, QuerySet

from platform_core.identity.access.selectors import visible
from workinggroups.models import WorkingGroup
from workinggroups.selectors import groups

from ..models import Consultation


def may_begin_for(user) -> QuerySet[WorkingGroup]:
    """Groups a person may begin consultations of."""
    return groups(user).filter(
        pk__in=[group.pk for group in groups(user) if user.has_perm("consultations.draw_up", group)]
    )


def copied_from(user) -> QuerySet[Consultation]:
    """Consultations whose questions a person may read: published ones she sees, and drafts she works on."""
    seen = Consultation.objects.filter(
        pk__in=visible(Consultation.objects.all(), user).values("pk"), versions__published_at__isnull=False
    )
    drafts = [
        one.pk
        for one in Consultation.objects.filter(versions__published_at=None)
        if user.has_perm("consultations.read_draft", one)
    ]
    rows = Consultation.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=drafts))
    return rows.order_by("-opens_at", "pk")


def structure_to_copy(user, consultation: Consultation) -> dict:
    """The newest questions of a consultation that this person may read."""
    versions = consultation.versions.all()
    if not user.has_perm("consultations.read_draft", consultation):
        versions = versions.filter(published_at__isnull=False)
    return deepcopy(versions.last().structure)
