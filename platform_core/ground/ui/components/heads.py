"""Heads of pages and sections, and what marks a topic."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from platform_core.ground.registry.kinds import Words

from .library import component, register
from .markup import esc, html


@component
def page_head(
    *, title: Words, lead: Words = "", trail: Sequence[tuple[Words, str]] | None = None, topic: int = 0
) -> dict[str, Any]:
    return {}


@register.simple_tag
def section_head(*, title: Words, address: str = "", link: Words = "", level: int = 2) -> SafeString:
    further = f'<a href="{esc(address)}">{esc(link or title)}</a>' if address else ""
    return html(f'<div class="sec"><h{level}>{esc(title)}</h{level}>{further}</div>')


@component
def topic_tag(*, number: int, name: Words, address: str = "") -> dict[str, Any]:
    return {}


@component
def steps(*, current: int, total: int, text: Words = "") -> dict[str, Any]:
    return {"share": round(100 * current / total) if total else 0}
