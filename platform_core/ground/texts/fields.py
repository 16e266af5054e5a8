"""A model field that keeps a text in all its languages in one JSON column."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from .codes import active_code
from .text import Localised, Text

# What neither XML nor PostgreSQL's JSON can hold; people paste it from PDF files without seeing it.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class TranslatedField(models.JSONField):
    """Gives a `Text`; takes a `Text`, a mapping of codes to texts, or a plain string for the source language.

    `max_length` limits each language's text (characters); None leaves it open.
    """

    def __init__(self, *args: Any, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        self.text_length = max_length
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.text_length is not None:
            kwargs["max_length"] = self.text_length
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, TextDescriptor(self.attname))

    def from_db_value(self, value, expression, connection):
        found = super().from_db_value(value, expression, connection)
        return found if isinstance(expression, KeyTransform) else Text(found or {})

    def get_prep_value(self, value):
        """Lookups ask with a `Text` or with plain JSON; only what is saved is made a `Text` first."""
        return value.stored() if isinstance(value, Text) else super().get_prep_value(value)

    def get_db_prep_save(self, value, connection):
        stored = value if hasattr(value, "as_sql") else as_text(value).stored()
        return super().get_db_prep_save(stored, connection)

    def to_python(self, value):
        return as_text(value)

    def value_to_string(self, obj):
        return self.value_from_object(obj).stored()

    def validate(self, value, model_instance):
        if not self.blank and not as_text(value):
            raise ValidationError(_("Please write this text in at least one language."), code="blank")

    def run_validators(self, value):
        for code, text in as_text(value).items():
            if self.text_length is not None and len(text) > self.text_length:
                raise ValidationError(
                    _("The text in language “%(code)s” has %(length)s characters; at most %(limit)s are allowed.")
                    % {"code": code, "length": len(text), "limit": self.text_length}
                )


class TextDescriptor:
    """Turns whatever is assigned into a `Text`, so that unsaved objects read like stored ones."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            instance.refresh_from_db(fields=[self.name])
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        instance.__dict__[self.name] = as_text(value)


def as_text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text({"en": printable(value)})
    return Text({code: printable(text) for code, text in (value or {}).items()})


def localised(value: Any) -> Localised:
    """As `as_text(value).localise()`; where the reader's language is there, the others are not looked at."""
    if isinstance(value, dict):
        wanted = active_code()
        if text := printable(value.get(wanted, "")):
            return Localised(text, wanted, wanted)
    return as_text(value).localise()


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text) if text else ""
