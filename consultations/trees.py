"""Changing conditions piece by piece, and saying them in words.

A place in a tree is a path of numbers: `""` is the whole, `"1"` the second part of the whole, `"1.0"` the first part of that.
`not` has no number of its own.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.languages import native_name

from .conditions import JOINING, OF_FACTS, Condition, parts_of
from .questions.days import day_of
from .questions.kinds import codes, names, words


def inner(tree: Condition) -> tuple[bool, Condition]:
    """Whether a condition is turned round, and what is inside."""
    operator, operand = parts_of(tree)
    return (True, operand) if operator == "not" else (False, tree)


def joined(tree: Condition | None) -> Condition:
    """The condition as a list of parts, a single one as the only part of `all`."""
    if not tree:
        return {"all": []}
    turned, inside = inner(tree)
    return tree if not turned and parts_of(inside)[0] in JOINING else {"all": [tree]}


def numbers_of(path: str) -> list[int]:
    return [int(number) for number in path.split(".") if number.isdecimal()]


def at(tree: Condition, path: str) -> tuple[list, int]:
    """The list a part stands in and its number there; IndexError when there is none."""
    *above, number = numbers_of(path)
    here = parts_of(tree)[1]
    for step in above:
        operator, operand = parts_of(inner(here[step])[1])
        if operator not in JOINING:
            raise IndexError(path)
        here = operand
    if number >= len(here):
        raise IndexError(path)
    return here, number


def added(tree: Condition | None, leaf: Condition, group: str = "", *, is_new_group: bool = False) -> Condition:
    """With one condition more, in the whole or in the group at a place; a new group begins with it."""
    whole = deepcopy(joined(tree))
    join, parts = parts_of(whole)
    if is_new_group:
        parts.append({"any" if join == "all" else "all": [leaf]})
    elif group:
        here, number = at(whole, group)
        _join, inside = parts_of(inner(here[number])[1])
        inside.append(leaf)
    else:
        parts.append(leaf)
    return whole


def removed(tree: Condition, path: str) -> Condition | None:
    """Without the part at a place; groups with nothing left go, too."""
    whole = deepcopy(joined(tree))
    here, number = at(whole, path)
    del here[number]
    return tidied(whole)


def turned(tree: Condition, path: str) -> Condition:
    """The part at a place turned round, or back."""
    whole = deepcopy(joined(tree))
    here, number = at(whole, path)
    is_turned, inside = inner(here[number])
    here[number] = inside if is_turned else {"not": inside}
    return whole


def joined_by(tree: Condition, path: str, join: str) -> Condition:
    """The whole, or the group at a place, joined by `all` or `any`."""
    whole = deepcopy(joined(tree))
    if not path:
        return {join: parts_of(whole)[1]}
    here, number = at(whole, path)
    is_turned, inside = inner(here[number])
    group = {join: parts_of(inside)[1]}
    here[number] = {"not": group} if is_turned else group
    return whole


def tidied(tree: Condition) -> Condition | None:
    """Without empty groups; None when nothing is left."""
    operator, operand = parts_of(tree)
    if operator == "not":
        left = tidied(operand)
        return None if left is None else {"not": left}
    if operator not in JOINING:
        return tree
    parts = [left for left in map(tidied, operand) if left is not None]
    return {operator: parts} if parts else None


def without(tree: Condition, gone: set[str]) -> Condition | None:
    """Without what is asked of some questions."""
    operator, operand = parts_of(tree)
    if operator in JOINING:
        parts = [left for left in (without(part, gone) for part in operand) if left is not None]
        return {operator: parts} if parts else None
    if operator == "not":
        left = without(operand, gone)
        return None if left is None else {"not": left}
    if operator == "audience" and "audience" in gone:
        return None
    return None if operator not in OF_FACTS and code_in(operator, operand) in gone else tree


def code_in(operator: str, operand: Any) -> str:
    return str(operand if operator == "answered" else operand[0]).partition(".")[0]


def renamed(tree: Condition, old: str, new: str) -> Condition:
    operator, operand = parts_of(tree)
    if operator in JOINING:
        return {operator: [renamed(part, old, new) for part in operand]}
    if operator == "not":
        return {"not": renamed(operand, old, new)}
    if operator in OF_FACTS or code_in(operator, operand) != old:
        return tree
    if operator == "answered":
        return {operator: moved(operand, old, new)}
    return {operator: [moved(operand[0], old, new), operand[1]]}


def moved(name: str, old: str, new: str) -> str:
    return new + name.removeprefix(old)


def in_words(tree: Condition | None, known: Mapping[str, Mapping], audiences: Mapping[str, str]) -> str:
    """A condition as a sentence; `known` are the questions by code."""
    if not tree:
        return ""
    operator, operand = parts_of(tree)
    if operator in JOINING:
        told = [bracketed(part, known, audiences) for part in operand]
        return (_(" and ") if operator == "all" else _(" or ")).join(told)
    if operator == "not":
        return _("not (%(condition)s)") % {"condition": in_words(operand, known, audiences)}
    return leaf_words(operator, operand, known, audiences)


def bracketed(part: Condition, known, audiences) -> str:
    told = in_words(part, known, audiences)
    operator, operand = parts_of(part)
    return f"({told})" if operator in JOINING and len(operand) > 1 else told


def leaf_words(operator: str, operand: Any, known, audiences) -> str:
    if operator == "language":
        return _("the language is %(language)s") % {"language": native_name(interface_code(str(operand)))}
    if operator == "audience":
        return _("the audience is “%(audience)s”") % {"audience": audiences.get(operand, operand)}
    name, value = (operand, None) if operator == "answered" else operand
    told = {"question": question_words(str(name), known), "value": value_words(str(name), value, known)}
    return sentences()[operator] % told


def sentences() -> dict[str, str]:
    return {
        "answered": _("“%(question)s” is answered"),
        "eq": _("“%(question)s” is “%(value)s”"),
        "in": _("“%(question)s” includes “%(value)s”"),
        "lt": _("“%(question)s” is less than %(value)s"),
        "le": _("“%(question)s” is at most %(value)s"),
        "gt": _("“%(question)s” is more than %(value)s"),
        "ge": _("“%(question)s” is at least %(value)s"),
    }


def question_words(name: str, known: Mapping[str, Mapping]) -> str:
    code, _dot, row = name.partition(".")
    question = known.get(code)
    if question is None:
        return name
    told = words(question.get("text")) or code
    return f"{told}: {names(question, 'rows').get(row, row)}" if row else told


def value_words(name: str, value: Any, known: Mapping[str, Mapping]) -> str:
    question = known.get(name.partition(".")[0]) or {}
    if value == "dont_know":
        return _("Don't know")
    for part in ("scale", "columns", "options"):
        if value in codes(question, part):
            return names(question, part)[value]
    day = day_of(value) if isinstance(value, str) else None
    return date_format(day, "DATE_FORMAT") if day else f"{value:g}" if isinstance(value, float) else str(value)


def outline(tree: Condition | None, known, audiences, path: str = "") -> list[dict]:
    """The parts of a condition in the shape of its list on the page: words, place, whether turned, and parts of groups."""
    rows = []
    for number, part in enumerate(parts_of(joined(tree))[1] if not path else parts_of(tree)[1]):
        is_turned, inside = inner(part)
        operator, _operand = parts_of(inside)
        place = f"{path}.{number}".lstrip(".")
        row = {"path": place, "turned": is_turned, "words": in_words(inside, known, audiences), "join": "", "parts": []}
        if operator in JOINING:
            row |= {"join": operator, "parts": outline(inside, known, audiences, place)}
        rows.append(row)
    return rows
