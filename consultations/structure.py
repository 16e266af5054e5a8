"""Reading a questionnaire's structure: sections, questions, texts. Pure functions over its JSON.

The structure is `{"sections": […], "audiences": […]}`; docs/questionnaires.md describes it whole.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .conditions import MOST_LEAVES, NOTHING_KNOWN, OF_FACTS, Facts, StructureError, holds, leaves, questions_in
from .profile import AUDIENCE, PROFILE_TYPES
from .questions import TYPES, identifies
from .questions.kinds import CODE, codes, part_faults

Structure = dict[str, Any]
Answers = dict[str, Any]
MOST_QUESTIONS = 300
LANGUAGE = "?language"  # the language as something asked for: no question has such a code


def canonical_json(structure: Structure) -> str:
    """One way of writing for what is hashed: structures, answers, figures."""
    return json.dumps(structure, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical_hash(structure: Structure) -> str:
    return hashlib.sha256(canonical_json(structure).encode()).hexdigest()


def questions(structure: Structure) -> Iterator[dict]:
    for section in structure["sections"]:
        yield from section["questions"]


def pictures_in(structure: Structure) -> set[str]:
    """Hashes of the pictures questions are shown with."""
    return {question["image"] for question in questions(structure) if isinstance(question.get("image"), str)}


def without_pictures(structure: Structure, held: set[str]) -> Iterator[str]:
    """Takes away pictures that are not held; gives the codes of their questions."""
    for question in questions(structure):
        if question.get("image") and question["image"] not in held:
            question.pop("image")
            question.pop("alt", None)
            yield question["code"]


def question_texts(version) -> dict[str, dict]:
    """The answerable questions of a version by code."""
    return {asked["code"]: asked for asked in questions(version.structure) if TYPES[asked["type"]].is_answered}


def identifying(structure: Structure) -> set[str]:
    """Codes of the questions whose answers say who wrote them."""
    return {question["code"] for question in questions(structure) if identifies(question)}


def with_marks(structure: Structure, marked: set[str]) -> Structure:
    """A structure in which questions of these codes are marked as `identifies`, where their type can be."""

    def one(question: dict) -> dict:
        is_new = question["code"] in marked and TYPES[question["type"]].by_mark
        return {**question, "identifies": True} if is_new else question

    sections = [{**section, "questions": [*map(one, section["questions"])]} for section in structure["sections"]]
    return {**structure, "sections": sections}


def audiences(structure: Structure) -> list[dict]:
    return structure.get("audiences") or []


def is_for(section: Mapping[str, Any], answers: Mapping[str, Any], facts: Facts) -> bool:
    """Whether a section is for this respondent: those of no audience are for everybody."""
    wanted = section.get("audiences")
    return not wanted or any(holds({"audience": code}, answers, facts) for code in wanted)


def visible_answers(
    structure: Structure, answers: Answers, facts: Facts = NOTHING_KNOWN
) -> tuple[list[tuple[dict, list[dict]]], Answers]:
    """Sections with the questions shown to a respondent, and the answers without those to hidden questions.

    Goes in order, so a condition never sees an answer that is itself hidden.
    """
    shown, kept = [], {}
    for section in structure["sections"]:
        if not is_for(section, kept, facts) or not holds(section.get("show"), kept, facts):
            continue
        here = []
        for question in section["questions"]:
            if holds(question.get("show"), kept, facts):
                here.append(question)
                for key in keys_of(question):
                    if key in answers:
                        kept[key] = answers[key]
        if here:
            shown.append((section, here))
    return shown, kept


def is_required(question: Mapping[str, Any], answers: Mapping[str, Any], facts: Facts = NOTHING_KNOWN) -> bool:
    condition = question.get("require")
    return bool(question.get("required") or (condition and holds(condition, answers, facts)))


def keys_of(question: Mapping[str, Any]) -> list[str]:
    """Under which keys a question's answer is kept: its code, and the words given for “other”."""
    return [question["code"], *([f"{question['code']}.other"] if question.get("other") else [])]


def check(structure: Structure) -> None:
    """Raises StructureError with the first thing wrong, as it must be before anybody answers."""
    refuse(faults(structure))


def check_draft(structure: Structure) -> None:
    """Raises StructureError with the first thing for which it cannot even be kept to be mended."""
    refuse(deep_faults(structure))


def refuse(found: Iterator[tuple[str, str]]) -> None:
    for code, fault in found:
        raise StructureError(f"{code}: {fault}" if code else fault)


def faults(structure: Structure) -> Iterator[tuple[str, str]]:
    """Everything wrong with a structure: the code of a section or question and what is wrong there."""
    yield from deep_faults(structure)
    yield from profile_faults(structure)


def profile_faults(structure: Structure) -> Iterator[tuple[str, str]]:
    """Questions under a code by which results are compared that cannot be compared by."""
    for question in questions(structure):
        wanted = PROFILE_TYPES.get(question["code"], question["type"])
        if question["type"] != wanted:
            told = _("results are compared by %(code)s, so it has to be of the type “%(type)s”, or needs another code")
            yield question["code"], told % {"code": question["code"], "type": TYPES[wanted].name}


def deep_faults(structure: Structure) -> Iterator[tuple[str, str]]:
    """What makes a structure unreadable or its conditions meaningless."""
    seen: dict[str, dict] = {}
    if len(list(questions(structure))) > MOST_QUESTIONS:
        yield "", _("a questionnaire has at most %(n)s questions") % {"n": MOST_QUESTIONS}
    sections: set[str] = set()
    for section in structure["sections"]:
        yield from section_faults(section, structure, sections, seen)
        for question in section["questions"]:
            for fault in question_faults(question, seen, structure):
                yield question["code"], fault
            seen.setdefault(question["code"], question)


def section_faults(section, structure: Structure, sections: set[str], seen) -> Iterator[tuple[str, str]]:
    code = section["code"]
    if code in sections:
        yield code, _("the code is used twice")
    sections.add(code)
    known = set(codes(structure, "audiences"))
    for audience in section.get("audiences") or []:
        if audience not in known:
            yield code, _("there is no audience %(code)s") % {"code": audience}
    for fault in condition_faults(section.get("show"), seen, structure):
        yield code, fault


def question_faults(question, seen: dict[str, dict], structure: Structure) -> Iterator[str]:
    if question["code"] in seen:
        yield _("the code is used twice")
    if not CODE.fullmatch(question["code"]):
        yield _("the code must begin with a letter and have small letters, digits and _ only, at most 32")
    kind = TYPES.get(question["type"])
    if kind is None:
        yield _("unknown type %(type)s") % {"type": question["type"]}
        return
    for part, least in kind.parts:
        yield from part_faults(question, part, least)
    yield from kind.define(question)
    if question.get("identifies") and not kind.by_mark:
        yield _("only short and long texts can be marked as asking for personal data")
    for condition in (question.get("show"), question.get("require")):
        yield from condition_faults(condition, seen, structure)


def condition_faults(condition, earlier: dict[str, dict], structure: Structure) -> Iterator[str]:
    try:
        found = list(leaves(condition))
    except StructureError as problem:
        yield str(problem)
        return
    if len(found) > MOST_LEAVES:
        yield _("the condition asks more than %(n)s things") % {"n": MOST_LEAVES}
    for operator, name, value in found:
        yield from leaf_faults(operator, name, value, earlier, structure)


def leaf_faults(operator: str, name: str, value, earlier: dict[str, dict], structure: Structure) -> Iterator[str]:
    if operator in OF_FACTS:
        known = codes(structure, "audiences")
        if operator == "audience" and known and name not in known:
            yield _("there is no audience %(code)s") % {"code": name}
        return
    code, _dot, row = name.partition(".")
    question = earlier.get(code)
    if question is None:
        yield _("the condition refers to %(code)s, which is not earlier") % {"code": code}
        return
    kind = TYPES.get(question["type"])
    if kind is None:
        return
    if operator not in kind.asks or (kind.by_row and not row and operator != "answered"):
        told = _("the condition asks “%(operator)s” of %(code)s, a question of type %(type)s")
        yield told % {"operator": operator, "code": code, "type": question["type"]}
    elif row and row not in codes(question, "rows"):
        yield _("the condition asks for %(row)s, which is no row of %(code)s") % {"row": row, "code": code}
    elif operator in ("eq", "in") and not is_possible(question, value):
        yield _("the condition asks for %(value)s, which is no answer to %(code)s") % {"value": value, "code": code}


def is_possible(question: Mapping[str, Any], value: Any) -> bool:
    known = possible(question)
    return isinstance(value, str | int | float) and (value in known or not known)


def possible(question: Mapping[str, Any]) -> set:
    """Values a condition may ask for; empty when anything may be."""
    match question["type"]:
        case "likert":
            return {*codes(question, "scale"), *(["dont_know"] if question.get("dont_know") else [])}
        case "matrix" | "matrix_multiple":
            return {*codes(question, "columns"), *(["dont_know"] if question.get("dont_know") else [])}
        case "rating":
            return set(range(1, (question.get("max") or 0) + 1))
        case _:
            return set(codes(question))


def depends_on(structure: Structure, code: str) -> list[str]:
    """Codes of the sections and questions shown or required for the answer to a question, the audience or LANGUAGE."""
    parts = [part for section in structure["sections"] for part in (section, *section["questions"])]
    return [part["code"] for part in parts if code in decided_by(part)]


def decided_by(part: Mapping[str, Any]) -> set[str]:
    """Codes of the questions that a section or question is shown or required for, AUDIENCE and LANGUAGE among them."""
    found = {AUDIENCE} if part.get("audiences") else set()
    for condition in (part.get("show"), part.get("require")):
        found |= questions_in(condition)
        found |= {LANGUAGE for operator, _name, _value in leaves(condition) if operator == "language"}
    return found
