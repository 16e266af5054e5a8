"""Texts in eleven languages, of the words that the demonstration's questionnaires use in each, as often as they use them.

They speak of the same matters as the records of `pairs`, so that these have company that nearly answers.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from benchmarks.texts import Writer
from platform_core.ground.texts.codes import CODES, SOURCE

FOLDER = Path(__file__).resolve().parent.parent / "consultations/demonstration/questionnaires"
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass
class Tongues(Writer):
    """Each record in one language, in turn; every second one has an English title and summary beside it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.spoken = {language: counted(language) for language in CODES}

    def languages(self, place: int) -> list[str]:
        own = CODES[place % len(CODES)]
        return [own] if own == SOURCE or place // len(CODES) % 2 else [own, SOURCE]

    def some(self, number: int, language: str) -> list[str]:
        words, weights = self.spoken[language]
        return self.chance.choices(words, cum_weights=weights, k=number)


def counted(language: str) -> tuple[list[str], list[int]]:
    """The words of a language and how often they and those before them stand in the questionnaires."""
    folder = FOLDER if language == SOURCE else FOLDER / "texts" / language
    found = Counter(
        word
        for path in sorted(folder.glob("*.json"))
        for text in said(json.loads(path.read_text()), language)
        for word in WORD.findall(text)
    )
    return list(found), list(accumulate(found.values()))


def said(node: object, language: str) -> Iterator[str]:
    """The texts of a file: flat for every language but the source, in which they stand under its code."""
    if language != SOURCE:
        yield from node.values()
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == SOURCE and isinstance(value, str):
                yield value
            else:
                yield from said(value, language)
    elif isinstance(node, list):
        for value in node:
            yield from said(value, language)
