from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs import services as jobs
from platform_core.materials.languages.services import note_translations

from ..models import EvaluationQuestion, EvaluationRecommendation, EvaluationReport, EvaluationSource, ProjectEvaluation
from ..permissions.project_evaluations import WRITERS
from ..selectors import project_evaluations as selectors

JOB = "pilots.evaluation_report"
Published = EvaluationReport.State.PUBLISHED


def share(evaluation: ProjectEvaluation) -> None:
    """Everybody's once a report is published."""
    is_open = evaluation.reports.filter(state=Published).exists()
    access.set_audience(evaluation, {PUBLIC} if is_open else {"members", *WRITERS})


def locked(evaluation: ProjectEvaluation) -> ProjectEvaluation:
    return ProjectEvaluation.objects.select_for_update().get(pk=evaluation.pk)


@transaction.atomic
def begin(*, by, key: str = "", **fields) -> ProjectEvaluation:
    require(by, "pilots.write_project_evaluation")
    wait_for_turn(by)
    if key and (known := ProjectEvaluation.objects.filter(key=key).first()):
        return known
    made = ProjectEvaluation(key=key, **fields)
    made.full_clean(exclude=["key"])
    made.save()
    share(made)
    note_translations(made, by=by)
    audit.record("pilots.evaluation_begun", made, by=by)
    return made


@transaction.atomic
def change(evaluation: ProjectEvaluation, *, by, key: str = "", **fields) -> ProjectEvaluation:
    found = locked(evaluation)
    require(by, "pilots.write_project_evaluation", found)
    for name, value in fields.items():
        setattr(found, name, value)
    found.full_clean(exclude=["key"])
    found.save()
    note_translations(found, by=by)
    audit.record("pilots.evaluation_changed", found, by=by)
    return found


@transaction.atomic
def keep(evaluation: ProjectEvaluation, kind: str, /, *, by, piece=None, key: str = "", measured=None, **fields):
    """A question, source, finding, recommendation or report, new or changed; what a report has published stays.

    `measured` are the indicators of the programme that a question looks at.
    """
    evaluation = locked(evaluation)
    require(by, "pilots.write_project_evaluation", evaluation)
    model = selectors.PIECES[kind]
    if piece is None and key and (known := model._default_manager.filter(evaluation=evaluation, key=key).first()):
        return known
    made = model._default_manager.get(pk=piece.pk) if piece else model(evaluation=evaluation, key=key)
    demand_unpublished(made)
    for name, value in fields.items():
        setattr(made, name, value)
    made.full_clean(exclude=["key"])
    for name in ("question", "finding"):
        other = getattr(made, name, None)
        if other is not None and other.evaluation_id != evaluation.pk:
            raise ValidationError({name: _("This belongs to another evaluation.")})
    made.save()
    if measured is not None:
        made.measured.set(measured)
    note_translations(made, by=by)
    audit.record("pilots.evaluation_written", evaluation, by=by, kind=kind, piece=made.pk)
    return made


def demand_unpublished(piece) -> None:
    """Questions and sources are worked on; every report keeps them as they stood."""
    if isinstance(piece, (EvaluationQuestion, EvaluationSource)):
        return
    if getattr(piece, "report_id", None) or getattr(piece, "state", "") == Published:
        raise ValidationError(_("A report has published this; it stays as it is."))


@transaction.atomic
def remove(piece, kind: str, *, by) -> ProjectEvaluation:
    evaluation = locked(piece.evaluation)
    require(by, "pilots.write_project_evaluation", evaluation)
    demand_unpublished(selectors.PIECES[kind]._default_manager.get(pk=piece.pk))
    if kind == "questions" and piece.findings.filter(report__isnull=False).exists():
        raise ValidationError(_("A report has published what was found for this question; it stays."))
    audit.record("pilots.evaluation_piece_removed", evaluation, by=by, kind=kind, piece=piece.pk)
    piece.delete()
    return evaluation


@transaction.atomic
def publish(report: EvaluationReport, *, by) -> EvaluationReport:
    """For everybody, with everything as it stands now; owners of recommendations are told. Files are made by a job."""
    evaluation = locked(report.evaluation)
    report = EvaluationReport.objects.get(pk=report.pk)
    if report.state == Published:
        return report
    require(by, "pilots.publish_evaluation_report", report)
    fresh = evaluation.recommendations.filter(report=None)
    if not evaluation.findings.exists():
        raise ValidationError(_("Nothing was found yet that could be reported."))
    report.content, report.state = selectors.content_of(evaluation), Published
    report.published_on = platform_day()
    report.save()
    told = list(fresh)
    fresh.update(report=report)
    for pieces in (evaluation.questions, evaluation.sources, evaluation.findings):
        pieces.filter(report=None).update(report=report)
    share(evaluation)
    access.set_audience(report, {PUBLIC})
    audit.record("pilots.evaluation_reported", report, by=by)
    for recommendation in told:
        audit.record("pilots.recommendation_published", recommendation, by=by)
    jobs.start(JOB, by=by, report=report.pk, languages=sorted({"en", *report.summary}))
    return report


@transaction.atomic
def follow(recommendation: EvaluationRecommendation, *, by, state: str, done) -> EvaluationRecommendation:
    """Its owner, or the lead partner for it, says how far it is; reports that are published stay as they are."""
    found = EvaluationRecommendation.objects.select_for_update().get(pk=recommendation.pk)
    require(by, "pilots.follow_recommendation", found)
    if state != EvaluationRecommendation.State.OPEN and not done:
        raise ValidationError({"done": _("Please say what was done, or why not.")})
    found.state, found.done, found.state_on = state, done, platform_day()
    found.full_clean(exclude=["key"])
    found.save()
    note_translations(found, by=by)
    audit.record("pilots.recommendation_followed", found, by=by, state=state)
    return found


@transaction.atomic
def remind() -> int:
    rows = list(selectors.due(platform_day()).select_for_update())
    for recommendation in rows:
        recommendation.reminded = True
        recommendation.save(update_fields=["reminded"])
        audit.record("pilots.recommendation_due", recommendation)
    return len(rows)
