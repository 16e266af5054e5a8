"""Readable addresses."""

from collections.abc import Callable, Iterable

from django.utils.text import slugify

from .analysis import fold


def free_code(title: str, taken: Callable[[str], Iterable[str]]) -> str:
    """A readable code not yet taken, in Latin letters whatever the title's script; `taken` gives those that begin so."""
    stem = slugify(" ".join(fold(word) for word in title.split()))[:60].strip("-") or "record"
    known = set(taken(stem))
    return next(
        code for code in (stem, *(f"{stem}-{number}" for number in range(2, len(known) + 3))) if code not in known
    )
