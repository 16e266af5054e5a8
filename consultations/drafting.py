"""Changing a questionnaire's structure: pure functions that work on a copy given to them and give it back."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from platform_core.ground.texts.analysis import fold
from platform_core.ground.texts.codes import SOURCE

from .conditions import questions_in
from .structure import MOST_QUESTIONS, Structure, questions
from .trees import renamed as renamed_in, without

MOST_SECTIONS = 50
CODE_LENGTH = 32
SUGGESTED = 24
WORDS = ("title", "text", "help", "unit", "low", "high", "alt")
PARTS = ("options", "rows", "columns", "scale")
CONDITIONS = ("show", "require")
Part = dict[str, Any]


def blank() -> Structure:
    return {"sections": [], "audiences": []}


def pieces(structure: Structure) -> Iterator[Part]:
    """Sections and questions in their order."""
    for section in structure["sections"]:
        yield section
        yield from section["questions"]


def find_section(structure: Structure, code: str) -> Part | None:
    return next((section for section in structure["sections"] if section["code"] == code), None)


def find_question(structure: Structure, code: str) -> Part | None:
    return next((question for question in questions(structure) if question["code"] == code), None)


def home_of(structure: Structure, code: str) -> Part:
    """The section a question stands in; ValidationError when somebody has deleted the question."""
    for section in structure["sections"]:
        if any(question["code"] == code for question in section["questions"]):
            return section
    raise gone(code)


def gone(code: str) -> ValidationError:
    return ValidationError(_("“%(code)s” is not there any more; somebody has deleted it.") % {"code": code})


def section_named(structure: Structure, code: str) -> Part:
    found = find_section(structure, code)
    if found is None:
        raise gone(code)
    return found


def question_named(structure: Structure, code: str) -> Part:
    return next(question for question in home_of(structure, code)["questions"] if question["code"] == code)


def codes_used(structure: Structure) -> set[str]:
    return {question["code"] for question in questions(structure)}


def suggest(text: str, taken: Iterable[str], fallback: str = "q") -> str:
    """A stable code in ASCII from the first words of a text, not yet taken."""
    words = [word for word in (fold(word) for word in text.split()) if word]
    stem = ""
    for word in words:
        if stem and len(stem) + 1 + len(word) > SUGGESTED:
            break
        stem = f"{stem}_{word}" if stem else word[:SUGGESTED]
    if not stem or not stem[0].isalpha():
        stem = f"{fallback}_{stem}".rstrip("_")
    known, number, code = set(taken), 2, stem
    while code in known:
        code, number = f"{stem[: CODE_LENGTH - 1 - len(str(number))]}_{number}", number + 1
    return code


def texts_of(part: Part) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a section or question with the name of its place in it."""
    for word in WORDS:
        if isinstance(part.get(word), dict):
            yield word, part[word]
    for name in PARTS:
        for item in part.get(name) or ():
            yield f"{name}.{item['code']}", item["text"]


def all_texts(structure: Structure) -> Iterator[tuple[str, dict[str, str]]]:
    for audience in structure.get("audiences") or ():
        yield f"audience.{audience['code']}", audience["text"]
    for part in pieces(structure):
        for name, text in texts_of(part):
            yield f"{part['code']}.{name}", text


def lacking(structure: Structure, language: str) -> list[str]:
    """Places whose text does not exist in a language."""
    return [place for place, text in all_texts(structure) if text.get(SOURCE) and not text.get(language)]


def add_section(section: Part) -> Callable[[Structure], Structure]:
    def change(structure: Structure) -> Structure:
        if len(structure["sections"]) >= MOST_SECTIONS:
            raise ValidationError(_("A questionnaire has at most %(n)s sections.") % {"n": MOST_SECTIONS})
        if find_section(structure, section["code"]):
            raise ValidationError({"code": _("Another section has this code.")})
        structure["sections"].append({**section, "questions": section.get("questions") or []})
        return structure

    return change


def add_question(question: Part, section: str, after: str = "") -> Callable[[Structure], Structure]:
    """Behind the question `after`, else at the end of its section."""

    def change(structure: Structure) -> Structure:
        if len(list(questions(structure))) >= MOST_QUESTIONS:
            raise ValidationError(_("A questionnaire has at most %(n)s questions.") % {"n": MOST_QUESTIONS})
        if question["code"] in codes_used(structure):
            raise ValidationError({"code": _("Another question has this code.")})
        here = section_named(structure, section)["questions"]
        codes = [asked["code"] for asked in here]
        here.insert(codes.index(after) + 1 if after in codes else len(here), question)
        return structure

    return change


def replace_part(code: str, new: Part, was: Part, *, is_section: bool) -> Callable[[Structure], Structure]:
    """Put a section or question in place of what it was; refused when somebody has changed it meanwhile.

    Conditions follow a question's new code.
    """
    named = section_named if is_section else question_named

    def change(structure: Structure) -> Structure:
        held = named(structure, code)
        if own(held) != own(was):
            raise ValidationError(_("Somebody has changed this meanwhile. Nothing of theirs was overwritten."))
        rest = [part["code"] for part in (structure["sections"] if is_section else questions(structure))]
        if new["code"] != code and new["code"] in rest:
            raise ValidationError({"code": _("This code is used already.")})
        told = deepcopy(new)
        held_questions = held.get("questions")
        held.clear()
        held.update(told)
        if is_section:
            held["questions"] = held_questions
        return rename(structure, code, new["code"]) if not is_section and new["code"] != code else structure

    return change


def own(part: Part) -> Part:
    """A section without its questions; a question as it is."""
    return {name: value for name, value in part.items() if name != "questions"}


def rename(structure: Structure, old: str, new: str) -> Structure:
    for part in pieces(structure):
        for word in CONDITIONS:
            if part.get(word):
                part[word] = renamed_in(part[word], old, new)
    return structure


def drop_conditions(structure: Structure, codes: set[str]) -> Structure:
    """Everything conditions ask of these questions falls away, and conditions with nothing left."""
    for part in pieces(structure):
        for word in CONDITIONS:
            if part.get(word):
                left = without(part[word], codes)
                if left is None:
                    del part[word]
                else:
                    part[word] = left
    return structure


def dependents(structure: Structure, codes: set[str]) -> list[Part]:
    """Sections and questions whose conditions ask for one of these questions, but for these themselves."""
    return [
        part
        for part in pieces(structure)
        if not ("type" in part and part["code"] in codes)
        and any(questions_in(part.get(word)) & codes for word in CONDITIONS)
    ]


def delete_question(code: str, *, with_conditions: bool) -> Callable[[Structure], Structure]:
    def change(structure: Structure) -> Structure:
        here = home_of(structure, code)["questions"]
        here[:] = [question for question in here if question["code"] != code]
        return freed(structure, {code}, with_conditions=with_conditions)

    return change


def delete_section(code: str, *, with_conditions: bool) -> Callable[[Structure], Structure]:
    def change(structure: Structure) -> Structure:
        section = section_named(structure, code)
        structure["sections"].remove(section)
        asked = {question["code"] for question in section["questions"]}
        return freed(structure, asked, with_conditions=with_conditions)

    return change


def freed(structure: Structure, codes: set[str], *, with_conditions: bool) -> Structure:
    """The structure without conditions on questions that are gone; refused unless that was asked for."""
    depending = [part["code"] for part in dependents(structure, codes)]
    if depending and not with_conditions:
        told = _("Conditions depend on it: %(codes)s. Say that they shall go with it, or change them first.")
        raise ValidationError(told % {"codes": ", ".join(depending)})
    return drop_conditions(structure, codes) if depending else structure


def duplicate(code: str, new: str) -> Callable[[Structure], Structure]:
    """A copy right behind the question, under another code."""

    def change(structure: Structure) -> Structure:
        copy = {**deepcopy(question_named(structure, code)), "code": new}
        return add_question(copy, home_of(structure, code)["code"], code)(structure)

    return change


def move_section(code: str, place: int) -> Callable[[Structure], Structure]:
    """To the place counted from 0."""

    def change(structure: Structure) -> Structure:
        section = section_named(structure, code)
        structure["sections"].remove(section)
        structure["sections"].insert(max(0, place), section)
        return structure

    return change


def move_question(code: str, section: str, place: int) -> Callable[[Structure], Structure]:
    """Into a section, at the place counted from 0."""

    def change(structure: Structure) -> Structure:
        target, asked = section_named(structure, section), question_named(structure, code)
        home_of(structure, code)["questions"].remove(asked)
        target["questions"].insert(max(0, place), asked)
        return structure

    return change


def step_question(code: str, step: int) -> Callable[[Structure], Structure]:
    """One place up (-1) or down (1), over the edge of its section into the next one."""

    def change(structure: Structure) -> Structure:
        home = home_of(structure, code)
        place = [asked["code"] for asked in home["questions"]].index(code)
        if 0 <= place + step < len(home["questions"]):
            return move_question(code, home["code"], place + step)(structure)
        number = structure["sections"].index(home) + step
        if not 0 <= number < len(structure["sections"]):
            return structure
        target = structure["sections"][number]
        return move_question(code, target["code"], len(target["questions"]) if step < 0 else 0)(structure)

    return change


def step_section(code: str, step: int) -> Callable[[Structure], Structure]:
    def change(structure: Structure) -> Structure:
        codes = [section["code"] for section in structure["sections"]]
        if code not in codes:
            raise gone(code)
        return move_section(code, codes.index(code) + step)(structure)

    return change


def set_condition(code: str, word: str, tree, *, is_section: bool) -> Callable[[Structure], Structure]:
    named = section_named if is_section else question_named

    def change(structure: Structure) -> Structure:
        part = named(structure, code)
        if tree is None:
            part.pop(word, None)
        else:
            part[word] = tree
        return structure

    return change


def set_audiences(audiences: list[Part]) -> Callable[[Structure], Structure]:
    """The audiences; sections of one that is gone are refused rather than shown to everybody."""

    def change(structure: Structure) -> Structure:
        known = {audience["code"] for audience in audiences}
        used = {code for section in structure["sections"] for code in section.get("audiences") or ()}
        if used - known:
            told = _("Sections are kept for an audience that would be gone: %(codes)s.")
            raise ValidationError({"audiences": told % {"codes": ", ".join(sorted(used - known))}})
        structure["audiences"] = audiences
        return structure

    return change


def move_before(code: str, other: str) -> Callable[[Structure], Structure]:
    """Where another question stands, which moves on by one."""

    def change(structure: Structure) -> Structure:
        if code == other:
            return structure
        asked = question_named(structure, code)
        home_of(structure, code)["questions"].remove(asked)
        target = home_of(structure, other)["questions"]
        target.insert([question["code"] for question in target].index(other), asked)
        return structure

    return change
