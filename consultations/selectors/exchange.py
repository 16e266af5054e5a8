from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require

from ..models import AnswerExport, Consultation, Incoming
from .consultations import managed_for

RIGHT_TO = {
    Incoming.Kind.QUESTIONNAIRE: "consultations.import_questions",
    Incoming.Kind.ANSWERS: "consultations.import_answers",
}


def exported_for(user, code: str) -> Consultation:
    found = managed_for(user, code)
    require(user, "consultations.export", found)
    return found


def exports(user, consultation: Consultation) -> QuerySet[AnswerExport]:
    """Files a person asked for herself."""
    return consultation.exports.filter(person=user)


def export_for(user, pk: int) -> AnswerExport:
    """A file for who asked for it, as long as she may still have the answers."""
    found = get_object_or_404(AnswerExport.objects.select_related("consultation__topic"), pk=pk, person=user)
    require(user, "consultations.export_people" if found.people else "consultations.export", found.consultation)
    return found


def may_have_people(user, consultation: Consultation) -> bool:
    """Whether there are names, and this person may have them in a file."""
    is_attributed = consultation.mode == Consultation.Mode.ATTRIBUTED
    return is_attributed and user.has_perm("consultations.export_people", consultation)


def incoming_for(user, pk: int) -> Incoming:
    found = get_object_or_404(Incoming.objects.select_related("consultation", "topic"), pk=pk, person=user)
    require(user, RIGHT_TO[Incoming.Kind(found.kind)], place_of(found))
    return found


def place_of(brought: Incoming) -> Consultation:
    """The consultation a file is for, or the one it would become."""
    return brought.consultation or Consultation(topic_id=brought.topic_id)


def topics_for(user) -> list:
    """Topics on which a person may draw up a consultation; raises PermissionDenied where there is none."""
    found = [
        topic
        for topic in vocabulary.topics()
        if user.has_perm("consultations.import_questions", Consultation(topic_id=topic.pk))
    ]
    if not found:
        raise PermissionDenied
    return found


def rights_to(user, consultation: Consultation) -> dict[str, bool]:
    rights = ("import_questions", "import_answers")
    return {right: user.has_perm(f"consultations.{right}", consultation) for right in rights}
