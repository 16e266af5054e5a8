"""Markdown that people write becomes HTML that cannot harm."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from .addresses import link_addresses

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "hr", "br"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
link_addresses(PARSER)
SHORT = 10_000  # characters up to which a text's HTML is kept


def render_markdown(text: str) -> SafeString:
    """Safe HTML; raw HTML in the source is shown as text, links get `rel` and only http(s) and mail addresses."""
    return kept(text) if len(text) <= SHORT else rendered(text)


def rendered(text: str) -> SafeString:
    return cleaned(PARSER.render(text))


def cleaned(drawn: str) -> SafeString:
    html = nh3.clean(
        drawn,
        tags=TAGS,
        attributes={"a": {"href", "class"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned one line above


kept = lru_cache(maxsize=2048)(rendered)  # the same for every reader: nothing but the text is asked
