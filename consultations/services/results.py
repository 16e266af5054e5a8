from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.models import Job

from ..models import Consultation


@transaction.atomic
def compute(consultation: Consultation, *, by) -> Job:
    """Start the statistics, or give the job that is under way."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.compute_results", consultation)
    under_way = Job.objects.filter(
        kind="consultations.statistics",
        arguments__consultation=consultation.pk,
        state__in=(Job.State.WAITING, Job.State.RUNNING),
    ).first()
    if under_way:
        return under_way
    audit.record("consultations.statistics_asked", consultation, by=by)
    return jobs.start("consultations.statistics", by=by, consultation=consultation.pk)


def not_computed() -> ValidationError:
    return ValidationError(_("There are no results to publish yet. Please compute them first."))
