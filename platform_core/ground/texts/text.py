"""A text in several languages, as a value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .codes import CODES, SOURCE, active_code

SOURCE_KEY = "_source"


@dataclass(frozen=True)
class Localised:
    """A text with the language it came in, which may differ from the one that was wanted."""

    text: str
    language: str
    wanted: str

    @property
    def is_fallback(self) -> bool:
        return bool(self.text) and self.language != self.wanted


class Text(Mapping[str, str]):
    """Texts by language code; empty ones are left out. `source` is the language it was first written in."""

    def __init__(self, texts: Mapping[str, str] | None = None, source: str = SOURCE) -> None:
        given = dict(texts or {})
        self.source = given.pop(SOURCE_KEY, source)
        self._texts = {code: given[code] for code in CODES if given.get(code)}

    def __getitem__(self, code: str) -> str:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __str__(self) -> str:
        return self.localise().text

    def __repr__(self) -> str:
        return f"Text({self._texts!r}, source={self.source!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self._texts, self.source) == (other._texts, other.source)

    def __hash__(self) -> int:
        return hash((tuple(self._texts.items()), self.source))

    def localise(self, code: str | None = None) -> Localised:
        """The text in the wanted language, else English, else the source, else the first there is."""
        wanted = code or active_code()
        for candidate in (wanted, SOURCE, self.source, *self._texts):
            if candidate in self._texts:
                return Localised(self._texts[candidate], candidate, wanted)
        return Localised("", wanted, wanted)

    def with_text(self, code: str, text: str) -> Text:
        return Text({**self._texts, code: text}, self.source)

    @property
    def source_hash(self) -> str:
        """Hash of the source text; a translation made from another one is stale."""
        return hashlib.sha256(self._texts.get(self.source, "").encode()).hexdigest()[:32]

    def stored(self) -> dict[str, str]:
        extra = {} if self.source == SOURCE else {SOURCE_KEY: self.source}
        return {**self._texts, **extra}
