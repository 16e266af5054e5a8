"""What has changed in the groups a person sits or takes part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.discussions.models import Thread
from platform_core.identity.access.selectors import visible

from ..models import Visit, WorkingGroup
from .documents import documents
from .meetings import meetings
from .tasks import tasks
from .wiki import pages

MOST = 10


@dataclass(frozen=True)
class Changed:
    kind: str | Promise
    title: str
    language: str
    address: str
    group: int
    at: datetime


def last_visit(person) -> datetime | None:
    return Visit.objects.filter(person=person).values_list("before", flat=True).first()


def changed_since(user, groups: Sequence[WorkingGroup], moment: datetime) -> list[Changed]:
    """The latest changes of what the person sees of these groups, ten at most; one query for each kind of thing."""
    own = [group.pk for group in groups]
    told = {"group__in": own, "changed_at__gt": moment}
    kinds = (
        (_("Document"), documents(user).filter(trashed_on=None, **told)),
        (_("Meeting"), meetings(user).filter(**told).select_related(None).defer("text")),
        (_("Task"), tasks(user).filter(**told).select_related(None).defer("text")),
        (_("Wiki"), pages(user).filter(trashed_on=None, **told).defer("text")),
    )
    found = [
        Changed(kind, row.title, row.language, row.get_absolute_url(), row.group_id, row.changed_at)
        for kind, rows in kinds
        for row in rows.order_by("-changed_at", "-pk")[:MOST]
    ]
    forums = [group.scope for group in groups]
    threads = visible(Thread.objects.filter(forum__in=forums, last_at__gt=moment), user).order_by("-last_at", "-pk")
    for row in threads[:MOST]:
        address, number = reverse("workinggroups:thread", args=[row.pk]), int(row.forum.partition(":")[2])
        found.append(Changed(_("Forum"), row.title, row.language, address, number, row.last_at))
    return nlargest(MOST, found, key=lambda one: one.at)
