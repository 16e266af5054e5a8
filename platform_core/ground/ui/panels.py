from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Panel


def panels_for(place: str, request, **subject) -> list[SafeString]:
    """The declared blocks of a place on a page, rendered in their order."""
    found = []
    for panel in declared(Panel):
        if panel.place == place and (context := panel.context(request, **subject)) is not None:
            found.append(render_to_string(panel.template, {**subject, **context}, request=request))
    return found


def once(request, name: str, compute: Callable[[], Any]) -> Any:
    """What a panel that stands on a page several times needs only once per request."""
    kept = request.__dict__.setdefault("_panel_facts", {})
    if name not in kept:
        kept[name] = compute()
    return kept[name]
