"""Words of an answer that are to be read by everybody: shortened where the reader thinks best, never added to."""

import re

WORD = re.compile(r"\w+")
MARK = re.compile(r"\[\s*(…|\.\.\.)\s*\]|…|\.\.\.")


def words_of(text: str) -> list[str]:
    return WORD.findall(MARK.sub(" ", text).casefold())


def only_shortened(original: str, text: str) -> bool:
    """Whether every word of a text stands in the original, in the same order. Marks of omission do not count."""
    left = iter(words_of(original))
    return all(word in left for word in words_of(text))
