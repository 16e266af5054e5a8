"""What columns mean, as a table: one row per column, and one per value it can have."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.fields import as_text

from .columns import CHOICE, NUMERIC, REASONS, SEVERAL, TICK, Column, Missing
from .voices import safe


def reason_words(reason: Missing) -> str:
    words = {
        "not answered": _("not answered"),
        "not shown": _("not shown"),
        "don't know": _("Don't know"),
        "withheld": _("taken away to protect respondents"),
    }
    return words[reason.name]


def kind_words() -> dict[str, str]:
    return {
        "choice": _("one code"),
        "tick": _("0 or 1"),
        "count": _("whole number"),
        "number": _("number"),
        "text": _("text"),
        "day": _("day"),
        "several": _("codes"),
    }


def kind_of(column: Column, kinds: dict[str, str]) -> str:
    return _("text that says who wrote it") if column.identifies else kinds[column.kind]


def head(language: str) -> list[str]:
    with override(interface_code(language)):
        return [_("Column"), _("Label"), _("Question"), _("Kind"), _("Code"), _("Meaning")]


def entries(columns: list[Column], language: str, reasons: Sequence[Missing] = REASONS) -> Iterator[list]:
    """Rows of the code book, guarded like all texts."""
    with override(interface_code(language)):
        kinds = kind_words()
        rows = [
            [
                column.name,
                safe(words(column.label, language)),
                column.question,
                kind_of(column, kinds),
                code,
                safe(text),
            ]
            for column in columns
            for code, text in (meanings(column, language, reasons) or [("", "")])
        ]
    yield from rows


def meanings(column: Column, language: str, reasons: Sequence[Missing] = REASONS) -> list[tuple[str | int, str]]:
    """Codes with their texts, in the active language where they are not the questionnaire's own."""
    found: list = [(code, words(text, language)) for code, text in column.values]
    if column.kind == TICK:
        found = [(0, _("No")), (1, _("Yes"))]
    if column.kind in (CHOICE, TICK, *NUMERIC):
        found += [(column.missing(reason), reason_words(reason)) for reason in reasons]
    return found


def words(text, language: str) -> str:
    return as_text(text).localise(language).text


def analysed(columns: list[Column]) -> list[Column]:
    """Without the columns that repeat what others say one by one."""
    return [column for column in columns if column.kind != SEVERAL]
