"""Two thin full-text backends over the same tokens; each knows how to make, fill and ask its tables.

A query is a list of words, each a tuple of tokens of which one must be there.
"""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite

Question = list[tuple[str, ...]]


def backend() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite
