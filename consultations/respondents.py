"""A respondent's way through a questionnaire: its pages, her answers on each, what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .answering import answer_words, mark, problems, read, words
from .conditions import Condition, Facts, reduced
from .models import AnswerDraft, Response
from .questions import TYPES
from .questions.places import organisations_read
from .structure import is_required, keys_of, visible_answers


@dataclass
class Asked:
    """A question as it stands on a page; `show` and `require` are what a script must follow on this page."""

    question: dict
    value: Any
    other: str
    shown: bool
    show: Condition | None = None
    require: Condition | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.question["code"]


@dataclass
class SectionPage:
    number: int
    total: int
    section: dict
    asked: list[Asked]
    stood: str = ""

    @property
    def takes_files(self) -> bool:
        return any(asked.question["type"] == "file" for asked in self.asked)

    @property
    def errors(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.errors]


def facts_of(draft: AnswerDraft) -> Facts:
    return Facts(language=draft.language, audience=draft.audience)


def visible_in(draft: AnswerDraft):
    return visible_answers(draft.questionnaire.structure, draft.answers, facts_of(draft))


def sections(draft: AnswerDraft) -> list[dict]:
    """The sections shown with the answers so far; none where all are meant for others."""
    shown, _kept = visible_in(draft)
    return [section for section, _questions in shown]


def section_page(draft: AnswerDraft, number: int, check: bool = False) -> SectionPage:
    """One page with its questions, the hidden ones included so that a script can show them. `number` counts from 1."""
    return page_in(draft, visible_in(draft), number, check)


def page_in(draft: AnswerDraft, visible, number: int, check: bool = False) -> SectionPage:
    shown, kept = visible
    if not shown:
        return SectionPage(1, 1, {"code": "", "title": {}, "questions": []}, [])
    number = min(max(1, number), len(shown))
    section, open_questions = shown[number - 1]
    open_codes = {question["code"] for question in open_questions}
    here = {question["code"] for question in section["questions"]}
    asked = []
    for question in section["questions"]:
        found = as_asked(question, draft, kept, here, question["code"] in open_codes)
        if check and found.shown:
            found.errors = problems(found.question, kept)
        asked.append(found)
    return SectionPage(number, len(shown), section, asked, marks_of(section, draft.answers))


def as_asked(question: dict, draft: AnswerDraft, kept: dict, here: set[str], is_open: bool) -> Asked:
    code, facts = question["code"], facts_of(draft)
    return Asked(
        question={**question, "required": is_required(question, kept, facts)},
        value=draft.answers.get(code),
        other=draft.answers.get(f"{code}.other", ""),
        shown=is_open,
        show=reduced(question.get("show"), here, kept, facts),
        require=reduced(question.get("require"), here, kept, facts),
    )


def page_answered(draft: AnswerDraft, number: int, code: str) -> SectionPage | None:
    """The page a form was filled in on: named by its section, since another tab may have moved the numbers.

    None when that section is not shown any more.
    """
    visible = visible_in(draft)
    codes = [section["code"] for section, _questions in visible[0]]
    if code and code not in codes:
        return None
    return page_in(draft, visible, codes.index(code) + 1 if code else number)


def typed_answers(section: dict, typed) -> tuple[dict[str, Any], set[str]]:
    """Answers on a page and all the keys the page speaks for; files are kept when they arrive."""
    answers: dict[str, Any] = {}
    keys: set[str] = set()
    for question in section["questions"]:
        if question["type"] != "file":
            answers |= read(question, typed)
            keys |= set(keys_of(question))
    return answers, keys


def marks_of(section: dict, answers: dict) -> str:
    """What stands on a page, as marks its form brings back: `wish:1f2e3d4c5b share:`."""
    asked = [question for question in section["questions"] if question["type"] != "file"]
    return " ".join(f"{key}:{mark(answers.get(key))}" for question in asked for key in keys_of(question))


def marks_in(text: str) -> dict[str, str]:
    return dict(part.rpartition(":")[::2] for part in text.split())


def contest(asked: Asked, draft: AnswerDraft, typed: dict) -> None:
    """Shows what was typed here beside what another window has written meanwhile, if that is not the same."""
    if not typed.keys() & set(keys_of(asked.question)):
        return
    elsewhere = answer_words(asked.question, draft.answers) or _("No answer")
    told = _("This was changed in another window meanwhile: %(answer)s. If you go on, what stands here is kept.")
    asked.errors = [told % {"answer": elsewhere}]
    asked.value = typed.get(asked.code, asked.value)
    asked.other = typed.get(f"{asked.code}.other", asked.other) or ""


def first_problem(draft: AnswerDraft) -> int | None:
    """The number of the first page with something missing or wrong; without any page that is the first."""
    (shown, kept), facts = visible_in(draft), facts_of(draft)
    for number, (_section, questions) in enumerate(shown, 1):
        if any(problems(asked, kept, required=is_required(asked, kept, facts)) for asked in questions):
            return number
    return None if shown else 1


def review(structure: dict, answers: dict, facts: Facts) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections with questions and answers in words, as sent or about to be sent; what was only told is left out."""
    shown, kept = visible_answers(structure, answers, facts)
    return [
        (
            words(section["title"]),
            [(words(asked["text"]), answer_words(asked, kept)) for asked in questions if asks(asked)],
        )
        for section, questions in shown
    ]


def asks(question: dict) -> bool:
    return TYPES[question["type"]].is_answered


def all_sent(responses: Iterable[Response]) -> list[tuple[Response, list]]:
    """Several responses, each with what was sent; organisations are read once for all."""
    rows = list(responses)
    given = [value for row in rows for value in row.answers.values() if isinstance(value, str)]
    with organisations_read(given):
        return [(row, sent(row)) for row in rows]


def sent(response: Response) -> list[tuple[str, list[tuple[str, str]]]]:
    facts = Facts(response.language, response.audience)
    return review(response.questionnaire.structure, response.answers, facts)
