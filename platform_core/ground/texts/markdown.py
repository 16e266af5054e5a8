"""Markdown that people write becomes HTML that cannot harm."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "hr", "br"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def render_markdown(text: str) -> SafeString:
    """Safe HTML; raw HTML in the source is shown as text, links get `rel` and only http(s) and mail addresses."""
    html = nh3.clean(
        PARSER.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned one line above
