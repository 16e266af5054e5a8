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


@dataclass(frozen=True)
class Row:
    """A stretch of both texts up to an end of a line that they share: what stood there, and what stands there now."""

    before: list[Piece]
    after: list[Piece]

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def side_by_side(found: list[Piece]) -> list[Row]:
    """The pieces as rows of two columns."""
    rows, row = [], Row([], [])
    for piece in found:
        for text in lines(piece.text) if piece.kind == "same" else [piece.text]:
            part = Piece(piece.kind, text)
            row.before.extend([part] if piece.kind != "new" else [])
            row.after.extend([part] if piece.kind != "gone" else [])
            if piece.kind == "same" and text.endswith("\n"):
                rows.append(row)
                row = Row([], [])
    return [one for one in [*rows, row] if any(piece.text.strip() for piece in [*one.before, *one.after])]


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
