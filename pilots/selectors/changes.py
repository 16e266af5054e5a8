"""Policy changes: those everybody reads, those waiting, and what each was learned from."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.kinds import Counted
from platform_core.ground.registry.kinds.things import Tombstone
from platform_core.identity.access.selectors import visible
from platform_core.materials.trails.models import Trail
from platform_core.people.members import selectors as members
from platform_core.people.members.models import Organisation

from ..models import PolicyChange

LABEL, LEARNED = "pilots.policychange", "pilots.learned_from"
SOURCES = (
    "repository.record",
    "pilots.mechanism",
    "pilots.pilot",
    "pilots.peerreview",
    "consultations.finding",
    "benchmarking.benchmark",
    "benchmarking.runfigure",
)
AUTHORITIES = ("regional_authority", "national_authority")
State = PolicyChange.State


def changes(user) -> QuerySet[PolicyChange]:
    rows = PolicyChange.objects.select_related("region", "topic", "authority", "recorded_for", "file")
    return visible(rows, user)


def change_for(user, pk: int) -> PolicyChange:
    return get_object_or_404(changes(user), pk=pk)


def gone(user, change: PolicyChange) -> Tombstone | None:
    """Everybody could read it; why it was withdrawn is for those concerned."""
    if change.state != State.WITHDRAWN:
        return None
    return Tombstone(title=change.title, day=change.withdrawn_on)


def confirmed(
    user, *, country: str = "", region: str = "", topic: str = "", instrument: str = ""
) -> QuerySet[PolicyChange]:
    asked = {"region__country": country, "region__code": region, "topic": topic, "instrument": instrument}
    wanted = {name: value for name, value in asked.items() if value}
    return changes(user).filter(state=State.CONFIRMED, **wanted).order_by("-changed_on", "-pk")


def own(user) -> QuerySet[PolicyChange]:
    """What a person's organisations recorded or are to confirm, the newest first."""
    mine = members.own_organisations(user).values("pk")
    rows = changes(user)
    return (rows.filter(recorded_for__in=mine) | rows.filter(authority__in=mine)).order_by("-pk")


def names_sources(change: PolicyChange) -> bool:
    """Whether it names anything it was learned from."""
    return Trail.shown.filter(kind=LEARNED, thing=LABEL, object_id=change.pk).exists()


def authorities() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind__in=AUTHORITIES).select_related("country").order_by("sort_name")


def improved() -> Iterator[Counted]:
    """Each region and instrument once, from the first change of it that was confirmed."""
    seen = set()
    rows = PolicyChange.objects.filter(state=State.CONFIRMED).select_related("region")
    for row in rows.order_by("confirmed_on", "pk"):
        key = f"region:{row.region.code}:{row.instrument}"
        if key in seen:
            continue
        seen.add(key)
        yield Counted(
            thing=LABEL,
            pk=row.pk,
            key=key,
            day=row.confirmed_on,
            organisation=row.recorded_for_id,
            country=row.region.country_id,
            region=row.region.code,
            topic=row.topic_id,
            stage="implementation",
        )
