from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit
from platform_core.materials.jobs.models import Job

from ..models import ClusterMap, ClusterSector, Indicator
from .studies import forget, locked, start

LEAST = 2
JOB = "benchmarking.clusters"


@transaction.atomic
def choose_sectors(
    found: ClusterMap, chosen: Mapping[Indicator, Indicator | None], total: Indicator | None = None, *, by=None
) -> ClusterMap:
    """Employment by sector, each with what its productivity is measured by where there is something."""
    found = locked(found, by)
    if len(chosen) < LEAST:
        raise ValidationError(_("Please choose at least two sectors."))
    if total in chosen:
        raise ValidationError(_("Employment in all sectors is no sector."))
    told = {employment.pk: output.pk if output else None for employment, output in chosen.items()}
    held = dict(found.sectors.values_list("employment", "output"))
    if told == held and found.total == total:
        return found
    forget(found)
    found.sectors.all().delete()
    ClusterSector.objects.bulk_create(
        ClusterSector(map=found, employment_id=employment, output_id=output) for employment, output in told.items()
    )
    found.total = total
    found.save()
    audit.record("benchmarking.study_changed", found, by=by, fields=["sectors"])
    return found


@transaction.atomic
def compute(found: ClusterMap, *, by) -> Job:
    found = locked(found, by)
    if found.sectors.count() < LEAST:
        raise ValidationError(_("Please choose at least two sectors."))
    return start(found, JOB, "map", by=by)
