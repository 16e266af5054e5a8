"""HTML made in Python, for what a page draws dozens of times: a template would cost ten times as much."""

from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString


def esc(value: Any) -> str:
    """As templates print it: escaped, unless it says that it is HTML already."""
    if type(value) is str:
        return escape(value)
    if isinstance(value, Promise):
        value = str(value)
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def html(*parts: str) -> SafeString:
    return SafeString("".join(parts))
