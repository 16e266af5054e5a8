from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import may_see, require
from platform_core.identity.audit import services as audit
from repository.models import Record

from ..models import Document, Output, PlanEvidence, PlanPeriod, WorkingGroup


@transaction.atomic
def keep_periods(group: WorkingGroup, days: dict[int, tuple[date, date]], *, by) -> None:
    """The periods of a plan by their numbers; they follow each other and do not overlap."""
    require(by, "workinggroups.keep_plan", group)
    last = None
    for number, (begins, ends) in sorted(days.items()):
        if ends < begins:
            raise ValidationError({f"ends_{number}": _("A period cannot end before it begins.")})
        if last and begins <= last:
            raise ValidationError({f"begins_{number}": _("It begins before the period before it ends.")})
        last = ends
    group.periods.all().delete()
    PlanPeriod.objects.bulk_create(
        PlanPeriod(group=group, number=number, begins=begins, ends=ends) for number, (begins, ends) in days.items()
    )
    audit.record("workinggroups.plan_changed", group, by=by, periods=sorted(days))


@transaction.atomic
def keep_output(output: Output, targets: dict[int, int], *, by) -> Output:
    """A new output, or a changed one, with its targets by period."""
    require(by, "workinggroups.keep_plan", output.group)
    same = Output.objects.filter(group=output.group, code__iexact=output.code).exclude(pk=output.pk)
    if same.exists():
        raise ValidationError({"code": _("There is an output of this code already.")})
    output.save()
    output.targets.exclude(period__in=targets).delete()
    for period, number in targets.items():
        output.targets.update_or_create(period=period, defaults={"number": number})
    audit.record("workinggroups.plan_changed", output.group, by=by, output=output.pk)
    return output


@transaction.atomic
def show_evidence(output: Output, thing: models.Model, *, by, period: int, note: str = "") -> PlanEvidence:
    """A document of the group, or a record, is what the output consists of."""
    require(by, "workinggroups.show_evidence", output.group)
    if not may_see(by, thing):
        raise PermissionDenied
    name = {Document: "document", Record: "record"}[type(thing)]
    if isinstance(thing, Document) and thing.group_id != output.group_id:
        raise ValidationError({"address": _("This document is another group's.")})
    try:
        with transaction.atomic():
            made = output.evidence.create(period=period, note=note, added_by=by, **{name: thing})
    except IntegrityError:
        raise ValidationError({"address": _("It is shown for this output already.")}) from None
    audit.record("workinggroups.evidence_shown", output.group, by=by, output=output.pk, evidence=made.pk)
    return made


@transaction.atomic
def drop_evidence(evidence: PlanEvidence, *, by) -> None:
    require(by, "workinggroups.show_evidence", evidence.output.group)
    audit.record(
        "workinggroups.evidence_dropped", evidence.output.group, by=by, output=evidence.output_id, evidence=evidence.pk
    )
    evidence.delete()
