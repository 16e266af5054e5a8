"""A respondent's way through a questionnaire: its pages, her answers on each, what is still missing."""

from dataclasses import dataclass, field
from typing import Any

from platform_core.ground.vocabulary import selectors as vocabulary

from .answering import problems, read, words
from .models import AnswerDraft
from .profile import countries
from .structure import keys_of, visible_answers


@dataclass
class Asked:
    """A question as it stands on a page."""

    question: dict
    value: Any
    other: str
    shown: bool
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

    @property
    def errors(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.errors]


def sections(draft: AnswerDraft) -> list[dict]:
    """The sections shown with the answers so far; every respondent sees at least the first."""
    shown, _kept = visible_answers(draft.questionnaire.structure, draft.answers)
    return [section for section, _questions in shown]


def section_page(draft: AnswerDraft, number: int, check: bool = False) -> SectionPage:
    """One page with its questions, the hidden ones included so that a script can show them. `number` counts from 1."""
    shown, kept = visible_answers(draft.questionnaire.structure, draft.answers)
    number = min(max(1, number), len(shown))
    section, open_questions = shown[number - 1]
    known = set(countries())
    open_codes = {question["code"] for question in open_questions}
    asked = []
    for question in section["questions"]:
        code, is_open = question["code"], question["code"] in open_codes
        errors = problems(question, kept, known) if check and is_open else []
        asked.append(Asked(question, draft.answers.get(code), draft.answers.get(f"{code}.other", ""), is_open, errors))
    return SectionPage(number, len(shown), section, asked)


def page_answered(draft: AnswerDraft, number: int, code: str) -> SectionPage | None:
    """The page a form was filled in on: named by its section, since another tab may have moved the numbers.

    None when that section is not shown any more.
    """
    codes = [section["code"] for section in sections(draft)]
    if code and code not in codes:
        return None
    return section_page(draft, codes.index(code) + 1 if code else number)


def typed_answers(section: dict, typed) -> tuple[dict[str, Any], set[str]]:
    """Answers on a page and all the keys the page speaks for."""
    answers: dict[str, Any] = {}
    keys: set[str] = set()
    for question in section["questions"]:
        answers |= read(question, typed)
        keys |= set(keys_of(question))
    return answers, keys


def first_problem(draft: AnswerDraft) -> int | None:
    """The number of the first page with something missing or wrong."""
    for number in range(1, len(sections(draft)) + 1):
        if section_page(draft, number, check=True).errors:
            return number
    return None


def review(structure: dict, answers: dict) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections with questions and answers in words, as sent or about to be sent."""
    shown, kept = visible_answers(structure, answers)
    return [
        (words(section["title"]), [(words(question["text"]), answer_words(question, kept)) for question in questions])
        for section, questions in shown
    ]


def answer_words(question: dict, answers: dict) -> str:
    value = answers.get(question["code"])
    if value is None:
        return ""
    names = {option["code"]: words(option["text"]) for option in question.get("options", [])}
    if question["type"] == "multiple":
        text = "; ".join(names.get(code, code) for code in value)
    elif question["type"] == "single":
        text = names.get(value, value)
    else:
        text = OTHER_WORDS.get(question["type"], plain_words)(question, value, names)
    other = answers.get(f"{question['code']}.other")
    return f"{text}: {other}" if other else text


def plain_words(question, value, names) -> str:
    return str(value)


def battery_words(question, value, names) -> str:
    steps = {step["code"]: words(step["text"]) for step in question["scale"]}
    rows = {row["code"]: words(row["text"]) for row in question["rows"]}
    return "\n".join(f"{rows[code]}: {steps.get(step, '–')}" for code, step in value.items() if code in rows)


def rank_words(question, value, names) -> str:
    return "\n".join(
        f"{rank}. {names.get(code, code)}" for code, rank in sorted(value.items(), key=lambda item: str(item[1]))
    )


def number_words(question, value, names) -> str:
    unit = words(question.get("unit"))
    return f"{value:.15g} {unit}".strip() if isinstance(value, int | float) else str(value)


def country_words(question, value, names) -> str:
    return vocabulary.country_labels().get(value, value)


OTHER_WORDS = {
    "likert": battery_words,
    "ranking": rank_words,
    "number": number_words,
    "country": country_words,
    "consent": lambda question, value, names: "✓",
}
