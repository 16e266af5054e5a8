"""Questionnaires as they are filed: a structure with its English texts, and a flat file of texts for each other language.

What several questionnaires share, they name: `{"shared": "about_you"}` stands for that part of `shared.json`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platform_core.ground.texts.codes import CODES, SOURCE

FOLDER = Path(__file__).parent / "questionnaires"
SHARED = "shared"
WORDS = ("text", "help", "unit", "low", "high")
ITEMS = {"options": "option", "rows": "row", "columns": "column"}

Texts = dict[str, str]


def questionnaire(code: str, folder: Path = FOLDER) -> dict[str, Any]:
    """All of it, with its texts in the languages in which none is lacking."""
    own, shared = filed(code, folder), filed(SHARED, folder)
    languages = [language for language in CODES if language == SOURCE or complete(language, code, folder)]
    for language in languages[1:]:
        translate(own, translations(language, code, folder), language)
        translate(shared, translations(language, SHARED, folder), language)
    return {**filled(own, parts(shared)), "languages": languages}


def filed(code: str, folder: Path = FOLDER) -> dict[str, Any]:
    return json.loads((folder / f"{code}.json").read_text(encoding="utf-8"))


def codes(folder: Path = FOLDER) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.json") if path.stem != SHARED)


def translations(language: str, code: str, folder: Path = FOLDER) -> Texts:
    path = folder / "texts" / language / f"{code}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def complete(language: str, code: str, folder: Path = FOLDER) -> bool:
    return not any(lacking(language, name, folder) for name in (code, SHARED))


def lacking(language: str, code: str, folder: Path = FOLDER) -> list[str]:
    found = translations(language, code, folder)
    return [key for key, _text in texts(filed(code, folder)) if not found.get(key)]


def translate(document: dict, translated: Texts, language: str) -> None:
    for key, text in texts(document):
        text[language] = translated[key]


def texts(document: dict) -> Iterator[tuple[str, Texts]]:
    """Every text of a file with its key; texts that stand in the shared file are left to it."""
    yield from words(document, "", ("title", "summary"))
    for audience in document.get("audiences", []):
        yield from words(audience, "audience.", ("name",), audience.get("code", ""))
    for section in document.get("sections", []):
        yield from words(section, f"s.{section.get('code')}.", ("title", "text"))
        yield from asked(section.get("questions", []))
    yield from asked(document.get("questions", []))
    yield from named(document.get("options", []), "option")
    for name, steps in document.get("scales", {}).items():
        yield from named(steps, f"scale.{name}")
    for name, text in document.get("texts", {}).items():
        yield f"text.{name}", text


def asked(questions: list[dict]) -> Iterator[tuple[str, Texts]]:
    for question in questions:
        place = f"q.{question.get('code')}"
        yield from words(question, f"{place}.", WORDS)
        for field, kind in ITEMS.items():
            yield from named(question.get(field, []), f"{place}.{kind}")
        if isinstance(question.get("scale"), list):
            yield from named(question["scale"], f"{place}.scale")


def named(items: list[dict], place: str) -> Iterator[tuple[str, Texts]]:
    for item in items:
        yield from words(item, f"{place}.", ("text",), item.get("code", ""))


def words(holder: dict, place: str, fields: tuple[str, ...], name: str = "") -> Iterator[tuple[str, Texts]]:
    for field in fields:
        if SHARED not in holder.get(field, {SHARED: ""}):
            yield f"{place}{name or field}", holder[field]


def parts(shared: dict) -> dict[str, Any]:
    """Everything that can be named, by its name."""
    coded = [part for kind in ("audiences", "sections", "questions", "options") for part in shared[kind]]
    return {**{part["code"]: part for part in coded}, **shared["scales"], **shared["texts"]}


def filled(part: Any, known: dict[str, Any]) -> Any:
    """With the shared parts in the places that name them."""
    if isinstance(part, list):
        return [filled(item, known) for item in part]
    if not isinstance(part, dict):
        return part
    if [*part] == [SHARED]:
        return filled(known[part[SHARED]], known)
    return {key: filled(value, known) for key, value in part.items()}
