"""Kinds whose texts are their translated fields and nothing else: all that a room has to say to have them translated."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models, transaction

from platform_core.ground.registry.kinds import Translatable
from platform_core.identity.access.selectors import keys_of, require

from .services import note_translations
from .texts import field_texts

TRANSLATING = {"role:translator", "role:reviewer", "role:editor", "role:lead_partner"}


def of_fields(
    label: str, things: Callable[[Any], models.QuerySet[Any]], *, markdown: Iterable[str] = (), order: int = 60
) -> Translatable:
    """`things(user)` are those a person may see; translators, reviewers and editors translate all of them."""
    named = tuple(markdown)
    return Translatable(
        label=label,
        texts=lambda thing: field_texts(thing, markdown=named),
        keep=keep_fields,
        things=lambda user: things(user) if TRANSLATING & keys_of(user) else things(user).none(),
        right="languages.translate",
        review="languages.review",
        order=order,
    )


@transaction.atomic
def keep_fields(thing: models.Model, language: str, translated: Mapping[str, str], *, by) -> models.Model:
    require(by, "languages.review", thing)
    for name, words in translated.items():
        setattr(thing, name, getattr(thing, name).with_text(language, words))
    thing.clean_fields(exclude={field.name for field in thing._meta.fields if field.name not in translated})
    thing.save(update_fields=list(translated))
    note_translations(thing)
    return thing
