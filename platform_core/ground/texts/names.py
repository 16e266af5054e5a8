"""Readable addresses."""

from collections.abc import Callable, Iterable

from django.utils.text import slugify

from .analysis import fold


def stem_of(title: str) -> str:
    """A title in Latin letters, as it can stand in an address."""
    return slugify(" ".join(fold(word) for word in title.split()))[:60].strip("-") or "record"


def free_code(title: str, taken: Callable[[str], Iterable[str]]) -> str:
    """A readable code not yet taken; `taken` gives those that begin so."""
    stem = stem_of(title)
    known = set(taken(stem))
    return next(
        code for code in (stem, *(f"{stem}-{number}" for number in range(2, len(known) + 3))) if code not in known
    )
