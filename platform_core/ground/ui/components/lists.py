"""What narrows a list, and what turns its pages."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Page
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from platform_core.ground.registry.kinds import Words

from .library import component, register
from .markup import esc, html
from .numbers import in_words

SHOWN_CHOICES = 8


@register.simple_tag
def facet_list(*, name: Words, dimension: str, choices: Sequence[Mapping[str, Any]]) -> SafeString:
    """A choice may name its `topic` (1 to 6) to carry that topic's rule."""
    place, words = f"facet-{esc(dimension)}", esc(name)
    return html(
        f'<div class="facet" id="{place}" role="group" aria-labelledby="{place}-name">',
        f'<p class="facet-name" id="{place}-name">{words}</p>',
        f"<ul>{''.join(map(choice_item, choices[:SHOWN_CHOICES]))}</ul>",
        folded(words, choices[SHOWN_CHOICES:]),
        "</div>",
    )


def folded(words: str, rest: Sequence[Mapping[str, Any]]) -> str:
    """The choices beyond the first, open where one of them is chosen; nothing without any."""
    if not rest:
        return ""
    more = ngettext("%(more)s more", "%(more)s more", len(rest)) % {"more": len(rest)}
    unfolded = " open" if any(choice.get("selected") for choice in rest) else ""
    return html(
        f'<details{unfolded}><summary>{esc(more)}<span class="hidden"> {words}</span></summary>',
        f"<ul>{''.join(map(choice_item, rest))}</ul></details>",
    )


def choice_item(choice: Mapping[str, Any]) -> SafeString:
    topic, count, label = choice.get("topic"), choice.get("count"), esc(choice["label"])
    chosen = ""
    if choice.get("selected"):
        chosen, told = " aria-current=true", gettext("(chosen; follow the link to remove this filter)")
        label += f'<span class="hidden"> {told}</span>'
    return html(
        f'<li class="topic-{topic}">' if topic else "<li>",
        f'<a href="{esc(choice["address"])}" rel="nofollow"{chosen}>',
        f'<span class="name">{label}</span>',
        "" if count is None else f'<span class="count">{esc(in_words(count))}</span>',
        "</a></li>",
    )


@component
def pager(*, page: Page[Any], query: str = "", parts: bool = False) -> dict[str, Any]:
    """`parts` where what is counted are no pages."""
    kept = [pair for pair in parse_qsl(query.lstrip("?"), keep_blank_values=True) if pair[0] != "page"]
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "previous": page_address(kept, page.number - 1) if page.has_previous() else "",
        "following": page_address(kept, page.number + 1) if page.has_next() else "",
        "numbers": [(number, page_address(kept, number) if isinstance(number, int) else "") for number in numbers],
        "total": page.paginator.num_pages,
    }


def page_address(kept: list[tuple[str, str]], number: int) -> str:
    return f"?{urlencode([*kept, ('page', str(number))])}"
