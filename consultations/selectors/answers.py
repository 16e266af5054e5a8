from functools import lru_cache
from typing import TypeVar

from django.db.models import F, QuerySet
from django.http import Http404

from platform_core.identity.access.selectors import hash_secret

from .. import structure as questionnaire
from ..changes import changes
from ..models import AnswerDraft, Consultation, FileAnswer, Questionnaire, Response

Answered = TypeVar("Answered", AnswerDraft, Response)
VERSION = ("consultation", "number", "sha256")


def draft_behind(code: str, secret: str) -> AnswerDraft | None:
    """Unfinished answers behind a secret link; the secret is the only key there is."""
    return draft_where(code, secret_hash=hash_secret(secret))


def draft_to_sign(code: str, secret: str) -> AnswerDraft | None:
    """Unfinished answers for who is to sign them off."""
    return draft_where(code, sign_off_hash=hash_secret(secret))


def draft_where(code: str, **key) -> AnswerDraft | None:
    return with_questions(AnswerDraft.objects.filter(questionnaire__consultation__code=code, **key))


def with_questions(rows: QuerySet[Answered]) -> Answered | None:
    """The one row, with its consultation, and the questions it was given to, which are kept between requests.

    Two plain queries cost half of what one does that joins all columns.
    """
    version = {name: F(f"questionnaire__{name}") for name in VERSION}
    found = rows.annotate(**{f"of_{name}": value for name, value in version.items()}).first()
    if found is None:
        return None
    consultation = Consultation.objects.get(pk=found.of_consultation)
    structure = structure_of(found.questionnaire_id, found.of_sha256)
    found.questionnaire = Questionnaire(
        pk=found.questionnaire_id,
        consultation=consultation,
        number=found.of_number,
        sha256=found.of_sha256,
        structure=structure,
    )
    return found


def is_there(draft: AnswerDraft) -> bool:
    """Whether unfinished answers were not sent meanwhile."""
    return AnswerDraft.objects.filter(pk=draft.pk).exists()


@lru_cache(maxsize=64)
def structure_of(questionnaire: int, sha256: str) -> dict:
    """The questions of a version, read once per process: their hash says whether they are still the same."""
    return Questionnaire.objects.values_list("structure", flat=True).get(pk=questionnaire, sha256=sha256)


def identifying(consultation: Consultation) -> set[str]:
    """Codes of the questions whose answers say who wrote them: what one published version says is true of all."""
    held = consultation.versions.filter(published_at__isnull=False).order_by("number").values_list("pk", "sha256")
    return set().union(*(questionnaire.identifying(structure_of(*version)) for version in held))


def structure_read(version: Questionnaire) -> questionnaire.Structure:
    """The questions of a version as answers to all of them are read by."""
    return questionnaire.with_marks(version.structure, identifying(version.consultation))


def responses(consultation: Consultation) -> QuerySet[Response]:
    """Answers that count: neither held for a look nor set aside."""
    return Response.objects.filter(questionnaire__consultation=consultation, state=Response.State.COUNTED)


def comparable(consultation: Consultation) -> QuerySet[Response]:
    """Answers that can be counted together: to all versions since the last change that broke comparability."""
    return responses(consultation).filter(questionnaire__in=comparable_versions(consultation))


def comparable_versions(consultation: Consultation) -> list[Questionnaire]:
    """The newest first."""
    published = list(consultation.versions.filter(published_at__isnull=False).order_by("-number"))
    together = published[:1]
    for older in published[1:]:
        if any(change.breaks for change in changes(older.structure, together[-1].structure)):
            break
        together.append(older)
    return together


def asked_in(consultation: Consultation) -> dict[int, frozenset[str]]:
    """Codes of the questions in each version, by its number."""
    return {
        number: frozenset(question["code"] for question in questionnaire.questions(structure_of(*version)))
        for number, *version in consultation.versions.values_list("number", "pk", "sha256")
    }


def files_of(response: Response) -> QuerySet[FileAnswer]:
    return response.files.select_related("file").order_by("question")


def handed_in(response: Response, question: str) -> FileAnswer:
    """The one her answer names; answers to questions of other types name none."""
    answer = response.answers.get(question)
    for held in files_of(response).filter(question=question):
        if isinstance(answer, dict) and answer.get("sha256") == held.file.sha256:
            return held
    raise Http404


def count_responses(consultation: Consultation) -> int:
    return responses(consultation).count()
