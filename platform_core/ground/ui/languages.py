"""The eleven languages: their own names, their BCP 47 tags, and the address of a page in each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

NATIVE_NAMES = {
    "en": "English",
    "it": "Italiano",
    "de": "Deutsch",
    "hu": "Magyar",
    "ro": "Română",
    "bg": "Български",
    "el": "Ελληνικά",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "hr": "Hrvatski",
    "sr-latn": "Srpski",
}


@dataclass(frozen=True)
class PageLanguage:
    code: str
    tag: str
    name: str
    address: str
    current: bool


def native_name(code: str) -> str:
    return NATIVE_NAMES.get(code, code)


def language_tag(code: str) -> str:
    """sr-latn is sr-Latn in HTML."""
    first, *rest = code.split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def language_of(path: str) -> str:
    """The language prefix of a path, or nothing."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in NATIVE_NAMES and first in dict(settings.LANGUAGES) else ""


def translator_of(path: str) -> Callable[[str], str]:
    """Gives the address of the same page in a language; pages without a prefix lead to the language's start."""
    if not (prefix := language_of(path)):
        return lambda code: f"/{code}/"
    rest = path[len(prefix) + 1 :]
    return lambda code: f"/{code}{rest}"


def page_languages(path: str, query: str = "") -> list[PageLanguage]:
    address_in, active = translator_of(path), get_language()
    end = f"?{query}" if query and language_of(path) else ""
    return [
        PageLanguage(code, language_tag(code), native_name(code), f"{address_in(code)}{end}", code == active)
        for code, _ in settings.LANGUAGES
    ]
