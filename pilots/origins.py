"""What pilots and policy changes keep of their own trail: the region in which they were."""

from collections.abc import Iterator, Mapping, Sequence

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import thing_kind
from platform_core.ground.registry.kinds import KeptSteps, Step
from platform_core.ground.vocabulary.selectors import REGION

from .selectors.trails import CHANGE, PILOT, REVIEW

MOST = 400
WORDS = {
    PILOT: (_("has tried"), _("was tried in")),
    REVIEW: (_("was looked at in"), _("was held in")),
    CHANGE: (_("has changed its policy"), _("was made in")),
}


def steps(places: Mapping[str, Sequence[int]]) -> Iterator[Step]:
    for label, (name, inverse) in WORDS.items():
        if (label in places or REGION in places) and thing_kind(label):
            asked = Q(pk__in=places.get(label, ())) | Q(region__in=places.get(REGION, ()))
            rows = apps.get_model(label)._base_manager.filter(asked, region__isnull=False).order_by("-pk")
            for pk, region in rows.values_list("pk", "region_id")[:MOST]:
                yield Step((label, pk), (REGION, region), name, inverse)


KEPT = KeptSteps(labels=(REGION, *WORDS), steps=steps)
