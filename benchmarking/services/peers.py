from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit
from platform_core.materials.jobs.models import Job

from ..models import Indicator, PeerStudy, PeerVariable
from ..selectors import peers as selectors
from .studies import forget, locked, start

LEAST = 2
JOB = "benchmarking.peers"


def performance(indicators) -> ValidationError:
    """Why what is no structure is refused."""
    return ValidationError(
        _(
            "These do not tell what a region is, but what it achieves or can change soon: %(names)s. Regions that are alike "
            "by their results could not be compared by them any more."
        )
        % {"names": ", ".join(str(indicator.name) for indicator in indicators)}
    )


@transaction.atomic
def choose_variables(
    study: PeerStudy, chosen: Mapping[Indicator, tuple[str, float]], blocks: Mapping[str, float], *, by=None
) -> PeerStudy:
    """The structural variables with their block and weight, and the weights of the blocks."""
    study = locked(study, by)
    if wrong := [indicator for indicator in chosen if indicator.role != Indicator.Role.STRUCTURAL]:
        raise performance(wrong)
    if len(chosen) < LEAST:
        raise ValidationError(_("Please choose at least two variables."))
    if not any(weight * blocks.get(block, 1) > 0 for block, weight in chosen.values()):
        raise ValidationError(_("At least one variable has to weigh something."))
    told = {indicator.pk: (block, float(weight)) for indicator, (block, weight) in chosen.items()}
    weights = {block: float(weight) for block, weight in blocks.items() if weight != 1}
    held = {row.indicator_id: (row.block, row.weight) for row in study.variables.all()}
    if told == held and weights == study.blocks:
        return study
    study.variables.all().delete()
    rows = [
        PeerVariable(study=study, indicator_id=pk, block=block, weight=weight) for pk, (block, weight) in told.items()
    ]
    for row in rows:
        row.clean_fields()
    PeerVariable.objects.bulk_create(rows)
    study.blocks = weights
    forget(study)
    study.save()
    audit.record("benchmarking.study_changed", study, by=by, fields=["variables"])
    return study


@transaction.atomic
def compute(study: PeerStudy, *, by) -> Job:
    study = locked(study, by)
    if len(selectors.variables(study)) < LEAST:
        raise ValidationError(_("Please choose at least two variables."))
    return start(study, JOB, "study", by=by)
