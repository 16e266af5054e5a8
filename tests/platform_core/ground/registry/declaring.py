"""Declarations of a test's own beside those of the platform, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from platform_core.ground.registry import catalogue
from platform_core.ground.vocabulary.declarations import declarations


@contextmanager
def declaring(*items: Any) -> Iterator[None]:
    before = list(declarations)
    declarations.extend(items)
    read_again()
    try:
        yield
    finally:
        declarations[:] = before
        read_again()


def read_again() -> None:
    catalogue.everything.cache_clear()
    catalogue.declared.cache_clear()
