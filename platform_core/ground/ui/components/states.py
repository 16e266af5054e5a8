"""Where a thing stands: status, deadline, version, audience, languages, progress."""

from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import Words
from platform_core.ground.ui.languages import language_tag

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


def zone_for(name: str) -> tzinfo:
    """The zone named, else the reader's own, else the platform's."""
    if name:
        return ZoneInfo(name)
    if timezone.get_current_timezone_name() != settings.TIME_ZONE:
        return timezone.get_current_timezone()
    return ZoneInfo(settings.DISPLAY_TIME_ZONE)


@component
def deadline(*, moment: datetime, zone: str = "", prefix: Words = "") -> dict[str, Any]:
    """`prefix` may be a whole sentence with `{moment}` where the time belongs."""
    local = moment.astimezone(zone_for(zone))
    parts = {"date": date_format(local, "DATE_FORMAT"), "time": date_format(local, "TIME_FORMAT")}
    words = gettext("%(date)s, %(time)s %(zone)s") % {**parts, "zone": local.tzname()}
    stamp = format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)
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
