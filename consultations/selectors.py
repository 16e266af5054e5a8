from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.identity.access.selectors import hash_secret, require, visible

from .models import AnswerDraft, Consultation, Questionnaire, Response, ResultSet

LABEL = "consultations.consultation"


def consultations(user) -> QuerySet[Consultation]:
    return visible(Consultation.objects.select_related("topic"), user)


def open_ones(user, topic: int | None = None) -> QuerySet[Consultation]:
    rows = consultations(user).filter(state=Consultation.State.OPEN).order_by("closes_at")
    return rows.filter(topic=topic) if topic else rows


def open_counts(user) -> dict[int, int]:
    """Open consultations by topic."""
    rows = consultations(user).filter(state=Consultation.State.OPEN).order_by()
    return dict(rows.values_list("topic").annotate(Count("pk")))


def finished(user) -> QuerySet[Consultation]:
    return consultations(user).filter(state__in=("closed", "published")).order_by("-closes_at")


def consultation_for(user, code: str) -> Consultation:
    return get_object_or_404(consultations(user), code=code)


def managed(user) -> list[Consultation]:
    """Consultations a person may follow, with the number of answers sent."""
    require(user, "consultations.view_desk")
    rows = Consultation.objects.select_related("topic").annotate(sent=Count("versions__responses"))
    return [row for row in rows.order_by("-opens_at") if user.has_perm("consultations.manage", row)]


def managed_for(user, code: str) -> Consultation:
    found = get_object_or_404(Consultation.objects.select_related("topic"), code=code)
    if not user.has_perm("consultations.manage", found):
        raise PermissionDenied
    return found


def current_version(consultation: Consultation) -> Questionnaire:
    """The newest published questionnaire."""
    version = consultation.versions.filter(published_at__isnull=False).order_by("-number").first()
    if version is None:
        raise Http404
    return version


NOT_ASKED = ("questionnaire__structure", "questionnaire__consultation__summary")


def draft_behind(code: str, secret: str) -> AnswerDraft | None:
    """Unfinished answers behind a secret link; the secret is the only key there is."""
    rows = AnswerDraft.objects.select_related("questionnaire__consultation").defer(*NOT_ASKED)
    for found in rows.filter(secret_hash=hash_secret(secret), questionnaire__consultation__code=code):
        found.questionnaire.structure = structure_of(found.questionnaire_id, found.questionnaire.sha256)
        return found
    return None


@lru_cache(maxsize=64)
def structure_of(questionnaire: int, sha256: str) -> dict:
    """The questions of a version, read once per process: their hash says whether they are still the same."""
    return Questionnaire.objects.values_list("structure", flat=True).get(pk=questionnaire, sha256=sha256)


def responses(consultation: Consultation) -> QuerySet[Response]:
    return Response.objects.filter(questionnaire__consultation=consultation)


def count_responses(consultation: Consultation) -> int:
    return responses(consultation).count()


def results_for(user, consultation: Consultation) -> ResultSet | None:
    """Published figures for everyone; those not yet published for who manages the consultation."""
    published = consultation.results.filter(published_at__isnull=False).first()
    if published or not user.has_perm("consultations.manage", consultation):
        return published
    return consultation.results.first()
