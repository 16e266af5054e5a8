"""Our own JSON, which loses nothing: `{"title", "summary", "structure": {"sections", "audiences"}}`, or its structure."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES

from .. import structure as questionnaire
from ..conditions import StructureError
from ..models import Consultation, Questionnaire
from .bounds import UnreadableError, decoded, picture_ending
from .drafting import Draft

FORMAT = "clusterpolisee.questionnaire"
TEXTS = ("title", "text", "help", "unit", "low", "high")
PARTS = ("options", "rows", "columns", "scale")
LISTS = ("sections", "audiences", "questions", *PARTS)
DEEPEST = 40
LARGEST = 3 * 2**20  # bytes of a picture
MOST_OF_PICTURES = 6 * 2**20


def written(version: Questionnaire) -> str:
    """A version as a file that can be read again."""
    consultation: Consultation = version.consultation
    document = {
        "format": FORMAT,
        "title": consultation.title.stored(),
        "summary": consultation.summary.stored(),
        "languages": consultation.languages,
        "structure": version.structure,
        "pictures": dict(pictures_of(version)),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def pictures_of(version: Questionnaire) -> Iterator[tuple[str, str]]:
    """Pictures by their hash, as many as can be read back."""
    left = MOST_OF_PICTURES
    rows = version.consultation.illustrations.filter(file__sha256__in=questionnaire.pictures_in(version.structure))
    for row in rows.select_related("file").order_by("file__sha256"):
        if row.file.size <= left:
            left -= row.file.size
            with row.file.content.open("rb") as picture:
                yield row.file.sha256, b64encode(picture.read()).decode()


def read(content: bytes, draft: Draft) -> None:
    try:
        found = json.loads(decoded(content))
    except (ValueError, RecursionError) as problem:
        raise UnreadableError(_("The file cannot be read as JSON.")) from problem
    if not isinstance(found, dict):
        raise malformed("{}")
    structure = found.get("structure", found)
    check_shape(structure)
    structure = {word: structure[word] for word in ("sections", "audiences") if word in structure}
    try:
        questionnaire.check_draft(structure)
    except (StructureError, TypeError, KeyError, ValueError, AttributeError) as problem:
        raise UnreadableError(_("The questionnaire is not sound: %(why)s") % {"why": problem}) from problem
    draft.sections, draft.audiences = structure["sections"], structure.get("audiences", [])
    draft.pictures = pictures_in(found)
    draft.title, draft.summary = texts_of(found, "title"), texts_of(found, "summary")
    for text in (draft.title, draft.summary, *texts_in(structure)):
        draft.languages.update(text)


def pictures_in(found: dict) -> dict[str, bytes]:
    """Pictures that came in the file; each has to be what its hash says, and a picture."""
    held = found.get("pictures", {})
    if not isinstance(held, dict):
        raise malformed("pictures")
    made = {}
    for digest, text in held.items():
        try:
            content = b64decode(text, validate=True)
        except (ValueError, TypeError) as problem:
            raise malformed(f"pictures {digest}") from problem
        if sha256(content).hexdigest() != digest or not picture_ending(content) or len(content) > LARGEST:
            raise malformed(f"pictures {digest}")
        made[digest] = content
    return made


def texts_of(found: dict, word: str) -> dict[str, str]:
    text = found.get(word, {})
    check_text(text, word)
    return text


def malformed(place: str) -> UnreadableError:
    return UnreadableError(_("This is not as a questionnaire must be: %(place)s") % {"place": place[:100]})


def check_shape(structure: Any) -> None:
    """That everything is a list, a mapping or a text where the program expects one."""
    if not isinstance(structure, dict) or not isinstance(structure.get("sections"), list):
        raise malformed("sections")
    check_node(structure, "", 0)
    for section in structure["sections"]:
        need(section, ("code", "title", "questions"), "sections")
        for question in section["questions"]:
            need(question, ("code", "type", "text"), section["code"])
            for part in PARTS:
                for item in question.get(part, []):
                    need(item, ("code", "text"), question["code"])


def need(node: Any, words: tuple[str, ...], place: str) -> None:
    if not isinstance(node, dict) or any(word not in node for word in words) or not isinstance(node["code"], str):
        raise malformed(place)


def check_node(node: Mapping[str, Any], place: str, depth: int) -> None:
    if depth > DEEPEST:
        raise malformed(place)
    for word, value in node.items():
        if word in LISTS:
            if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
                raise malformed(f"{place} {word}".strip())
            for item in value:
                check_node(item, str(item.get("code", word)), depth + 1)
        elif word in TEXTS:
            check_text(value, f"{place} {word}".strip())


def check_text(value: Any, place: str) -> None:
    if not isinstance(value, dict) or not all(code in CODES and isinstance(text, str) for code, text in value.items()):
        raise malformed(place)


def texts_in(node: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for word, value in node.items():
        if word in LISTS:
            for item in value:
                yield from texts_in(item)
        elif word in TEXTS:
            yield value
