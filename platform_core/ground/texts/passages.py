"""Texts taken apart into what is spoken about: headings, paragraphs, lists and their items, tables; found again later."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from .markdown import PARSER, cleaned

ALIKE = 0.6  # the part of their words that two passages have in common, from which on one is what became of the other
KEPT = 64  # texts whose passages each process keeps
STEP = 100_000  # from one item of a list to the next; parts that are no items stay below it
MOST_ITEMS = 9_999
LISTS = {"bullet_list_open", "ordered_list_open"}
TELLING = {"inline", "fence", "code_block"}
TAG = re.compile(r"<li\b[^>]*>|</li>|<[uo]l\b[^>]*>")


@dataclass(frozen=True)
class Passage:
    """Part `number` of a text, from 1. `key` stays while its `words` do, wherever it moves; what has none is not spoken
    about: a line across, the footnotes.

    `items` are those of a list, the nested ones too, each with its own words; item 2 of part 3 has the number 200003.
    """

    number: int
    key: str
    words: str
    html: str = ""
    items: tuple["Passage", ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """The part, and the item in it: 0 for all of it."""
        return place_of(self.number)

    @property
    def pieces(self) -> list[tuple[SafeString, "Passage | None"]]:
        """Its HTML up to where what an item says itself ends, with that item; after the last one there is none."""
        items, text, last = iter(self.items), "", 0
        waiting: list[Passage | None] = []
        found: list[tuple[SafeString, Passage | None]] = []
        for tag in TAG.finditer(self.html) if self.items else ():
            text, last = text + self.html[last : tag.start()], tag.end()
            if tag[0].startswith("<li"):
                item = next(items, None)
                waiting.append(item)
                text += f'<li class="passage" id="{item.key}">' if item else tag[0]
                continue
            if waiting and waiting[-1]:
                found.append((safe(text), waiting[-1]))
                waiting[-1], text = None, ""
            if tag[0] == "</li>":
                waiting.pop()
            text += tag[0]
        return [*found, (safe(text + self.html[last:]), None)]


def safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - pieces of what was cleaned, and keys of hexadecimal digits


def place_of(number: int) -> tuple[int, int]:
    return number % STEP, number // STEP


def place_name(number: int) -> str:
    """As people call it: "3", or "3.2" for an item of a list."""
    part, item = place_of(number)
    return f"{part}.{item}" if item else str(part)


def with_items(passages: Iterable[Passage]) -> list[Passage]:
    """Passages and their items, in the order of the text."""
    return [one for passage in passages for one in (passage, *passage.items)]


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
    return joined(said(token) for token in block if token.type in TELLING)


def joined(told: Iterable[str]) -> str:
    return " ".join(" ".join(told).split())


def items_of(block: Sequence[Token]) -> list[str]:
    """What each item of a list says without the items in it, the outer one before those; nothing where there is but one."""
    if block[0].type not in LISTS:
        return []
    told: list[list[str]] = []
    inside: list[int] = []
    for token in block:
        if token.type == "list_item_open":
            inside.append(len(told))
            told.append([])
        elif token.type == "list_item_close":
            inside.pop()
        elif token.type in TELLING:
            told[inside[-1]].append(said(token))
    return [joined(one) for one in told[:MOST_ITEMS]] if len(told) > 1 else []


def said(token: Token) -> str:
    plain = "".join(" " if part.type.endswith("break") else part.content for part in token.children or ())
    return plain if plain.strip() else token.content


def taken_apart(tokens: Sequence[Token], html_of: Callable[[list[Token]], SafeString]) -> Iterator[Passage]:
    """The passages of a parsed text; of those that say the same the later ones are told apart by a number."""
    taken: dict[str, int] = {}

    def key_of(words: str) -> str:
        key = f"text-{hashlib.sha256(words.encode()).hexdigest()[:10]}"
        taken[key] = taken.get(key, 0) + 1
        return key if taken[key] == 1 else f"{key}-{taken[key]}"

    for number, block in enumerate(blocks(tokens), 1):
        words = words_of(block)
        key = key_of(words)
        told = enumerate(items_of(block), 1)
        items = tuple(Passage(number + place * STEP, key_of(own), own) for place, own in told)
        yield Passage(number, key, words, html_of(block), items)


@lru_cache(maxsize=KEPT)
def passages(text: str) -> tuple[Passage, ...]:
    """Those of a Markdown text, as safe HTML."""
    return tuple(
        taken_apart(PARSER.parse(text), lambda block: cleaned(PARSER.renderer.render(block, PARSER.options, {})))
    )


def found_again(before: Passage, now: Sequence[Passage], stood: Collection[str]) -> Passage | None:
    """Where a passage of an earlier text stands: where its words do, the nearest first, otherwise what is most like it.

    `stood` are the words of all passages of the earlier text; what was there beside it has not become of it. Items of lists
    become items sooner than other parts, and the other way round.
    """

    def far(one: Passage) -> tuple[bool, int, int]:
        (part, item), (old_part, old_item) = one.place, before.place
        return bool(item) != bool(old_item), abs(part - old_part), abs(item - old_item)

    same = [one for one in now if one.words == before.words]
    if same:
        return min(same, key=far)
    wanted = set(before.words.casefold().split())
    scored = [(likeness(wanted, one.words), far(one), one) for one in now if one.words not in stood]
    alike = [row for row in scored if row[0] >= ALIKE]
    return min(alike, key=lambda row: (row[1][0], -row[0], row[1]))[2] if alike else None


def likeness(wanted: set[str], words: str) -> float:
    """From 0, no word in common, to 1, the same words."""
    found = set(words.casefold().split())
    return 2 * len(wanted & found) / (len(wanted) + len(found)) if found else 0.0
