from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import require

from ..models import Consultation, LikeText, Questionnaire, Quote, Response, TextReading
from ..questions import counted_type
from ..structure import questions
from .answers import comparable, comparable_versions, identifying, structure_read
from .consultations import current_version

WRITTEN = {"text", "long_text"}
CONSENT = "quote_consent"


def text_questions(version: Questionnaire) -> dict[str, dict]:
    """Questions answered in words that may be read, by code."""
    return {asked["code"]: asked for asked in questions(structure_read(version)) if counted_type(asked) in WRITTEN}


def text_question(version: Questionnaire, code: str) -> dict:
    if found := text_questions(version).get(code):
        return found
    raise Http404


def consent_question(version: Questionnaire) -> str:
    """The code of the question that asks whether one may be quoted, empty where there is none."""
    asked = (one["code"] for one in questions(version.structure) if one["type"] == "consent")
    return next((code for code in asked if code.endswith(CONSENT)), "")


def written(version: Questionnaire, question: str) -> QuerySet[Any]:
    """Every counted answer with words to a question, under `words`, in an order that tells nothing; none where what was
    written may not be read.

    Those to earlier versions are among them as far as they are counted with these.
    """
    rows = comparable(version.consultation).defer("answers")
    rows = rows if question in text_questions(version) else rows.none()
    return rows.annotate(words=words_of(question)).filter(words__gt="").order_by("pk")


def words_of(question: str) -> Coalesce:
    return Coalesce(KeyTextTransform(question, "answers"), Value(""), output_field=TextField())


def may_be_quoted(consultation: Consultation) -> Q:
    """Who did not refuse, and agreed where the version that was answered asks."""
    found = Q(pk__in=[])
    for version in comparable_versions(consultation):
        consent = consent_question(version)
        agreed = {f"answers__{consent}": True} if consent else {}
        found |= Q(questionnaire=version, **agreed)
    return found & ~Q(publication=Response.Publication.NEVER)


def quotable(version: Questionnaire, question: str) -> QuerySet[Any]:
    """Of those who may be quoted, what they wrote, with what was made of it."""
    rows = written(version, question).filter(may_be_quoted(version.consultation))
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
    responses = comparable(version.consultation).values("pk")
    rows = LikeText.objects.filter(response__in=responses, question=question, group__in=groups)
    return dict(rows.order_by().values_list("group").annotate(Count("pk")))


def text_counts(user, consultation: Consultation) -> list[tuple[dict, int, int, int]]:
    """Each question in words with how many texts wait to be read, are released and refused; two queries for all."""
    require(user, "consultations.read_texts", consultation)
    asked = text_questions(current_version(consultation))
    rows = comparable(consultation).filter(may_be_quoted(consultation)).order_by()
    names = {f"words_{number}": code for number, code in enumerate(asked)}
    given = rows.alias(**{name: words_of(code) for name, code in names.items()})
    told = given.aggregate(**{f"number_of_{name}": Count("pk", filter=Q((f"{name}__gt", ""))) for name in names})
    read = TextReading.objects.filter(response__in=rows.values("pk"), question__in=asked).order_by()
    verdicts: dict[tuple[str, str], int] = {
        (code, verdict): number
        for code, verdict, number in read.values_list("question", "verdict").annotate(Count("pk"))
    }
    found = []
    for name, code in names.items():
        released, refused = (verdicts.get((code, verdict), 0) for verdict in ("released", "refused"))
        found.append((asked[code], told[f"number_of_{name}"] - released - refused, released, refused))
    return found


def words_written(user, consultation: Consultation, question: str) -> list[tuple[str, str]]:
    """Language and words of every text offered to whoever releases them, read or not."""
    return list(texts(user, consultation, question, state="all").values_list("language", "words"))


def languages_written(user, consultation: Consultation, question: str) -> list[str]:
    rows = texts(user, consultation, question, state="all").order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def quotes(consultation: Consultation, question: str, language: str = "") -> QuerySet[Quote]:
    """Released words on a question; those in the reader's language come first."""
    rows = consultation.quotes.filter(question=question)
    return rows.annotate(is_other=~Q(language=language) if language else F("pk")).order_by("is_other", "pk")


def quote_counts(consultation: Consultation) -> dict[str, int]:
    """How many words were released, by question; none of what says by now who wrote it."""
    told = dict(consultation.quotes.order_by().values_list("question").annotate(Count("pk")))
    apart = identifying(consultation) if told else set()
    return {code: number for code, number in told.items() if code not in apart}


def quote_for(user, consultation: Consultation, pk: int) -> Quote:
    require(user, "consultations.read_texts", consultation)
    return get_object_or_404(consultation.quotes, pk=pk)
