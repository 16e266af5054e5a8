"""Where a thing stands: status, deadline, version, audience, languages, progress."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Words
from platform_core.ground.ui.languages import language_tag
from platform_core.ground.ui.moments import told, zone_for

from .library import component, require
from .numbers import in_words, share_of

TONES = {"neutral", "waiting", "good", "warning", "bad"}
LANGUAGE_STATES = {
    "complete": ("good", _("translated")),
    "stale": ("warning", _("out of date, because the source has changed")),
    "missing": ("neutral", _("not translated yet")),
    "source": ("good", _("source text")),
}
HASH_SHOWN = 8


@component
def status(*, label: Words, tone: str = "neutral", next: Words = "") -> dict[str, Any]:
    require(tone, TONES)
    return {}


@component
def deadline(*, moment: datetime, zone: str = "", prefix: Words = "") -> dict[str, Any]:
    """`prefix` may be a whole sentence with `{moment}` where the time belongs."""
    local = moment.astimezone(zone_for(zone))
    stamp = format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), told(local))
    sentence = str(prefix)
    if "{moment}" not in sentence:
        sentence = f"{sentence} {{moment}}".strip()
    before, after = sentence.split("{moment}", 1)
    return {"sentence": format_html("{}{}{}", before, stamp, after)}


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
