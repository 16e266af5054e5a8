"""A record in a list of things found."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from platform_core.ground.registry.kinds import Words
from platform_core.ground.ui.languages import language_tag, native_name

from .library import register, require
from .markup import esc, html
from .states import TONES


@register.simple_tag
def record_row(
    *,
    title: Words,
    address: str,
    language: str = "",
    summary: Words = "",
    meta: Sequence[Words] = (),
    topic: int = 0,
    topic_name: Words = "",
    badge: Words = "",
    badge_tone: str = "neutral",
    snippets: Sequence[Mapping[str, Any]] | None = None,
    heading: int = 3,
) -> SafeString:
    require(badge_tone, TONES)
    foreign = language if language != get_language() else ""
    lang = f' lang="{language_tag(foreign)}"' if foreign else ""
    items = [f'<li class="tag topic-{topic}">{esc(topic_name)}</li>'] if topic else []
    items += [f"<li>{esc(words)}</li>" for words in meta]
    items += [f"<li{lang}>{native_name(foreign)}</li>"] if foreign else []
    items += [f'<li class="badge tone-{badge_tone}">{esc(badge)}</li>'] if badge else []
    return html(
        f'<article class="rec"><h{heading}><a href="{esc(address)}"{lang}>{esc(title)}</a></h{heading}>',
        f'<ul class="meta">{"".join(items)}</ul>' if items else "",
        f"<p{lang}>{esc(summary)}</p>" if summary else "",
        f'<ul class="snippets">{"".join(map(snippet_item, snippets))}</ul>' if snippets else "",
        "</article>",
    )


def snippet_item(snippet: Mapping[str, Any]) -> str:
    """The text is HTML already: search escapes it and marks the words found."""
    place, address = esc(snippet.get("place", "")), esc(snippet.get("address", ""))
    if place:
        place = f'<a href="{address}">{place}</a>' if address else f"<span>{place}</span>"
    return f"<li><q>{snippet['text']}</q>{place}</li>"
