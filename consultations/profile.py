"""What the program itself must know of a questionnaire: its profile questions, and the answers to “which country”."""

from collections.abc import Mapping
from typing import Any

from platform_core.ground.vocabulary import selectors as vocabulary

ELSEWHERE = "other"
PROFILES = ("audience", "country", "org_type", "size")
PROFILE_TYPES = {"audience": "single", "country": "country", "org_type": "single", "size": "single"}


def is_profile(question: Mapping[str, Any]) -> bool:
    """Whether results are compared by a question: its code says so, and its type lets them."""
    return PROFILE_TYPES.get(question["code"]) == question["type"]


def countries() -> list[str]:
    return [country.code for country in vocabulary.countries()] + [ELSEWHERE]
