"""What comes with the program for every questionnaire: the profile questions and the usual scales."""

import json
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from platform_core.ground.texts.codes import CODES, SOURCE

from .demonstration import reading

SCALES = Path(__file__).parent / "reference" / "scales.json"


@lru_cache(maxsize=1)
def shared() -> dict[str, Any]:
    """The shared parts of all questionnaires, in every language in which none of them is lacking."""
    found = reading.filed(reading.SHARED)
    for language in CODES:
        if language != SOURCE and not reading.lacking(language, reading.SHARED, reading.FOLDER):
            reading.translate(found, reading.translations(language, reading.SHARED), language)
    return found


def profile() -> dict[str, Any]:
    """A questionnaire with the profile questions alone."""
    found = deepcopy(shared())
    audiences = [{"code": one["code"], "text": one["name"]} for one in found["audiences"]]
    return {"sections": reading.filled(found["sections"], reading.parts(found)), "audiences": audiences}


def scales() -> dict[str, list[dict]]:
    """The scales of the filed questionnaires and those filed beside them."""
    return {**deepcopy(shared()["scales"]), **json.loads(SCALES.read_text(encoding="utf-8"))}
