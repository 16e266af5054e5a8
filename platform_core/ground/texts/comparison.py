"""Two texts side by side, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = 20_000
SHORT = 2_000  # parts up to which each is looked for everywhere; in longer texts the commonest ones are passed over
PART = re.compile(r"\s*\S+\s*|\s+")  # a word with the space after it: spaces alone would be found everywhere


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one field, in words; `name` is empty for the text itself."""

    name: str
    pieces: list[Piece]


def pieces(before: str, after: str) -> list[Piece]:
    """How one text became another. Texts of more than 20,000 words are compared line by line."""
    split = PART.findall if max(len(before), len(after)) < 6 * WORDS else lines
    old, new = split(before), split(after)
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > SHORT)
    found = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[old_start:old_end])))
            continue
        if old_end > old_start:
            found.append(Piece("gone", "".join(old[old_start:old_end])))
        if new_end > new_start:
            found.append(Piece("new", "".join(new[new_start:new_end])))
    return found


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
