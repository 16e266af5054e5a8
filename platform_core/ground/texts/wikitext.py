"""Texts of wiki pages: Markdown with tables, footnotes, own images, and links to other pages in [[double brackets]]."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from .addresses import link_addresses
from .analysis import fold, words
from .markdown import TAGS
from .passages import Passage, taken_apart

KEPT = 128  # texts whose reading each process keeps
PAGE_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]|\n]{1,200}))?\]\]")
ATTRIBUTES = {
    "a": {"href", "id", "class"},
    "img": {"src", "alt", "loading"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "li": {"id"},
    "sup": {"class"},
    "section": {"class"},
}


@dataclass(frozen=True)
class Place:
    """Where a name in double brackets leads; a page that is not there yet is `missing`."""

    address: str
    is_missing: bool = False


@dataclass(frozen=True)
class Heading:
    level: int
    words: str
    anchor: str


@dataclass(frozen=True)
class Part:
    """A stretch of a paper: Markdown, the heading it stands under, and its pictures by the names it calls them."""

    text: str
    heading: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)


def page_link(state: StateInline, silent: bool) -> bool:
    found = PAGE_LINK.match(state.src, state.pos)
    if found is None or not found[1].strip():
        return False
    if not silent:
        token = state.push("page_link", "", 0)
        token.content, token.meta = (found[2] or found[1]).strip(), {"page": found[1].strip()}
    state.pos = found.end()
    return True


PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).use(footnote_plugin)
PARSER.inline.ruler.before("link", "page_link", page_link)
link_addresses(PARSER)


def page_key(name: str) -> str:
    """By what a page is called in addresses, and found from links: its words in Latin letters."""
    return "-".join(filter(None, map(fold, words(name))))[:100].strip("-") or "page"


def parse(text: str) -> list[Token]:
    return PARSER.parse(text)


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


@lru_cache(maxsize=KEPT)
def outline(text: str) -> tuple[tuple[str, ...], tuple[Heading, ...]]:
    tokens = parse(text)
    names = dict.fromkeys(token.meta["page"] for token in inline(tokens) if token.type == "page_link")
    return tuple(names), tuple(headings(tokens))


def pages_in(text: str) -> list[str]:
    """Names in double brackets, each once."""
    return list(outline(text)[0])


def images_in(text: str) -> list[tuple[str, str]]:
    """Name and alternative text of every image."""
    images = [token for token in inline(parse(text)) if token.type == "image"]
    return [(str(token.attrs.get("src", "")), token.content.strip()) for token in images]


def headings(tokens: list[Token]) -> list[Heading]:
    """In their order, with anchors that no two share; a first level counts as a second, which the title is above."""
    found: list[Heading] = []
    taken: dict[str, int] = {}
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            told = "".join(part.content for part in content.children or ())
            key = page_key(told)
            taken[key] = taken.get(key, 0) + 1
            anchor = f"part-{key}" if taken[key] == 1 else f"part-{key}-{taken[key]}"
            found.append(Heading(min(4, max(2, int(token.tag[1]))), told, anchor))
    return found


def contents(text: str) -> list[Heading]:
    return list(outline(text)[1])


def render_page(text: str, *, pages: Mapping[str, Place], images: Mapping[str, str]) -> SafeString:
    """Safe HTML. `pages` are the places of names by `page_key`, `images` the addresses of the page's own pictures by name;
    a name that leads nowhere stays text, and a picture from elsewhere becomes a link, never loaded.
    """
    return drawn(text, frozenset(pages.items()), frozenset(images.items()))


@lru_cache(maxsize=KEPT)
def drawn(text: str, places: frozenset[tuple[str, Place]], pictures: frozenset[tuple[str, str]]) -> SafeString:
    """Kept for those alone whom the same places are open to."""
    return html_of(leading(named(parse(text)), dict(places), dict(pictures)))


@lru_cache(maxsize=KEPT)
def taken(text: str, places: frozenset[tuple[str, Place]], pictures: frozenset[tuple[str, str]]) -> tuple[Passage, ...]:
    pages, images = dict(places), dict(pictures)
    return tuple(taken_apart(named(parse(text)), lambda block: html_of(leading(block, pages, images))))


def page_passages(
    text: str, *, pages: Mapping[str, Place] | None = None, images: Mapping[str, str] | None = None
) -> tuple[Passage, ...]:
    """The same as `render_page`, passage by passage."""
    return taken(text, frozenset((pages or {}).items()), frozenset((images or {}).items()))


def named(tokens: list[Token]) -> list[Token]:
    """Headings with their anchors and levels."""
    parts = iter(headings(tokens))
    for token in tokens:
        if token.type == "heading_open":
            part = next(parts)
            token.tag, token.attrs = f"h{part.level}", {"id": part.anchor}
        elif token.type == "heading_close":
            token.tag = f"h{min(4, max(2, int(token.tag[1])))}"
    return tokens


def leading(tokens: list[Token], pages: Mapping[str, Place], images: Mapping[str, str]) -> list[Token]:
    """Links and pictures with their addresses."""
    for token in tokens:
        if token.children:
            token.children = [new for old in token.children for new in shown(old, pages, images)]
    return tokens


def html_of(tokens: list[Token]) -> SafeString:
    html = nh3.clean(
        PARSER.renderer.render(tokens, PARSER.options, {}),
        tags=TAGS | {"img", "sup", "section", "s"},
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned one line above


def shown(token: Token, pages: Mapping[str, Place], images: Mapping[str, str]) -> list[Token]:
    if token.type == "page_link":
        place = pages.get(page_key(token.meta["page"]))
        told = plain(token.content)
        return link(place.address, told, "missing" if place.is_missing else "") if place else [told]
    if token.type == "image":
        address = images.get(str(token.attrs.get("src", "")))
        if address is None:
            return link(str(token.attrs.get("src", "")), plain(token.content), "")
        token.attrs = {"src": address, "alt": "", "loading": "lazy"}
    return [token]


def plain(told: str) -> Token:
    return Token("text", "", 0, content=told)


def link(address: str, told: Token, kind: str) -> list[Token]:
    attrs: dict[str, str | int | float] = {"href": address, **({"class": kind} if kind else {})}
    return [Token("link_open", "a", 1, attrs=attrs), told, Token("link_close", "a", -1)]
