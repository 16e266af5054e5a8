from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Step
from platform_core.identity.access.selectors import visible

from ..models import Consultation, Finding
from ..structure import question_texts
from .results import published_results

FINDING, CONSULTATION = "consultations.finding", "consultations.consultation"
MOST = 400


def findings(user) -> QuerySet[Finding]:
    rows = visible(Finding.objects.select_related("consultation__topic"), user)
    return rows.prefetch_related("questions")


def steps(places: Mapping[str, Sequence[int]]) -> Iterator[Step]:
    """A finding comes of its consultation."""
    asked = Q(pk__in=places.get(FINDING, ())) | Q(consultation__in=places.get(CONSULTATION, ()))
    for pk, consultation in Finding.objects.filter(asked).values_list("pk", "consultation_id")[:MOST]:
        yield Step((CONSULTATION, consultation), (FINDING, pk), _("was found in"), _("found"))


def needs(user, *, topic: str = "", state: str = "", words: str = "") -> QuerySet[Finding]:
    """Findings of all consultations, the newest first: what groups can build on."""
    rows = findings(user).order_by("-pk")
    if topic.isdecimal():
        rows = rows.filter(consultation__topic=int(topic))
    if state in Finding.State.values:
        rows = rows.filter(state=state)
    for word in words.split()[:5]:
        rows = rows.filter(title__icontains=word)
    return rows


def findings_of(user, consultation: Consultation) -> QuerySet[Finding]:
    return findings(user).filter(consultation=consultation)


def finding_for(user, pk: int) -> Finding:
    return get_object_or_404(findings(user).prefetch_related("steps"), pk=pk)


def published_questions(consultation: Consultation) -> dict[str, dict]:
    """Questions whose figures are published, by code: what a finding can stand on."""
    results = published_results(consultation)
    asked = question_texts(results.questionnaire) if results else {}
    return {code: question for code, question in asked.items() if results and code not in results.left_out}
