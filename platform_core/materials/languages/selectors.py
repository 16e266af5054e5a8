from dataclasses import dataclass

from django.db import models

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.texts.codes import CODES
from platform_core.ground.texts.fields import TranslatedField

from .models import TranslationState


@dataclass(frozen=True)
class LanguageState:
    """`state` is source, complete, stale or missing; the worst of the thing's fields counts."""

    code: str
    state: str


def translated_fields(thing: models.Model) -> list[str]:
    return [field.name for field in thing._meta.concrete_fields if isinstance(field, TranslatedField)]


def language_states(thing: models.Model) -> list[LanguageState]:
    """One state for each of the eleven languages."""
    rows = TranslationState.objects.filter(thing=label_of(thing), object_id=thing.pk)
    hashes = {(row.field, row.language): row.source_hash for row in rows}
    texts = {field: getattr(thing, field) for field in translated_fields(thing)}
    written = {field: text for field, text in texts.items() if text}
    return [LanguageState(code, worst(written, code, hashes)) for code in CODES]


def worst(texts: dict, code: str, hashes: dict[tuple[str, str], str]) -> str:
    states = {state_of(text, code, hashes.get((field, code))) for field, text in texts.items()}
    return next((state for state in ("missing", "stale", "complete", "source") if state in states), "missing")


def state_of(text, code: str, source_hash: str | None) -> str:
    if code == text.source:
        return "source"
    if code not in text:
        return "missing"
    return "complete" if source_hash == text.source_hash else "stale"


def stale_languages(thing: models.Model) -> set[str]:
    return {state.code for state in language_states(thing) if state.state == "stale"}
