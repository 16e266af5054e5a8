"""Words in texts of several languages."""

from collections.abc import Iterable

from django.db.models import Q

from platform_core.ground.texts.codes import CODES


def having(word: str, *texts: str, plain: str = "", languages: Iterable[str] = CODES) -> Q:
    """A word in any of these texts in any of the languages, or in a plain field.

    Each language is looked into by itself: a text as it is stored has its letters escaped, and names of its own. SQLite
    compares letters beyond ASCII as they are written, so they are tried in every case.
    """
    found = Q(**{f"{plain}__icontains": word}) if plain else Q()
    forms = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    for language in dict.fromkeys(languages):
        for text in texts:
            for form in sorted(forms):
                found |= Q(**{f"{text}__{language}__icontains": form})
    return found
