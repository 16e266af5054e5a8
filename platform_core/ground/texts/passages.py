"""Texts taken apart into what is spoken about: headings, paragraphs, lists, tables; found again after changes."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from markdown_it.token import Token

from .markdown import PARSER, cleaned

ALIKE = 0.6  # the part of their words that two passages have in common, from which on one is what became of the other
KEPT = 64  # texts whose passages each process keeps


@dataclass(frozen=True)
class Passage:
    """Part `number` of a text, from 1. `key` stays while its `words` do, wherever it moves; what has none is not spoken
    about: a line across, the footnotes.
    """

    number: int
    key: str
    words: str
    html: str = ""


def page(number: int, text: str = "") -> Passage:
    """A page of a file, which keeps its place by its number."""
    return Passage(number, f"page-{number}", " ".join(text.split()))


def blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens of each part that stands in nothing else."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def words_of(block: Sequence[Token]) -> str:
    """What it says, without marks and with single spaces."""
    if block[0].type == "footnote_block_open":
        return ""
    told = (said(token) for token in block if token.type in {"inline", "fence", "code_block"})
    return " ".join(" ".join(told).split())


def said(token: Token) -> str:
    plain = "".join(" " if part.type.endswith("break") else part.content for part in token.children or ())
    return plain if plain.strip() else token.content


def taken_apart(tokens: Sequence[Token], html_of: Callable[[list[Token]], SafeString]) -> Iterator[Passage]:
    """The passages of a parsed text; of those that say the same the later ones are told apart by a number."""
    taken: dict[str, int] = {}
    for number, block in enumerate(blocks(tokens), 1):
        words = words_of(block)
        key = f"text-{hashlib.sha256(words.encode()).hexdigest()[:10]}"
        taken[key] = taken.get(key, 0) + 1
        yield Passage(number, key if taken[key] == 1 else f"{key}-{taken[key]}", words, html_of(block))


@lru_cache(maxsize=KEPT)
def passages(text: str) -> tuple[Passage, ...]:
    """Those of a Markdown text, as safe HTML."""
    return tuple(
        taken_apart(PARSER.parse(text), lambda block: cleaned(PARSER.renderer.render(block, PARSER.options, {})))
    )


def found_again(before: Passage, now: Sequence[Passage], stood: Collection[str]) -> Passage | None:
    """Where a passage of an earlier text stands: where its words do, the nearest first, otherwise what is most like it.

    `stood` are the words of all passages of the earlier text; what was there beside it has not become of it.
    """
    same = [one for one in now if one.words == before.words]
    if same:
        return min(same, key=lambda one: abs(one.number - before.number))
    wanted = set(before.words.casefold().split())
    scored = [
        (likeness(wanted, one.words), -abs(one.number - before.number), one) for one in now if one.words not in stood
    ]
    best = max(scored, key=lambda row: row[:2], default=(0.0, 0, None))
    return best[2] if best[0] >= ALIKE else None


def likeness(wanted: set[str], words: str) -> float:
    """From 0, no word in common, to 1, the same words."""
    found = set(words.casefold().split())
    return 2 * len(wanted & found) / (len(wanted) + len(found)) if found else 0.0
