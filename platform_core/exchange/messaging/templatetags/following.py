from typing import Any

from django import template
from django.db.models import Model

from platform_core.ground.registry.kinds import NoticeKind
from platform_core.identity.accounts.models import User

from .. import selectors
from ..models import Following

register = template.Library()


@register.simple_tag(takes_context=True)
def following(context, label: str, pk: int) -> Following | None:
    """What the reader wants of a thing; None for guests."""
    person = context["request"].user
    return selectors.following(person, label, pk) if person.is_authenticated else None


@register.simple_tag(takes_context=True)
def would_be_told(context, verb: str, thing: Model, **payload: Any) -> list[tuple[NoticeKind, list[User]]]:
    """Who would be told if the reader did this now; for `messaging/who.html`, beside the button that does it."""
    return selectors.would_be_told(verb, thing, by=context["request"].user, **payload)


@register.simple_tag
def people_told(told) -> list[User]:
    """The people of `selectors.would_be_told`, by name, each once."""
    found = {person.pk: person for _kind, people in told for person in people}
    return sorted(found.values(), key=lambda person: (person.name, person.pk))
