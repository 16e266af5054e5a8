"""Fields of the editor: texts in the source language, and lists of coded texts, one in a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.texts.codes import SOURCE
from platform_core.ground.texts.fields import printable

from ..drafting import suggest
from ..questions.kinds import MOST_PARTS, PART_CODE

PART_LENGTH = 300
TEXT_LENGTH = 1000


class SourceField(forms.CharField):
    """A text in the source language; its translations are another desk's and stay, stale if this changes."""

    def __init__(self, *, rows: int = 0, max_length: int = TEXT_LENGTH, **kwargs) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def to_python(self, value) -> str:
        return printable(super().to_python(value))


def with_source(held: dict[str, str] | None, text: str) -> dict[str, str] | None:
    """The translated text with another source; nothing when the source is empty."""
    return {**(held or {}), SOURCE: text} if text else None


class LinesField(forms.CharField):
    """Coded texts, one in a line as `code | text`; a line without a code keeps the code its text had, or gets one."""

    def __init__(self, *, least: int = 0, **kwargs) -> None:
        self.least = least
        kwargs.setdefault(
            "help_text", gettext_lazy("One in a line. A code can stand before it, as: fees | Fees of members")
        )
        super().__init__(max_length=MOST_PARTS * (PART_LENGTH + 40), widget=forms.Textarea(attrs={"rows": 7}), **kwargs)

    def to_python(self, value) -> str:
        return printable(super().to_python(value))


def lines_of(parts: list[dict] | None) -> str:
    return "\n".join(f"{part['code']} | {part['text'].get(SOURCE, '')}" for part in parts or ())


def split(line: str) -> tuple[str, str]:
    """Code, empty where none is given, and text of a line."""
    before, bar, after = line.partition("|")
    return (before.strip(), after.strip()) if bar and PART_CODE.fullmatch(before.strip()) else ("", line.strip())


def parts_of(typed: str, held: list[dict] | None) -> list[dict[str, Any]]:
    """The parts as typed, with the translations of those that were there; raises ValidationError naming the line."""
    lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_PARTS:
        told = _("These are %(n)s lines; at most %(most)s are possible.")
        raise forms.ValidationError(told % {"n": len(lines), "most": MOST_PARTS})
    pairs = [split(line) for line in lines]
    held_by_code = {part["code"]: part["text"] for part in held or ()}
    code_by_text = {text.get(SOURCE, ""): code for code, text in held_by_code.items()}
    problems = [problem for number, pair in enumerate(pairs, 1) if (problem := wrong_with(number, *pair))]
    taken = {code for code, _text in pairs if code}
    found: list[dict] = []
    for code, text in pairs:
        known = code_by_text.get(text, "")
        chosen = code or (known if known not in taken else "") or suggest(text, taken, "o")
        taken.add(chosen)
        found.append({"code": chosen, "text": {**held_by_code.get(chosen, {}), SOURCE: text}})
    codes = [part["code"] for part in found]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    problems += [_("The code %(code)s is used twice.") % {"code": code} for code in twice]
    if problems:
        raise forms.ValidationError(problems[:20])
    return found


def wrong_with(number: int, code: str, text: str) -> str:
    if not text:
        return _("Line %(number)s has a code and no text.") % {"number": number}
    if len(text) > PART_LENGTH:
        told = _("Line %(number)s has %(length)s characters; at most %(most)s fit.")
        return told % {"number": number, "length": len(text), "most": PART_LENGTH}
    return ""
