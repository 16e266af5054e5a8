"""Addresses that stand bare in a text become links that name their host; nothing is fetched, nothing is embedded."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

BARE = re.compile(r"https?://[^\s<>\"“”„«»|\\^`{}]+", re.IGNORECASE)
AFTER = ".,;:!?…'’*_"
LONGEST = 60
VIDEO_HOSTS = {
    "dai.ly",
    "dailymotion.com",
    "player.vimeo.com",
    "video.europa.eu",
    "vimeo.com",
    "youtu.be",
    "youtube-nocookie.com",
    "youtube.com",
}
VIDEO_FILES = (".mp4", ".m4v", ".ogv", ".webm")


def link_addresses(parser: MarkdownIt) -> None:
    parser.core.ruler.after("inline", "bare_addresses", linked)


def linked(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(with_links(token.children))


def with_links(tokens: list[Token]) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("link_open", "link_close") else 0
        yield from split(token) if token.type == "text" and not inside else [token]


def split(token: Token) -> Iterator[Token]:
    """The text as it was, with a link in the place of each address."""
    last = 0
    for found in BARE.finditer(token.content):
        address = ended(found[0])
        host = host_of(address)
        if not host:
            continue
        yield plain(token, token.content[last : found.start()])
        kind = {"class": "video"} if is_video(host, address) else {}
        yield Token("link_open", "a", 1, attrs={"href": address, **kind}, level=token.level)
        yield plain(token, readable(address, host))
        yield Token("link_close", "a", -1, level=token.level)
        last = found.start() + len(address)
    yield plain(token, token.content[last:])


def plain(token: Token, content: str) -> Token:
    return Token("text", "", 0, content=content, level=token.level)


def ended(address: str) -> str:
    """Without what closes the sentence or the bracket it stands in."""
    address = address.rstrip(AFTER)
    while address.endswith((")", "]")) and address.count(address[-1]) > address.count(
        "(" if address[-1] == ")" else "["
    ):
        address = address[:-1].rstrip(AFTER)
    return address


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""


def is_video(host: str, address: str) -> bool:
    return host in VIDEO_HOSTS or urlsplit(address).path.lower().endswith(VIDEO_FILES)


def readable(address: str, host: str) -> str:
    """The host first, whatever name or port stands before or behind it, then as much of the rest as is read at a glance."""
    parts = urlsplit(address)
    told = host + (parts.path if parts.path != "/" else "") + (f"?{parts.query}" if parts.query else "")
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
