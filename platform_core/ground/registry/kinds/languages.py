"""Texts in several languages, and who translates them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .words import Words


@dataclass(frozen=True, kw_only=True)
class SourceText:
    """One text of a thing in all the languages it has; `source` is the language it was first written in.

    `key` names it within the thing and never changes while the text is the same one. `place` says in words where it stands,
    `section` under which heading. `form` is plain, markdown or html. A language is ready without a text that is not
    `required`. `only_for` is an audience key: who does not hold it does not meet the text, it is in no count, and it is
    suggested for no other thing.
    """

    key: str
    texts: Mapping[str, str]
    source: str = "en"
    place: Words = ""
    section: Words = ""
    form: str = "plain"
    max_length: int | None = None
    required: bool = True
    only_for: str = ""

    @property
    def words(self) -> str:
        """The text in its source language."""
        return self.texts.get(self.source, "")


@dataclass(frozen=True, kw_only=True)
class Translatable:
    """A kind of thing whose texts come to the translators' desk.

    `texts(thing)` gives them in the order in which they are read. `keep(thing, language, {key: text}, by=…)` writes reviewed
    translations into the thing and calls `note_translations`; it may raise ValidationError. `things(user)` are those a person
    may translate or review, by the rights `right` and `review`, which are asked of the thing once more. `languages(thing)`
    are those it is to be read in, all eleven where it says nothing.
    """

    label: str
    texts: Callable[[Any], Sequence[SourceText]]
    keep: Callable[..., Any]
    things: Callable[[Any], Any]
    right: str
    review: str
    languages: Callable[[Any], Sequence[str]] | None = None
    order: int = 50
