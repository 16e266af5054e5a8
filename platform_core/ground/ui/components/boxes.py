"""Boxes that speak to the reader: alerts, empty states, confirmations, folded text."""

from typing import Any

from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from platform_core.ground.registry.kinds import Words

from .library import component, register, require
from .markup import esc, html

ALERT_TONES = {"info", "good", "warning", "bad"}
BUTTONS = {"primary", "secondary", "quiet", "danger"}
COPY_WIDTH = 60


@component
def alert(*, text: Words, tone: str = "info", title: Words = "") -> dict[str, Any]:
    require(tone, ALERT_TONES)
    return {}


@component
def empty_state(*, title: Words, text: Words = "", action: Words = "", address: str = "") -> dict[str, Any]:
    return {}


@register.simple_tag
def button(*, text: Words, kind: str = "primary", name: str = "", value: str = "", address: str = "") -> SafeString:
    require(kind, BUTTONS)
    if address:
        return html(f'<a class="btn {kind}" href="{esc(address)}">{esc(text)}</a>')
    held = f' name="{esc(name)}"' if name else ""
    held += f' value="{esc(value)}"' if value else ""
    return html(f'<button type="submit" class="btn {kind}"{held}>{esc(text)}</button>')


@register.simple_tag(takes_context=True)
def confirm_box(
    context: Context, *, title: Words, text: Words, action: Words, address: str, back: str, danger: bool = False
) -> str:
    values = {"title": title, "text": text, "action": action, "address": address, "back": back, "danger": danger}
    return render_to_string("components/confirm_box.html", {**values, "csrf_token": context.get("csrf_token")})


@register.simple_block_tag
def disclosure(content: str, *, summary: Words, open: bool = False) -> str:
    return render_to_string("components/disclosure.html", {"content": content, "summary": summary, "open": open})


@component
def copy_box(*, label: Words, text: Words) -> dict[str, Any]:
    lines = str(text).splitlines() or [""]
    return {"rows": min(12, sum(1 + len(line) // COPY_WIDTH for line in lines))}


@component
def saved_note(*, text: Words) -> dict[str, Any]:
    return {}
