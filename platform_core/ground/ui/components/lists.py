"""What narrows a list, and what turns its pages."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Page
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from platform_core.ground.registry.kinds import Words

from .library import component
from .markup import esc, html
from .numbers import in_words

SHOWN_CHOICES = 8


@component
def facet_list(*, name: Words, dimension: str, choices: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A choice may name its `topic` (1 to 6) to carry that topic's rule."""
    rest = choices[SHOWN_CHOICES:]
    return {
        "shown": html(*map(choice_item, choices[:SHOWN_CHOICES])),
        "rest": html(*map(choice_item, rest)),
        "more": len(rest),
        "unfolded": any(choice.get("selected") for choice in rest),
    }


def choice_item(choice: Mapping[str, Any]) -> SafeString:
    topic, count, chosen = choice.get("topic"), choice.get("count"), choice.get("selected")
    words = gettext("(chosen; follow the link to remove this filter)")
    told = f'<span class="hidden"> {words}</span>' if chosen else ""
    return html(
        f'<li class="topic-{topic}">' if topic else "<li>",
        f'<a href="{esc(choice["address"])}" rel="nofollow"{" aria-current=true" if chosen else ""}>',
        f'<span class="name">{esc(choice["label"])}{told}</span>',
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
