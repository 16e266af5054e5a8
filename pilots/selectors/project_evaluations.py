"""Evaluations of the project. Members read everything as it comes; everybody else what a report has published."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from consultations.selectors import consultations
from platform_core.ground.texts.fields import as_text
from platform_core.identity.access.selectors import require, visible, visible_by
from platform_core.programme.monitoring.models import Indicator
from platform_core.programme.monitoring.selectors.evidence import values

from ..models import (
    EvaluationFile,
    EvaluationFinding,
    EvaluationQuestion,
    EvaluationRecommendation,
    EvaluationReport,
    EvaluationSource,
    ProjectEvaluation,
)

LABEL, REPORT, ADVICE = "pilots.projectevaluation", "pilots.evaluationreport", "pilots.evaluationrecommendation"
PIECES: dict[str, type[Model]] = {
    "questions": EvaluationQuestion,
    "sources": EvaluationSource,
    "findings": EvaluationFinding,
    "recommendations": EvaluationRecommendation,
    "reports": EvaluationReport,
}
OPEN = ("open", "accepted", "partly")


@dataclass
class Answered:
    """An evaluation question with what was asked for it and found."""

    question: EvaluationQuestion
    sources: list[EvaluationSource] = field(default_factory=list)
    findings: list[EvaluationFinding] = field(default_factory=list)
    measured: list[tuple[Indicator, int]] = field(default_factory=list)


def evaluations(user) -> QuerySet[ProjectEvaluation]:
    return visible(ProjectEvaluation.objects.select_related("evaluator"), user)


def evaluation_for(user, pk: int) -> ProjectEvaluation:
    return get_object_or_404(evaluations(user), pk=pk)


def evaluation_to_write(user, pk: int) -> ProjectEvaluation:
    found = evaluation_for(user, pk)
    require(user, "pilots.write_project_evaluation", found)
    return found


def of_evaluations(user, model: type[Model]) -> QuerySet[Any]:
    """Pieces of the evaluations a person may see, drafts only for those who read them."""
    rows = visible_by(model._default_manager.all(), user, ProjectEvaluation, "evaluation_id")
    if user.has_perm("pilots.read_project_findings"):
        return rows
    if model is EvaluationReport:
        return rows.filter(state=EvaluationReport.State.PUBLISHED)
    return rows.filter(report__isnull=False)


def reports(user) -> QuerySet[EvaluationReport]:
    return of_evaluations(user, EvaluationReport).select_related("evaluation")


def report_for(user, pk: int) -> EvaluationReport:
    return get_object_or_404(reports(user), pk=pk)


def file_for(user, pk: int, language: str, form: str) -> EvaluationFile:
    rows = EvaluationFile.objects.filter(report=report_for(user, pk)).select_related("file")
    return get_object_or_404(rows, language=language, form=form)


def piece_to_write(user, kind: str, pk: int):
    """A piece that a writer changes, with its evaluation."""
    if kind not in PIECES:
        raise Http404
    found = get_object_or_404(of_evaluations(user, PIECES[kind]).select_related("evaluation"), pk=pk)
    require(user, "pilots.write_project_evaluation", found.evaluation)
    return found


def recommendations(user) -> QuerySet[EvaluationRecommendation]:
    rows = of_evaluations(user, EvaluationRecommendation)
    return rows.select_related("evaluation", "owner", "finding").order_by("due_on", "pk")


def recommendation_for(user, pk: int) -> EvaluationRecommendation:
    return get_object_or_404(recommendations(user), pk=pk)


def answered(user, evaluation: ProjectEvaluation) -> list[Answered]:
    """Question by question; as many queries for one as for many."""
    rows = of_evaluations(user, EvaluationQuestion).filter(evaluation=evaluation).prefetch_related("measured")
    found = {one.pk: Answered(one) for one in rows}
    counts = values() if any(one.question.measured.all() for one in found.values()) else {}
    for one in found.values():
        one.measured = [(row, counts.get(row.pk, 0)) for row in one.question.measured.all()]
    sources = of_evaluations(user, EvaluationSource).filter(evaluation=evaluation).select_related("consultation")
    told = (
        set(consultations(user).values_list("pk", flat=True)) if sources.exclude(consultation=None).exists() else set()
    )
    for one in sources:
        if one.consultation_id not in told:
            one.consultation = None  # its page is not open to this reader
        found[one.question_id].sources.append(one)
    for one in of_evaluations(user, EvaluationFinding).filter(evaluation=evaluation):
        found[one.question_id].findings.append(one)
    return list(found.values())


def due(day: date) -> QuerySet[EvaluationRecommendation]:
    """Published, not done, due within two weeks, and nobody was reminded."""
    rows = EvaluationRecommendation.objects.filter(state__in=OPEN, reminded=False, report__isnull=False)
    return rows.filter(due_on__lte=day + timedelta(days=14))


# What a report keeps


def content_of(evaluation: ProjectEvaluation) -> dict:
    """Everything as it stands, in all its languages, as JSON holds it."""
    questions, counts = [], values()
    for one in evaluation.questions.prefetch_related("sources", "findings", "measured"):
        sources = [
            [row.kind, row.text.stored(), row.number, row.day.isoformat() if row.day else ""]
            for row in one.sources.all()
        ]
        texts = {name: getattr(one, name).stored() for name in ("text", "method", "indicators")}
        measured = [[row.code, row.name.stored(), counts.get(row.pk, 0), row.target] for row in one.measured.all()]
        findings = [row.text.stored() for row in one.findings.all()]
        questions.append({**texts, "measured": measured, "sources": sources, "findings": findings})
    advice = [
        {
            "text": row.text.stored(),
            "owner": row.owner.name.stored(),
            "due_on": row.due_on.isoformat(),
            "state": row.state,
            "done": row.done.stored(),
        }
        for row in evaluation.recommendations.select_related("owner")
    ]
    return {"questions": questions, "recommendations": advice}


def kept(report: EvaluationReport) -> dict:
    """The kept content with its texts in the reader's language, codes in words."""
    kinds, states = dict(EvaluationSource.Kind.choices), dict(EvaluationRecommendation.State.choices)
    questions = [
        {
            **{name: as_text(one[name]) for name in ("text", "method", "indicators")},
            "sources": [
                (kinds[kind], as_text(text), number, date.fromisoformat(day) if day else None)
                for kind, text, number, day in one["sources"]
            ],
            "measured": [(code, as_text(name), *figures) for code, name, *figures in one.get("measured", [])],
            "findings": [as_text(text) for text in one["findings"]],
        }
        for one in report.content.get("questions", [])
    ]
    advice = [
        {
            **{name: as_text(one[name]) for name in ("text", "owner", "done")},
            "due_on": date.fromisoformat(one["due_on"]),
            "state": states[one["state"]],
        }
        for one in report.content.get("recommendations", [])
    ]
    return {"questions": questions, "recommendations": advice}
