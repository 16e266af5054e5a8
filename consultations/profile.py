"""What the program itself must know of a questionnaire: its profile questions, and the answers to “which country”."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.vocabulary import selectors as vocabulary

ELSEWHERE = "other"
AUDIENCE = "audience"  # the profile question that parts audiences
PROFILES = ("audience", "country", "org_type", "size")
PROFILE_TYPES = {"audience": "single", "country": "country", "org_type": "single", "size": "single"}


def is_profile(question: Mapping[str, Any]) -> bool:
    """Whether results are compared by a question: its code says so, and its type lets them."""
    return PROFILE_TYPES.get(question["code"]) == question["type"]


def audience_of(said: Any, link: Any, options: Collection[str]) -> str:
    """The audience an answer belongs to: what was said, else that of the link where it is one of `options`, or none."""
    if isinstance(said, str) and said:
        return said
    return link if link in options else ""


def with_audience(structure: dict[str, Any]) -> dict[str, Any]:
    """A structure that also asks for the audience, first of all, where it is known from links alone; for counting."""
    asked = any(question["code"] == AUDIENCE for section in structure["sections"] for question in section["questions"])
    if asked or not structure.get("audiences"):
        return structure
    text = {}
    for code in CODES:
        with override(interface_code(code)):
            text[code] = _("Audience")
    question = {"code": AUDIENCE, "type": "single", "text": text, "options": structure["audiences"]}
    section = {"code": "", "title": text, "questions": [question]}
    return {**structure, "sections": [section, *structure["sections"]]}


def as_counted(structure: dict[str, Any], links: Iterable[str]) -> dict[str, Any]:
    """`with_audience` where any of these audiences that came with links is one."""
    return with_audience(structure) if any(links) else structure


def countries() -> list[str]:
    return [country.code for country in vocabulary.countries()] + [ELSEWHERE]
