from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require

from ..models import Consultation, LikeText, Questionnaire, Quote, Response, TextReading
from ..structure import questions
from .answers import responses
from .consultations import current_version

WRITTEN = {"text", "long_text"}
CONSENT = "quote_consent"


def text_questions(version: Questionnaire) -> dict[str, dict]:
    """Questions answered in words, by code."""
    return {asked["code"]: asked for asked in questions(version.structure) if asked["type"] in WRITTEN}


def text_question(version: Questionnaire, code: str) -> dict:
    if found := text_questions(version).get(code):
        return found
    raise Http404


def consent_question(version: Questionnaire) -> str:
    """The code of the question that asks whether one may be quoted, empty where there is none."""
    asked = (one["code"] for one in questions(version.structure) if one["type"] == "consent")
    return next((code for code in asked if code.endswith(CONSENT)), "")


def written(version: Questionnaire, question: str) -> QuerySet[Any]:
    """Every counted answer with words to a question, under `words`, in an order that tells nothing."""
    rows = responses(version.consultation).filter(questionnaire=version).defer("answers")
    words = Coalesce(KeyTextTransform(question, "answers"), Value(""), output_field=TextField())
    return rows.annotate(words=words).filter(words__gt="").order_by("pk")


def quotable(version: Questionnaire, question: str) -> QuerySet[Any]:
    """Of those who may be quoted: who did not refuse, and agreed where the questionnaire asks."""
    rows = written(version, question).exclude(publication=Response.Publication.NEVER)
    if consent := consent_question(version):
        rows = rows.filter(**{f"answers__{consent}": True})
    read = TextReading.objects.filter(response=OuterRef("pk"), question=question)
    alike = LikeText.objects.filter(response=OuterRef("pk"), question=question)
    return rows.annotate(verdict=Subquery(read.values("verdict")[:1]), group=Subquery(alike.values("group")[:1]))


def texts(user, consultation: Consultation, question: str, **asked: str) -> QuerySet[Any]:
    """Texts offered to whoever releases them; `language`, `words`, `state` and `group` leave only some."""
    require(user, "consultations.read_texts", consultation)
    rows = quotable(current_version(consultation), question)
    if language := asked.get("language"):
        rows = rows.filter(language=language)
    if words := asked.get("words"):
        forms = (words, words.lower(), words.upper(), words.capitalize())  # SQLite knows no letters but ours
        rows = rows.filter(Q.create([("words__icontains", form) for form in forms], connector=Q.OR))
    if (group := asked.get("group", "")).isdecimal():
        rows = rows.filter(group=int(group))
    if (state := asked.get("state")) in TextReading.Verdict.values:
        return rows.filter(verdict=state)
    return rows if state == "all" else rows.filter(verdict=None)


def text_for(user, consultation: Consultation, question: str, pk: int) -> Response:
    return get_object_or_404(texts(user, consultation, question, state="all"), pk=pk)


def group_sizes(version: Questionnaire, question: str, groups: set[int]) -> dict[int, int]:
    rows = LikeText.objects.filter(response__questionnaire=version, question=question, group__in=groups)
    return dict(rows.order_by().values_list("group").annotate(Count("pk")))


def text_counts(user, consultation: Consultation) -> list[tuple[dict, int, int, int]]:
    """Each question in words with how many texts wait to be read, are released and refused."""
    require(user, "consultations.read_texts", consultation)
    version = current_version(consultation)
    states = {"waiting": Q(verdict=None), "released": Q(verdict="released"), "refused": Q(verdict="refused")}
    wanted = {name: Count("pk", filter=state) for name, state in states.items()}
    found = []
    for code, question in text_questions(version).items():
        told = quotable(version, code).order_by().aggregate(**wanted)
        found.append((question, told["waiting"], told["released"], told["refused"]))
    return found


def languages_written(user, consultation: Consultation, question: str) -> list[str]:
    rows = texts(user, consultation, question, state="all").order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def quotes(consultation: Consultation, question: str, language: str = "") -> QuerySet[Quote]:
    """Released words on a question; those in the reader's language come first."""
    rows = consultation.quotes.filter(question=question)
    return rows.annotate(is_other=~Q(language=language) if language else F("pk")).order_by("is_other", "pk")


def quote_counts(consultation: Consultation) -> dict[str, int]:
    return dict(consultation.quotes.order_by().values_list("question").annotate(Count("pk")))


def quote_for(user, consultation: Consultation, pk: int) -> Quote:
    require(user, "consultations.read_texts", consultation)
    return get_object_or_404(consultation.quotes, pk=pk)
