"""Where a thing stands: status, deadline, version, audience, languages, progress."""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Words
from platform_core.ground.ui.languages import language_tag
from platform_core.ground.ui.moments import told, zone_for

from .library import component, register, require
from .markup import esc, html
from .numbers import in_words, share_of

TONES = {"neutral", "waiting", "good", "warning", "bad"}
LANGUAGE_STATES = {
    "complete": ("good", _("translated")),
    "stale": ("warning", _("out of date, because the source has changed")),
    "missing": ("neutral", _("not translated yet")),
    "source": ("good", _("source text")),
}
HASH_SHOWN = 8


@register.simple_tag
def status(*, label: Words, tone: str = "neutral", next: Words = "") -> SafeString:
    require(tone, TONES)
    then = f' <span class="next">{esc(next)}</span>' if next else ""
    return html(f'<span class="status tone-{tone}"><span class="state">{esc(label)}</span>{then}</span>')


@register.simple_tag
def deadline(*, moment: datetime, zone: str = "", prefix: Words = "") -> SafeString:
    """`prefix` may be a whole sentence with `{moment}` where the time belongs."""
    local = moment.astimezone(zone_for(zone))
    stamp = f'<time datetime="{local.isoformat(timespec="minutes")}">{esc(told(local))}</time>'
    sentence = str(prefix)
    if "{moment}" not in sentence:
        sentence = f"{sentence} {{moment}}".strip()
    before, after = sentence.split("{moment}", 1)
    return html(f'<span class="deadline">{esc(before)}{stamp}{esc(after)}</span>')


@component
def language_state(*, code: str, name: Words, state: str, address: str = "") -> dict[str, Any]:
    require(state, LANGUAGE_STATES)
    tone, words = LANGUAGE_STATES[state]
    return {"tag": language_tag(code), "tone": tone, "words": words}


@component
def version_badge(*, number: int | str, hash: str = "") -> dict[str, Any]:
    return {"short": hash[:HASH_SHOWN]}


@component
def audience_badge(*, label: Words) -> dict[str, Any]:
    return {}


@component
def evidence_number(*, value: Any, target: Any = None, label: Words, address: str = "") -> dict[str, Any]:
    return {
        "shown": in_words(value),
        "aim": "" if target is None else in_words(target),
        "share": share_of(value, target),
    }


@component
def progress_bar(*, value: float, maximum: float = 100, label: Words, words: Words = "") -> dict[str, Any]:
    share = share_of(value, maximum) or 0
    return {"share": share, "shown": words or mark_safe(f"{share}&nbsp;%")}  # noqa: S308
