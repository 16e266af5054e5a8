"""Every component tag; the modules register theirs when imported. See the gallery (`ui:gallery`)."""

from platform_core.ground.ui.components import boxes, charts, fields, heads, lists, maps, records, states, tables
from platform_core.ground.ui.components.library import register
from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.ui.stylesheets import current_sheet

__all__ = ["boxes", "charts", "fields", "heads", "lists", "maps", "records", "register", "states", "tables"]

register.filter("in_words", in_words)


@register.simple_tag
def stylesheet() -> str:
    return current_sheet().address


@register.filter
def alert_tone(level: str) -> str:
    """Django's levels of messages in the tones of our alerts."""
    return {"success": "good", "warning": "warning", "error": "bad"}.get(level, "info")
