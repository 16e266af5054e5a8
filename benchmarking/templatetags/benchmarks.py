from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from .. import steps

register = template.Library()
TONES = {
    "draft": "neutral",
    "review": "waiting",
    "approved": "good",
    "published": "good",
    "superseded": "warning",
    "waiting": "waiting",
    "running": "waiting",
    "done": "good",
    "failed": "bad",
    "cancelled": "neutral",
}
STANDING = {
    "approved": gettext_lazy("Approved"),
    "asked": gettext_lazy("In review"),
    "changes": gettext_lazy("Changes are asked for"),
}


@register.simple_tag
def making(benchmark) -> list[steps.Progress]:
    """The steps with where each stands, for the list beside every page of the desk."""
    return steps.progress(benchmark)


@register.filter
def tone(state: str) -> str:
    return TONES.get(state, "neutral")


@register.filter
def standing_words(state: str) -> str:
    return str(STANDING.get(state, ""))


@register.filter
def step_words(state: str) -> str:
    return {"done": _("kept"), "lacking": _("something is missing"), "open": _("not kept yet")}.get(state, "")


@register.filter
def decimals(value, places: int = 2) -> str:
    """A number with so many decimals in the reader's language; a dash where there is none."""
    return "–" if value is None else number_format(value, decimal_pos=places, use_l10n=True)


@register.filter
def signed(value) -> str:
    """A change with its sign; nothing where nothing can be said."""
    return "" if value is None else f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"
