"""The texts of a questionnaire by key: `s.<section>.title`, `q.<question>.text`, `q.<question>.option.<option>`.

Pure functions over its structure; wherever a part holds words by language, they are found.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from platform_core.ground.texts.codes import CODES, SOURCE

Structure = dict[str, Any]
PARTS = {"options": "option", "rows": "row", "columns": "column", "scale": "step"}
LANGUAGES = frozenset(CODES)


@dataclass(frozen=True)
class Place:
    """Where a text stands: the part that holds it under `name`, in which section, and in the how manieth question.

    `part` is section, audience, question, option, row, column or step; `number` is 0 outside of questions.
    """

    key: str
    holder: dict[str, Any]
    name: str
    part: str
    number: int = 0
    section: Mapping[str, str] | None = None
    code: str = ""

    @property
    def texts(self) -> dict[str, str]:
        return self.holder[self.name]

    @property
    def source(self) -> str:
        """English where there is any, else the first language it is written in."""
        return SOURCE if SOURCE in self.texts else next((code for code in CODES if code in self.texts), SOURCE)


def places(structure: Structure) -> Iterator[Place]:
    """Every text in the order in which it is read."""
    for audience in structure.get("audiences", ()):
        if isinstance(audience, dict):
            for name in worded(audience):
                yield Place(f"a.{audience['code']}.{name}", audience, name, "audience", code=audience["code"])
    number = 0
    for section in structure["sections"]:
        title = section.get("title")
        for name in worded(section):
            yield Place(f"s.{section['code']}.{name}", section, name, "section", section=title, code=section["code"])
        for question in section["questions"]:
            number += 1
            yield from places_of(question, number, title)


def places_of(question: dict[str, Any], number: int, section: Mapping[str, str] | None) -> Iterator[Place]:
    stem = f"q.{question['code']}"
    for name in worded(question):
        yield Place(f"{stem}.{name}", question, name, "question", number, section, question["code"])
    for group, part in PARTS.items():
        for choice in question.get(group) or ():
            for name in worded(choice):
                end = "" if name == "text" else f".{name}"
                yield Place(f"{stem}.{part}.{choice['code']}{end}", choice, name, part, number, section, choice["code"])


def worded(part: dict[str, Any]) -> list[str]:
    """Under which names a part holds words by language."""
    return [name for name, value in part.items() if is_worded(value)]


def is_worded(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and LANGUAGES.issuperset(value)
        and all(isinstance(words, str) for words in value.values())
    )


def read(structure: Structure, key: str) -> dict[str, str]:
    """The words of one text by language; raises KeyError where there is no such text."""
    for place in places(structure):
        if place.key == key:
            return place.texts
    raise KeyError(key)


def put(structure: Structure, language: str, translated: Mapping[str, str]) -> Structure:
    """Another structure with these texts in a language; raises KeyError for keys it does not have."""
    made = copy.deepcopy(structure)
    held = {place.key: place for place in places(made)}
    for key, words in translated.items():
        held[key].texts[language] = words
    return made
