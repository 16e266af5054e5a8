"""The eleven languages as content knows them. Django's `sr-latn` is `sr` in stored texts; browsers are told `sr-Latn`."""

from django.conf import settings
from django.utils.translation import get_language

CODES = ("en", "it", "de", "hu", "ro", "bg", "el", "sk", "sl", "hr", "sr")
SOURCE = "en"


def content_code(language: str) -> str:
    return language.split("-")[0]


def active_code() -> str:
    return content_code(get_language() or SOURCE)


def interface_code(code: str) -> str:
    return "sr-latn" if code == "sr" else code


def tag(code: str) -> str:
    """The BCP 47 tag for a `lang` attribute."""
    return "sr-Latn" if content_code(code) == "sr" else code


def language_name(code: str) -> str:
    """The name of a language texts are written in, in the active language."""
    return str(dict(language_choices()).get(content_code(code), code))


def language_choices() -> list[tuple[str, str]]:
    """The languages texts can be written in, for a field of a form."""
    return [(content_code(code), name) for code, name in settings.LANGUAGES]
