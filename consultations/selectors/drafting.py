from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES
from platform_core.materials.languages.selectors import ready_languages

from .. import drafting
from ..models import Consultation, DraftState, Questionnaire
from ..questions import TYPES
from ..questions.kinds import codes, names, words
from ..reachability import unreachable
from ..structure import faults, questions
from ..trees import in_words


@dataclass
class Row:
    """A section or question as the editor lists it."""

    part: dict[str, Any]
    type: Any = ""
    show: str = ""
    require: str = ""
    problems: list[str] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.part["code"]


def draft(consultation: Consultation) -> Questionnaire | None:
    return consultation.versions.filter(published_at=None).last()


def read_for(user, code: str) -> Consultation:
    """A consultation whose unpublished questions somebody may read."""
    found = get_object_or_404(Consultation.objects.select_related("topic"), code=code)
    if not user.has_perm("consultations.read_draft", found):
        raise PermissionDenied
    return found


def edited_for(user, code: str) -> Consultation:
    found = get_object_or_404(Consultation.objects.select_related("topic"), code=code)
    if not user.has_perm("consultations.edit", found):
        raise PermissionDenied
    return found


def newest(consultation: Consultation) -> Questionnaire:
    found = consultation.versions.last()
    if found is None:
        raise Http404
    return found


def draft_or_404(consultation: Consultation) -> Questionnaire:
    found = draft(consultation)
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=64)
def never_shown(version: int, sha256: str) -> tuple[str, ...]:
    """Questions nobody can ever be shown; worked out once for each state of the questions."""
    return tuple(unreachable(Questionnaire.objects.values_list("structure", flat=True).get(pk=version, sha256=sha256)))


def problems(version: Questionnaire) -> list[tuple[str, str]]:
    """Everything wrong with the questions: the code of the section or question, and what."""
    structure = version.structure
    found = [*faults(structure), *lacking_texts(structure)]
    if not list(questions(structure)):
        found.append(("", _("there are no questions yet")))
    if not found:
        never = _("nobody can ever be shown this: its conditions exclude each other")
        found = [(code, never) for code in never_shown(version.pk, version.sha256)]
    return found


def lacking_texts(structure: dict) -> list[tuple[str, str]]:
    """Sections and questions without words of their own, and empty sections."""
    empty = [
        (section["code"], _("the section has no questions"))
        for section in structure["sections"]
        if not section["questions"]
    ]
    untitled = [section["code"] for section in structure["sections"] if not section.get("title")]
    untold = [asked["code"] for asked in questions(structure) if not asked.get("text")]
    return [*empty, *((code, _("the text is lacking")) for code in untitled + untold)]


def outline(version: Questionnaire) -> tuple[list[Row], list[str]]:
    """The sections with their questions, each with its problems; and what concerns the whole."""
    structure = version.structure
    wrong: dict[str, list[str]] = {}
    for code, problem in problems(version):
        wrong.setdefault(code, []).append(problem)
    known, audiences = by_code(structure), names(structure, "audiences")
    rows = []
    for section in structure["sections"]:
        asked = [row_of(question, known, audiences, wrong) for question in section["questions"]]
        row = row_of(section, known, audiences, wrong)
        row.audiences = [audiences.get(code, code) for code in section.get("audiences") or ()]
        row.rows = asked
        rows.append(row)
    return rows, wrong.get("", [])


def row_of(part: dict, known, audiences, wrong) -> Row:
    kind = TYPES.get(part.get("type", ""))
    return Row(
        part=part,
        type=kind.name if kind else "",
        show=in_words(part.get("show"), known, audiences),
        require=in_words(part.get("require"), known, audiences),
        problems=wrong.get(part["code"], []),
    )


def by_code(structure: dict) -> dict[str, dict]:
    return {question["code"]: question for question in questions(structure)}


def earlier(structure: dict, code: str, *, is_section: bool) -> list[dict]:
    """Questions a condition of this section or question may ask for."""
    found = []
    for section in structure["sections"]:
        if is_section and section["code"] == code:
            break
        for question in section["questions"]:
            if not is_section and question["code"] == code:
                return found
            if TYPES[question["type"]].asks:
                found.append(question)
    return found


def fixed_codes(consultation: Consultation) -> set[str]:
    """Codes of questions that were published, which stay as they are for ever."""
    rows = consultation.versions.filter(published_at__isnull=False).values_list("structure", flat=True)
    return {question["code"] for structure in rows for question in questions(structure)}


def fixed_sections(consultation: Consultation) -> set[str]:
    rows = consultation.versions.filter(published_at__isnull=False).values_list("structure", flat=True)
    return {code for structure in rows for code in codes(structure, "sections")}


def states(version: Questionnaire) -> QuerySet[DraftState]:
    return version.states.select_related("by").defer("structure")


def state_for(version: Questionnaire, pk: int) -> DraftState:
    return get_object_or_404(version.states, pk=pk)


def languages_ready(version: Questionnaire) -> list[str]:
    """Languages in which every text exists, was reviewed and fits its source."""
    reviewed = set(ready_languages(version.consultation))
    return [code for code in CODES if code in reviewed and not drafting.lacking(version.structure, code)]


def languages_lacking(version: Questionnaire) -> list[str]:
    ready = languages_ready(version)
    return [code for code in CODES if code not in ready]


def texts_lacking(version: Questionnaire) -> list[tuple[str, int]]:
    """Languages with the number of texts that do not exist in them."""
    found = [(code, len(drafting.lacking(version.structure, code))) for code in CODES]
    return [(code, number) for code, number in found if number]


def title_of(part: dict) -> str:
    return words(part.get("title") or part.get("text")) or part["code"]
