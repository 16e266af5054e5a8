"""The texts of a thing: what its kind declares, or else its translated fields."""

from collections.abc import Iterable

from django.db import models
from django.utils.text import capfirst

from platform_core.ground.registry.catalogue import declared, label_of
from platform_core.ground.registry.kinds import SourceText, Translatable
from platform_core.ground.texts.codes import CODES
from platform_core.ground.texts.fields import TranslatedField


def translatable(label: str) -> Translatable | None:
    return next((kind for kind in declared(Translatable) if kind.label == label), None)


def translated_fields(thing: models.Model) -> list[str]:
    return [field.name for field in thing._meta.concrete_fields if isinstance(field, TranslatedField)]


def field_texts(thing: models.Model, *, markdown: Iterable[str] = ()) -> list[SourceText]:
    """One text for each translated field; those named in `markdown` are written in it."""
    found = []
    for name in translated_fields(thing):
        field, text = thing._meta.get_field(name), getattr(thing, name)
        found.append(
            SourceText(
                key=name,
                texts=text,
                source=text.source,
                place=capfirst(field.verbose_name),
                form="markdown" if name in markdown else "plain",
                max_length=field.text_length,
            )
        )
    return found


def texts_of(thing: models.Model) -> list[SourceText]:
    """Those that are written at all: a text without words in its source language never counts."""
    kind = translatable(label_of(thing))
    return [text for text in (kind.texts(thing) if kind else field_texts(thing)) if text.words]


def languages_of(thing: models.Model) -> list[str]:
    """The languages a thing is to be read in."""
    kind = translatable(label_of(thing))
    wanted = kind.languages(thing) if kind and kind.languages else CODES
    return [code for code in CODES if code in wanted]


def normal(text: str) -> str:
    """Line breaks as one sign, as forms, spreadsheets and XML give them back."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
