"""Where one text stands in one language. Pure functions over what is stored; being out of date is computed, never marked."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from platform_core.ground.registry.kinds import SourceText
from platform_core.ground.texts.comparison import Piece, pieces

from .models import TranslationState
from .texts import normal

SOURCE, REVIEWED, DRAFT, STALE, MISSING = "source", "reviewed", "draft", "stale", "missing"
Rows = Mapping[tuple[str, str], TranslationState]


def hash_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Cell:
    """One text in one language: what stands in the thing (`kept`), and a draft that waits, if there is one."""

    text: SourceText
    language: str
    row: TranslationState | None = None

    @property
    def kept(self) -> str:
        return self.text.texts.get(self.language, "")

    @property
    def draft(self) -> str:
        return self.row.draft if self.row else ""

    @property
    def current(self) -> str:
        """What the desk shows: the draft, else what stands in the thing."""
        return self.draft or self.kept

    @property
    def made_from(self) -> str:
        """The source the current translation was made from; empty where nobody noted it."""
        if self.row is None:
            return ""
        return self.row.draft_source if self.row.draft else self.row.source

    @property
    def is_current(self) -> bool:
        """Whether what stands in the thing was made from the source as it reads now."""
        return bool(self.kept and self.row and self.row.source_hash == hash_of(self.text.words))

    @property
    def state(self) -> str:
        if self.language == self.text.source:
            return SOURCE
        if self.is_current and self.row and self.row.is_reviewed:
            return REVIEWED
        if self.is_current or (self.draft and self.made_from == self.text.words):
            return DRAFT
        return STALE if self.current else MISSING

    @property
    def source_changes(self) -> list[Piece]:
        """How the source the translation was made from became today's."""
        if not self.current or not self.made_from or self.made_from == self.text.words:
            return []
        return pieces(self.made_from, self.text.words)

    @property
    def mark(self) -> str:
        """Tells apart what was seen: changes with the source and with the current translation."""
        return f"{hash_of(self.text.words)[:12]}-{hash_of(normal(self.current))[:12]}"


@dataclass(frozen=True)
class Readiness:
    """How many texts of a thing are in which state in a language; `waiting` drafts wait for review.

    `left` counts the texts without which the language does not open, `sources` those that were written in it first.
    """

    language: str
    texts: int = 0
    required: int = 0
    reviewed: int = 0
    drafts: int = 0
    stale: int = 0
    missing: int = 0
    waiting: int = 0
    left: int = 0
    sources: int = 0

    @property
    def is_ready(self) -> bool:
        return self.texts > 0 and self.left == 0

    @property
    def is_source(self) -> bool:
        """Whether there is nothing to translate into it."""
        return self.texts > 0 and self.sources == self.texts


def readiness_in(language: str, cells: Iterable[Cell]) -> Readiness:
    counts = dict.fromkeys((SOURCE, REVIEWED, DRAFT, STALE, MISSING), 0)
    required = waiting = left = 0
    for cell in cells:
        state = cell.state
        counts[state] += 1
        waiting += bool(cell.draft)
        required += cell.text.required
        left += cell.text.required and state not in (SOURCE, REVIEWED)
    return Readiness(
        language=language,
        texts=sum(counts.values()),
        required=required,
        reviewed=counts[SOURCE] + counts[REVIEWED],
        drafts=counts[DRAFT],
        stale=counts[STALE],
        missing=counts[MISSING],
        waiting=waiting,
        left=left,
        sources=counts[SOURCE],
    )
