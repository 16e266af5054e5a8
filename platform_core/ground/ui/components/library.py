"""Component tags: keyword-only arguments in, `templates/components/<name>.html` out.

A component's function gives what its template needs beside the arguments.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.template import Library, TemplateSyntaxError
from django.template.loader import render_to_string

register = Library()


def component(function: Callable[..., dict[str, Any]]) -> Callable[..., str]:
    template = f"components/{function.__name__}.html"
    defaults = function.__kwdefaults__ or {}

    @wraps(function)
    def tag(**given: Any) -> str:
        return render_to_string(template, {**defaults, **given, **function(**given)})

    return register.simple_tag(tag)


def require(value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise TemplateSyntaxError(f"“{value}” is none of {', '.join(sorted(allowed))}.")
