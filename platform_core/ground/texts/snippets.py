"""Snippets cut from the original text around the words that were asked for."""

import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import WORD, fold, stem


def snippet(text: str, wanted: set[str], code: str, width: int = 220) -> SafeString:
    """About `width` characters with matching words in <mark>; empty when no word of the text matches."""
    text = unicodedata.normalize("NFC", text)
    hits = [match for match in WORD.finditer(text) if wanted & {fold(match.group()), stem(match.group(), code)}]
    if not hits:
        return mark_safe("")
    start, end = window(text, hits[0].start(), width)
    parts, position = [], start
    for match in hits:
        if match.start() >= position and match.end() <= end:
            parts += [escape(text[position : match.start()]), f"<mark>{escape(match.group())}</mark>"]
            position = match.end()
    parts.append(escape(text[position:end]))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(before + " ".join("".join(parts).split()) + after)  # noqa: S308 - every part escaped


def window(text: str, at: int, width: int) -> tuple[int, int]:
    """A stretch of text around a position, cut at spaces."""
    start = max(0, at - width // 3)
    end = min(len(text), start + width)
    if start:
        start = min(at, text.find(" ", start) + 1 or start)
    if end < len(text):
        end = max(text.rfind(" ", start, end), min(at + 1, end))
    return start, end
