from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import audience_of, require
from platform_core.identity.audit import services as audit
from platform_core.people.members import selectors as members

from . import selectors
from .models import Assessment, Criterion, Evaluation, Grid, Score, ScoreEvidence, Step

REMIND_DAYS = 3


@transaction.atomic
def open_assessment(
    kind_code: str, thing: Model, evaluators: Sequence, *, due_on: date, version: str = "", by=None
) -> Assessment:
    """Have a thing evaluated. The caller asserts the right: it belongs to the room whose thing it is."""
    kind = selectors.kind_named(kind_code)
    if Assessment.objects.filter(
        kind=kind_code, thing=label_of(thing), object_id=thing.pk, state=Assessment.State.OPEN
    ).exists():
        raise ValidationError(_("It is being evaluated already."))
    assessment = Assessment.objects.create(
        kind=kind_code,
        grid=selectors.grid_in_force(selectors.grid_code(kind, thing)),
        thing=label_of(thing),
        object_id=thing.pk,
        version=version,
        handler=kind.handler(thing),
        opened_on=platform_day(),
        due_on=due_on,
    )
    appoint(assessment, evaluators)
    if assessment.evaluations.count() < kind.minimum:
        raise ValidationError(
            _("At least %(number)s evaluators are needed.") % {"number": kind.minimum}, code="too_few"
        )
    audit.record("assessment.opened", assessment, by=by)
    return assessment


def appoint(assessment: Assessment, evaluators: Sequence) -> None:
    kind, thing = selectors.kind_of(assessment), selectors.subject(assessment)
    may = set(selectors.eligible(kind, thing).values_list("pk", flat=True)) if thing else set()
    number = assessment.evaluations.aggregate(last=Max("number"))["last"] or 0
    for person in evaluators:
        if person.pk not in may:
            raise ValidationError(_("%(person)s may not evaluate this.") % {"person": person})
        if not assessment.evaluations.filter(evaluator=person).exists():
            number += 1
            evaluation = assessment.evaluations.create(evaluator=person, number=number)
            audit.record("assessment.evaluator_asked", evaluation)
    share(assessment)


@transaction.atomic
def ask_further(assessment: Assessment, evaluators: Sequence, *, by, due_on: date) -> None:
    """Others beside those asked, and the day for all who have not submitted."""
    assessment = locked(assessment)
    require(by, "assessment.conclude", assessment)
    assessment.due_on, assessment.reminded = due_on, False
    assessment.save(update_fields=["due_on", "reminded"])
    appoint(assessment, evaluators)


def locked(assessment: Assessment) -> Assessment:
    found = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if found.state != Assessment.State.OPEN:
        raise ValidationError(_("This assessment is closed already."))
    return found


def share(assessment: Assessment) -> None:
    """While it is open: who concludes and who evaluates. Concluded: whoever sees what was assessed. Who stepped back for
    a conflict of interest reads it only where everybody does.
    """
    rows = assessment.evaluations.exclude(state=Evaluation.State.CONFLICT).exclude(evaluator=None)
    people = rows.values_list("evaluator_id", flat=True)
    keys = {assessment.handler} | {f"person:{pk}" for pk in people}
    thing = selectors.subject(assessment)
    if assessment.state == Assessment.State.CONCLUDED and thing is not None:
        keys |= set(audience_of(thing))
    access.set_audience(assessment, keys)


def share_again(event) -> None:
    """Whatever happened to a thing may have changed who sees it, and with it who sees how it was judged."""
    if event.thing_id.isdecimal() and not event.thing.startswith("assessment."):
        rows = Assessment.objects.filter(thing=event.thing, object_id=int(event.thing_id))
        for assessment in rows.filter(state=Assessment.State.CONCLUDED):
            share(assessment)


def held(evaluation: Evaluation, by) -> Evaluation:
    """The evaluation under lock, still to be made."""
    found = Evaluation.objects.select_for_update().select_related("assessment__grid").get(pk=evaluation.pk)
    if found.assessment.state != Assessment.State.OPEN or found.state not in ("asked", "begun"):
        raise ValidationError(_("This evaluation is closed already."))
    require(by, "assessment.evaluate", found)
    return found


@transaction.atomic
def step_back(evaluation: Evaluation, why: str, *, by) -> Evaluation:
    """The evaluator declares a conflict of interest; her scores, if she had begun, are gone."""
    found = held(evaluation, by)
    found.state, found.why_conflict, found.remark = Evaluation.State.CONFLICT, why, ""
    found.save()
    found.scores.all().delete()
    share(found.assessment)
    audit.record("assessment.stepped_back", found, by=by)
    return found


@transaction.atomic
def keep(
    evaluation: Evaluation,
    scores: dict[int, tuple[int | None, str]],
    remark: str,
    *,
    by,
    evidence: dict[int, Sequence[str]] | None = None,
) -> Evaluation:
    """Keep what was filled in so far; `scores` are values with reasons by criterion, `evidence` what they stand on."""
    found = held(evaluation, by)
    known = {criterion.pk: criterion for criterion in found.assessment.grid.criteria.all()}
    steps = {step.value for step in found.assessment.grid.steps.all()}
    for pk, (value, reason) in scores.items():
        if value is not None and known[pk].kind == Criterion.Kind.GATE and value > 1:
            raise ValidationError(_("A gate is met or not."))
        if value is not None and steps and value not in steps:
            raise ValidationError(_("The scale has no such step."))
        Score.objects.update_or_create(
            evaluation=found, criterion=known[pk], defaults={"value": value, "reason": reason}
        )
    keep_evidence(found, evidence or {}, known)
    found.state, found.remark = Evaluation.State.BEGUN, remark
    found.save()
    return found


def keep_evidence(evaluation: Evaluation, evidence: dict[int, Sequence[str]], known: dict[int, Criterion]) -> None:
    """Only what is offered for the criterion; what the thing no longer offers is gone."""
    offered = selectors.evidence_of(evaluation.assessment) if evidence else {}
    given = {score.criterion_id: score for score in evaluation.scores.all()}
    for pk, keys in evidence.items():
        may = {piece.key for piece in offered.get(known[pk].code, [])}
        if strange := set(keys) - may:
            raise ValidationError(_("This is not offered as evidence: %(keys)s") % {"keys": ", ".join(sorted(strange))})
        given[pk].evidence.all().delete()
        ScoreEvidence.objects.bulk_create(ScoreEvidence(score=given[pk], key=key) for key in sorted(set(keys)))


@transaction.atomic
def submit(
    evaluation: Evaluation,
    scores: dict[int, tuple[int | None, str]],
    remark: str,
    *,
    by,
    evidence: dict[int, Sequence[str]] | None = None,
) -> Evaluation:
    """Final: every criterion is answered, each score has its reason, and its evidence where the scale wants some."""
    found = keep(evaluation, scores, remark, by=by, evidence=evidence)
    check_complete(found)
    found.state, found.submitted_on = Evaluation.State.SUBMITTED, platform_day()
    found.save()
    audit.record("assessment.submitted", found, by=by)
    if not found.assessment.evaluations.filter(state__in=("asked", "begun")).exists():
        audit.record("assessment.all_in", found.assessment)
    return found


def check_complete(evaluation: Evaluation) -> None:
    kind, grid = selectors.kind_of(evaluation.assessment), evaluation.assessment.grid
    given = {score.criterion_id: score for score in evaluation.scores.prefetch_related("evidence")}
    demanding = {step.value for step in grid.steps.all() if step.needs_evidence}
    problems: dict[str, str] = {}
    for criterion in grid.criteria.all():
        score = given.get(criterion.pk)
        value, reason = (score.value, score.reason.strip()) if score else (None, "")
        if not reason and (kind.asks_all or value is not None):
            told = _("Every score needs its reason: %(question)s") % {"question": criterion.question}
            problems[f"reason_{criterion.pk}"] = told
        if value in demanding and score and not score.evidence.all():
            told = _("This step needs evidence: %(question)s") % {"question": criterion.question}
            problems[f"evidence_{criterion.pk}"] = told
    if problems:
        raise ValidationError(problems)
    if all(score.value is None for score in given.values()):
        raise ValidationError(_("Please judge at least one criterion, or step back."))


@transaction.atomic
def conclude(assessment: Assessment, outcome: str, reason: str, *, by) -> Assessment:
    """Draw the conclusion: not better than the scores allow, with reasons, after enough evaluators."""
    assessment = locked(assessment)
    require(by, "assessment.conclude", assessment)
    kind, found = selectors.kind_of(assessment), selectors.picture(assessment)
    if assessment.evaluations.filter(state=Evaluation.State.SUBMITTED).count() < kind.minimum:
        raise ValidationError(_("At least %(number)s evaluations must be in.") % {"number": kind.minimum})
    if assessment.evaluations.filter(evaluator=by, state=Evaluation.State.SUBMITTED).exists():
        raise ValidationError(_("Whoever has evaluated does not draw the conclusion too."))
    if outcome not in {one.code for one in selectors.allowed_outcomes(assessment, found)}:
        raise ValidationError({"outcome": _("The scores do not allow this conclusion.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons; they are published with the scores.")})
    assessment.state, assessment.outcome, assessment.reason = Assessment.State.CONCLUDED, outcome, reason.strip()
    assessment.score, assessment.concluded_on = found.score, platform_day()
    assessment.concluded_for = members.acts_for(by.pk)
    assessment.save()
    kind.conclude(selectors.subject(assessment), assessment, by=by)
    share(assessment)
    audit.record("assessment.concluded", assessment, by=by, outcome=outcome)
    return assessment


@transaction.atomic
def abandon(assessment: Assessment, reason: str, *, by) -> Assessment:
    assessment = locked(assessment)
    require(by, "assessment.conclude", assessment)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    assessment.state, assessment.reason = Assessment.State.ABANDONED, reason.strip()
    assessment.save()
    audit.record("assessment.abandoned", assessment, by=by)
    return assessment


def remind() -> int:
    """Ask once more, three days before the day, those who have not submitted."""
    rows = list(selectors.to_remind(platform_day() + timedelta(days=REMIND_DAYS)))
    for evaluation in rows:
        with transaction.atomic():
            audit.record("assessment.due_soon", evaluation)
    Assessment.objects.filter(pk__in={row.assessment_id for row in rows}).update(reminded=True)
    return len(rows)


def load_grids(rows: list[dict]) -> None:
    """Published grids of a room; a version that is there already is left as it is, but for its translations."""
    for row in rows:
        criteria, steps = row.pop("criteria"), row.pop("steps", [])
        grid, _new = Grid.objects.update_or_create(code=row.pop("code"), version=row.pop("version"), defaults=row)
        for order, criterion in enumerate(criteria, start=1):
            fields = {**criterion, "order": order}
            Criterion.objects.update_or_create(grid=grid, code=fields.pop("code"), defaults=fields)
        for step in steps:
            Step.objects.update_or_create(grid=grid, value=step["value"], defaults=step)


def hand_over(assessment: Assessment, handler: str) -> None:
    """Others conclude it from now on; the caller asserts the right, as with opening."""
    Assessment.objects.filter(pk=assessment.pk).update(handler=handler)
    assessment.handler = handler
    share(assessment)
