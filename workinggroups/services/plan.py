from datetime import date
from itertools import count

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import may_see, require
from platform_core.identity.audit import services as audit
from repository.models import Record

from .. import concept
from ..models import Document, Output, PlanEvidence, PlanPeriod, WorkingGroup
from ..selectors.documents import last_version
from ..selectors.setups import concept_paper

RESULT = Output.Kind.RESULT
MOST_PERIODS = 8
MOST = 1_000_000


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
def take_over(group: WorkingGroup, *, by) -> tuple[list[Output], list[str]]:
    """The outputs and results of the concept paper with their targets by period, in its order; what the plan has already
    stays as it is. Gives those that are new, and the names of lines whose target or period cannot be read: these come
    without a target.
    """
    require(by, "workinggroups.keep_plan", group)
    group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    paper = concept_paper(by, group)
    if paper is None:
        raise ValidationError(_("There is no concept paper yet."))
    rows: dict[tuple[bool, str], list[concept.Promise]] = {}
    for one in concept.promises(last_version(paper).text):
        rows.setdefault((one.is_result, one.name.casefold()), []).append(one)
    if not rows:
        raise ValidationError(_("The tables of outputs and results in the concept paper are empty."))
    held = {(one.kind == RESULT, one.name.casefold()) for one in group.outputs.all()}
    made, unread = [], []
    for key, promises in rows.items():
        if key not in held:
            targets = targets_of(promises)
            made.append(keep_output(drawn(group, promises[0]), targets, by=by))
            unread += [] if targets else [promises[0].name]
    return made, unread


def targets_of(promises: list[concept.Promise]) -> dict[int, int]:
    """By period; a line that names several periods promises its target in the last of them."""
    found: dict[int, int] = {}
    for one in promises:
        if one.target and one.target <= MOST and one.periods and 1 <= max(one.periods) <= MOST_PERIODS:
            found[max(one.periods)] = found.get(max(one.periods), 0) + one.target
    return found


def drawn(group: WorkingGroup, promise: concept.Promise) -> Output:
    """A new output with the next free code of its kind."""
    letter = "R" if promise.is_result else "O"
    taken = {code.casefold() for code in group.outputs.values_list("code", flat=True)}
    code = next(code for number in count(1) if (code := f"{letter}{number}").casefold() not in taken)
    return Output(
        group=group, kind=RESULT if promise.is_result else Output.Kind.OUTPUT, code=code, name=promise.name[:200]
    )


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
