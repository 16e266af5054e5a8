from copy import deepcopy

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.analysis import fold
from platform_core.identity.access.selectors import require

from ..models import Consultation, LibraryEntry
from ..structure import questions
from .setups import copied_from, structure_to_copy


def entries(user, *, words: str = "", kind: str = "", topic: int | None = None) -> QuerySet[LibraryEntry]:
    """The library, for everybody who writes questionnaires; each word has to be found."""
    require(user, "consultations.keep_in_library")
    rows = LibraryEntry.objects.select_related("topic")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(topic=topic) if topic else rows
    for word in words.split()[:8]:
        rows = rows.filter(words__contains=fold(word))
    return rows


def entry_for(user, pk: int) -> LibraryEntry:
    return get_object_or_404(entries(user), pk=pk)


def earlier_questions(user, consultation: Consultation) -> list[dict]:
    """Questions of a consultation that this person may take over."""
    found = get_object_or_404(copied_from(user), pk=consultation.pk)
    return list(questions(structure_to_copy(user, found)))


def taken_over(question: dict, code: str) -> dict:
    """A question for another questionnaire: under a code of its own, without conditions."""
    left_behind = ("show", "require")
    return {**{name: value for name, value in deepcopy(question).items() if name not in left_behind}, "code": code}
