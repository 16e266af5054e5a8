from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.selectors import open_link, visible
from platform_core.materials.files.models import StoredFile

from ..models import Call, CallAnswer, Candidate, Competence, Expression
from .calls import Check, automatic_checks

LABEL = "workinggroups.expression"
PURPOSE = "candidate"
LIVE = ("submitted", "completion", "eligible", "ineligible", "decided")


@dataclass(frozen=True)
class Told:
    """A question and its answer."""

    question: Any
    answer: CallAnswer | None


def expressions(user) -> QuerySet[Expression]:
    return visible(Expression.objects.select_related("call__group__topic", "organisation"), user)


def expression_for(user, pk: int) -> Expression:
    return get_object_or_404(expressions(user), pk=pk)


def of_call(user, call: Call) -> QuerySet[Expression]:
    """What has come in, for those who evaluate it; nothing before the end."""
    rows = expressions(user).filter(call=call, state__in=LIVE)
    return rows.none() if call.is_sealed else rows.order_by("rank", "organisation__sort_name")


def answers(expression: Expression) -> list[Told]:
    rows = expression.answers.select_related("option", "file")
    given = {answer.question_id: answer for answer in rows}
    return [Told(question, given.get(question.pk)) for question in expression.call.questions.all()]


def candidates(expression: Expression) -> QuerySet[Candidate]:
    rows = expression.candidates.select_related("cv", "person")
    return rows.prefetch_related(Prefetch("competences", Competence.objects.select_related("concept")))


def checks(expression: Expression) -> list[Check]:
    """The automatic conditions as they are today, and what was found about the others."""
    found = {row.condition_id: row.met for row in expression.findings.all()}
    manual = [one for one in expression.call.conditions.all() if one.kind == "manual"]
    by_hand = [Check(str(one), found.get(one.pk), one) for one in manual]
    return [*automatic_checks(expression.call, expression.organisation), *by_hand]


def file_for(user, expression: Expression, kind: str, pk: int) -> tuple[StoredFile, str]:
    """A file of an expression with its name: a curriculum vitae or the answer to a question."""
    if kind == "cv":
        person = get_object_or_404(expression.candidates.select_related("cv"), pk=pk)
        found, name = person.cv, person.cv_name
    else:
        answer = get_object_or_404(expression.answers.select_related("file"), pk=pk)
        found, name = answer.file, answer.name
    if found is None:
        raise Http404
    return found, name


def candidate_for(user, pk: int) -> Candidate:
    return get_object_or_404(own_candidacies(user), pk=pk)


def own_candidacies(user) -> QuerySet[Candidate]:
    """What was said of a reader herself; from the end of a call on, before which nobody knows who has answered."""
    rows = Candidate.objects.filter(person=user.pk).exclude(expression__call__state__in=("draft", "open"))
    return rows.select_related("expression__organisation", "expression__call__group__topic").order_by("-named_at")


def candidate_behind(secret: str) -> tuple[SecretLink, Candidate]:
    link = open_link(PURPOSE, secret)
    rows = Candidate.objects.select_related("expression__organisation", "expression__call__group__topic")
    found = rows.filter(pk=link.object_id).first() if link else None
    if link is None or found is None:
        raise Http404
    return link, found
