"""Questions and scales kept to be used again, by every group."""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.texts.analysis import fold
from platform_core.ground.texts.names import free_code
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from .. import library
from ..drafting import CONDITIONS, add_question, codes_used, suggest, texts_of
from ..models import Consultation, DraftState, LibraryEntry
from ..selectors.illustrations import pictures
from ..selectors.library import taken_over
from ..structure import pictures_in, without_pictures
from . import drafting as editing
from .illustrations import take_along

SCALE_NAMES = {
    "agreement": gettext_lazy("Agreement"),
    "importance": gettext_lazy("Importance"),
    "frequency": gettext_lazy("Frequency"),
    "satisfaction": gettext_lazy("Satisfaction"),
    "extent": gettext_lazy("Extent"),
    "likelihood": gettext_lazy("Likelihood"),
}


def words_of(title: dict, kind: str, content) -> str:
    """Every text of an entry in every language, folded."""
    parts = {"scale": content} if kind == LibraryEntry.Kind.SCALE else content
    told = [title, *(text for _place, text in texts_of(parts))]
    return " ".join(fold(word) for texts in told for text in texts.values() for word in text.split())


def code_for(title: str) -> str:
    taken = LibraryEntry.objects.filter
    return free_code(title, lambda stem: taken(code__startswith=stem).values_list("code", flat=True))


@transaction.atomic
def keep(question: dict, *, by, title: str, topic=None) -> LibraryEntry:
    """Keep a question as it is, without its conditions, which ask for questions that are not there elsewhere."""
    require(by, "consultations.keep_in_library")
    content = {name: value for name, value in deepcopy(question).items() if name not in CONDITIONS}
    return put(LibraryEntry.Kind.QUESTION, content, by=by, title=title, topic=topic)


@transaction.atomic
def keep_scale(question: dict, *, by, title: str, topic=None) -> LibraryEntry:
    require(by, "consultations.keep_in_library")
    if not question.get("scale"):
        raise ValidationError(_("This question has no scale."))
    return put(LibraryEntry.Kind.SCALE, deepcopy(question["scale"]), by=by, title=title, topic=topic)


def put(kind: str, content, *, by, title: str, topic=None) -> LibraryEntry:
    entry = LibraryEntry(kind=kind, code=code_for(title), title={"en": title}, topic=topic, content=content, made_by=by)
    if kind == LibraryEntry.Kind.QUESTION and content.get("image"):
        entry.picture = pictures(by).filter(sha256=content["image"]).first()
    entry.words = words_of(dict(entry.title.items()), kind, content)
    entry.full_clean(exclude=["made_by"])
    entry.save()
    audit.record("consultations.library_kept", entry, by=by)
    return entry


@transaction.atomic
def take_over(consultation: Consultation, question: dict, section: str, *, by, seen: str = "") -> str:
    """A question of the library or of another consultation, at the end of a section; gives its code there."""
    used = codes_used(editing.held_draft(consultation).structure)
    code = question["code"]
    if code in used:
        code = suggest(code.replace("_", " "), used)
    taken = {"sections": [{"questions": [taken_over(question, code)]}]}
    list(
        without_pictures(
            taken, set(pictures(by).filter(sha256__in=pictures_in(taken)).values_list("sha256", flat=True))
        )
    )
    change = add_question(taken["sections"][0]["questions"][0], section)
    editing.edit(consultation, DraftState.Deed.QUESTION_ADDED, change, by=by, place=code, seen=seen)
    take_along(consultation, taken, by=by)
    return code


@transaction.atomic
def remove(entry: LibraryEntry, *, by) -> None:
    """Out of the library; questionnaires that took it over keep what they took."""
    require(by, "consultations.remove_from_library", entry)
    audit.record("consultations.library_removed", entry, by=by)
    entry.delete()


@transaction.atomic
def load_reference() -> None:
    """The scales and profile questions that come with the program, in every language there is."""
    for name, steps in library.scales().items():
        ship(f"scale-{name}", LibraryEntry.Kind.SCALE, {"en": str(SCALE_NAMES.get(name, name.capitalize()))}, steps)
    for section in library.profile()["sections"]:
        for question in section["questions"]:
            ship(f"profile-{question['code']}", LibraryEntry.Kind.QUESTION, question["text"], question)


def ship(code: str, kind: str, title: dict, content) -> None:
    told = {"kind": kind, "title": title, "content": content, "is_shipped": True}
    LibraryEntry.objects.update_or_create(code=code, defaults={**told, "words": words_of(title, kind, content)})
