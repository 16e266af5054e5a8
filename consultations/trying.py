"""A respondent's way through questions that are still being written: what was typed travels with the form alone."""

from dataclasses import dataclass, field
from typing import Any

from django.core.signing import BadSignature, Signer

from platform_core.ground.texts.codes import active_code

from . import respondents
from .models import AnswerDraft, Questionnaire
from .structure import Structure

SIGNER = Signer(salt="consultations.preview")


@dataclass
class Step:
    """A page of the preview. `hidden` counts its questions that are not shown to who answers so."""

    page: respondents.SectionPage
    hidden: int
    is_last: bool
    is_over: bool = False
    opened: bool = False
    errors: list[respondents.Asked] = field(default_factory=list)


def begun(structure: Structure, audience: str, typed) -> AnswerDraft:
    """Answers that are never kept: those a form brings back, and those typed on it."""
    draft = AnswerDraft(questionnaire=Questionnaire(structure=structure), language=active_code(), audience=audience)
    draft.answers = brought(typed.get("carried", ""))
    return draft


def brought(text: str) -> dict[str, Any]:
    try:
        return SIGNER.unsign_object(text) if text else {}
    except (BadSignature, ValueError):
        return {}


def carried(draft: AnswerDraft) -> str:
    return SIGNER.sign_object(draft.answers, compress=True)


def step(draft: AnswerDraft, number: int, typed, *, everything: bool) -> Step:
    """The page a button leads to: the next only when nothing is wrong with this one."""
    sections = draft.questionnaire.structure["sections"]
    number = answered_number(sections, number, typed)
    if not typed:
        return seen(draft, number, everything)
    before = open_codes(draft)
    answers, keys = respondents.typed_answers(sections[number - 1], typed)
    draft.answers = {key: value for key, value in draft.answers.items() if key not in keys} | answers
    if "back" in typed:
        return seen(draft, beside(draft, number, -1, everything) or number, everything)
    here = seen(draft, number, everything, check=True)
    fresh = open_codes(draft) - before - set(typed.get("seen", "").split())
    here.opened = any(asked.code in fresh for asked in here.page.asked)
    for asked in here.page.asked:
        asked.errors = [] if asked.code in fresh else asked.errors
    here.errors = here.page.errors
    if here.errors or here.opened:
        return here
    following = beside(draft, number, 1, everything)
    here.is_over = following is None
    return seen(draft, following, everything) if following else here


def answered_number(sections: list[dict], number: int, typed) -> int:
    codes = [section["code"] for section in sections]
    return codes.index(typed["section"]) + 1 if typed.get("section") in codes else number


def open_codes(draft: AnswerDraft) -> set[str]:
    shown, _kept = respondents.visible_in(draft)
    return {question["code"] for _section, asked in shown for question in asked}


def beside(draft: AnswerDraft, number: int, way: int, everything: bool) -> int | None:
    """The number of the next section in a direction that is shown to who answers so."""
    sections = draft.questionnaire.structure["sections"]
    open_ones = {section["code"] for section in respondents.sections(draft)}
    numbers = range(number + way, len(sections) + 1 if way > 0 else 0, way)
    return next((one for one in numbers if everything or sections[one - 1]["code"] in open_ones), None)


def seen(draft: AnswerDraft, number: int, everything: bool, *, check: bool = False) -> Step:
    sections = draft.questionnaire.structure["sections"]
    part, (_shown, kept), is_open = sections[number - 1], respondents.visible_in(draft), open_codes(draft)
    here = {question["code"] for question in part["questions"]}
    asked = []
    for question in part["questions"]:
        found = respondents.as_asked(question, draft, kept, here, everything or question["code"] in is_open)
        found.show = None if everything else found.show
        found.errors = respondents.problems(found.question, draft.answers) if check and found.shown else []
        asked.append(found)
    page = respondents.SectionPage(number, len(sections), part, asked)
    hidden = sum(not found.shown for found in asked)
    return Step(page, hidden, beside(draft, number, 1, everything) is None)
