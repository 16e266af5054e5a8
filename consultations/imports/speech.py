"""What languages are called in files of other programs."""

import re

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name

ENGLISH = {
    "english": "en",
    "italian": "it",
    "german": "de",
    "hungarian": "hu",
    "romanian": "ro",
    "bulgarian": "bg",
    "greek": "el",
    "slovak": "sk",
    "slovenian": "sl",
    "slovene": "sl",
    "croatian": "hr",
    "serbian": "sr",
}
BRACKETED = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z]+)*\)\s*$")


def language_of(name: str) -> str:
    """The platform's code for `English (en)`, `de-informal`, `Ελληνικά`; nothing for other languages."""
    bracketed = BRACKETED.search(name)
    code = (bracketed.group(1) if bracketed else re.split(r"[-_]", name.strip())[0]).lower()
    if code in CODES:
        return code
    word = name.partition("(")[0].strip().lower()
    natives = {native_name(interface_code(code)).lower(): code for code in CODES}
    return ENGLISH.get(word) or natives.get(word, "")
