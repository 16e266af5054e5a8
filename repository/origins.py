"""What records keep of their own trail: what they are about, the regions they come from, and where they were taken over."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import KeptSteps, Step, Tombstone
from platform_core.ground.vocabulary.selectors import REGION
from platform_core.identity.access.keys import MEMBERS
from platform_core.identity.access.selectors import keys_of

from .models import Adoption, Record
from .selectors import LABEL

MOST = 400
Places = Mapping[str, Sequence[int]]


def steps(places: Places) -> Iterator[Step]:
    yield from about(places)
    yield from taken_over(places)
    yield from coming_from(places)


def about(places: Places) -> Iterator[Step]:
    """A record and the thing whose result it is."""
    asked = Q(pk__in=places.get(LABEL, ()), about_id__gt="")
    for label, pks in places.items():
        if label not in (LABEL, REGION):
            asked |= Q(about_thing=label, about_id__in=[str(pk) for pk in pks])
    for pk, label, key in Record.objects.filter(asked).values_list("pk", "about_thing", "about_id")[:MOST]:
        if key.isdecimal():
            yield Step((label, int(key)), (LABEL, pk), _("reports on"), _("is reported by"))


def taken_over(places: Places) -> Iterator[Step]:
    asked = Q(record__in=places.get(LABEL, ())) | Q(region__in=places.get(REGION, ()))
    rows = Adoption.objects.filter(asked, region__isnull=False).order_by("-year", "-pk")
    for record, region in rows.values_list("record_id", "region_id")[:MOST]:
        yield Step((LABEL, record), (REGION, region), _("has taken over"), _("was taken over in"))


def coming_from(places: Places) -> Iterator[Step]:
    asked = Q(record__in=places.get(LABEL, ())) | Q(region__in=places.get(REGION, ()))
    rows = Record.regions.through.objects.filter(asked).order_by("-record_id")
    for record, region in rows.values_list("record_id", "region_id")[:MOST]:
        yield Step((REGION, region), (LABEL, record), _("comes from"), _("is where it comes from"))


def gone(user, record: Record) -> Tombstone | None:
    """What the page of a withdrawn record tells, to those to whom it does."""
    if record.state != Record.State.WITHDRAWN or record.withdrawn_on is None:
        return None
    if record.for_members and MEMBERS not in keys_of(user):
        return None
    return Tombstone(
        title=record.title, address=record.get_absolute_url(), day=record.withdrawn_on, reason=record.why_withdrawn
    )


REPORTED = ("consultations.consultation", "benchmarking.benchmark", "benchmarking.run", "workinggroups.document")
KEPT = KeptSteps(labels=(LABEL, REGION, *REPORTED), steps=steps)
