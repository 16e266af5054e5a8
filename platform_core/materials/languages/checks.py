"""What must be the same in a translation and its source: placeholders; what should be: numbers, addresses, marks of HTML."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from platform_core.ground.registry.kinds import SourceText

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[a-zA-Z]|%[sd]\b|\{\{\s*[\w.]+\s*\}\}|\$?\{[A-Za-z_][\w.]*\}")
NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+")
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")


def faults(source: SourceText, text: str) -> list[str]:
    """What makes a translation unusable."""
    found = []
    if source.max_length and len(text) > source.max_length:
        told = {"length": len(text), "limit": source.max_length}
        found.append(_("This has %(length)s characters; at most %(limit)s are allowed.") % told)
    lacking, strange = difference(PLACEHOLDER.findall(source.words), PLACEHOLDER.findall(text))
    if lacking:
        found.append(_("Lacking from the source: %(signs)s") % {"signs": lacking})
    if strange:
        found.append(_("Not in the source: %(signs)s") % {"signs": strange})
    return found


def hints(source: SourceText, text: str, *, is_same: bool = False) -> list[str]:
    """What a reviewer should look at."""
    if not text:
        return []
    found = []
    if differing := numbers_that_differ(source.words, text):
        found.append(_("The numbers differ: %(numbers)s") % {"numbers": ", ".join(differing)})
    lacking, _more = difference(addresses(source.words), addresses(text))
    if lacking:
        found.append(_("An address is lacking: %(address)s") % {"address": lacking})
    if source.form == "html" and any(difference(TAG.findall(source.words), TAG.findall(text))):
        found.append(_("The marks of HTML differ."))
    if text == source.words and not is_same and any(sign.isalpha() for sign in text):
        found.append(_("It reads like its source."))
    return found


def numbers_that_differ(before: str, after: str) -> list[str]:
    """As they are written, but compared by their digits: languages write thousands and decimals differently."""
    held, given = numbers(before), numbers(after)
    lacking, strange = Counter(digits for digits, _number in held), Counter(digits for digits, _number in given)
    return [number for digits, number in held if digits in lacking - strange] or [
        number for digits, number in given if digits in strange - lacking
    ]


def numbers(text: str) -> list[tuple[str, str]]:
    return [(re.sub(r"\D", "", number), number) for number in NUMBER.findall(ADDRESS.sub("", text))]


def addresses(text: str) -> list[str]:
    return [address.rstrip(".,;:!?") for address in ADDRESS.findall(text)]


def difference(before: list[str], after: list[str]) -> tuple[str, str]:
    """What is lacking and what is too much, as words."""
    held, given = Counter(before), Counter(after)
    return ", ".join((held - given).elements()), ", ".join((given - held).elements())
