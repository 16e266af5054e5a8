"""How plain values stand in a cell: as codes, as labels in a language, or as numbers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, override

from platform_core.ground.reports.tables import guarded
from platform_core.ground.texts.codes import interface_code
from platform_core.ground.texts.fields import UNPRINTABLE, as_text
from platform_core.ground.vocabulary import selectors as vocabulary

from ..questions import places
from .columns import CHOICE, NOT_ANSWERED, NOT_SHOWN, NUMERIC, REASONS, SEVERAL, TICK, UNKNOWN, WITHHELD, Column

BETWEEN = "; "


class Table(dict):
    """Cells by plain value; what is not known is made by `other`."""

    def __init__(self, known: dict, other: Callable[[Any], Any]) -> None:
        super().__init__(known)
        self.other = other

    def __missing__(self, value: Any) -> Any:
        return self.other(value)


def number(value: Any) -> Any:
    """Whole numbers without a point."""
    return int(value) if isinstance(value, float) and value.is_integer() else safe(value)


def safe(value: Any) -> Any:
    """Texts without what a spreadsheet would run or XML cannot hold; numbers as they are."""
    if isinstance(value, date):
        return value.isoformat()
    return guarded(UNPRINTABLE.sub("", value)) if isinstance(value, str) else value


def codes(column: Column) -> Table:
    """Codes as the questions give them; reasons for having none as negative numbers, in columns of text as nothing."""
    coded = column.kind in (CHOICE, TICK, *NUMERIC)
    known: dict = {reason: column.missing(reason) if coded else "" for reason in (*REASONS, WITHHELD)}
    if column.kind == TICK:
        known |= {True: 1, False: 0}
    if column.kind == SEVERAL:
        return Table(known, lambda value: BETWEEN.join(value))
    return Table(known, number if column.kind in NUMERIC else safe)


def labels(column: Column, language: str) -> Table:
    """Texts as respondents saw them; what was not answered is empty."""
    with override(interface_code(language)):
        reasons = {NOT_ANSWERED: "", NOT_SHOWN: _("not shown"), UNKNOWN: _("Don't know")}
        ticks = {True: _("Yes"), False: _("No")}
    texts = {code: safe(as_text(text).localise(language).text) for code, text in column.values}
    match column.kind:
        case "choice":
            return Table(reasons | texts, safe)
        case "tick":
            return Table(reasons | ticks, safe)
        case "several":
            known = dict.fromkeys(REASONS, "")
            return Table(known, lambda value: BETWEEN.join(str(texts.get(code, code)) for code in value))
        case "count" | "number":
            return Table(dict.fromkeys(REASONS, ""), number)
        case _:
            return Table(dict.fromkeys(REASONS, "") | place_names(column.of, language), safe)


def place_names(kind: str, language: str) -> dict[str, str]:
    """Regions and organisations of the directory are kept as codes."""
    with override(interface_code(language)):
        if kind == "region":
            return dict(vocabulary.region_labels())
        if kind == "organisation":
            return {f"{places.LISTED}{code}": str(safe(str(name))) for code, name in places.names_of().items()}
    return {}


def positions(column: Column) -> Table:
    """Numbers where there is anything to count: choices as their place from 1, or as themselves if all are numbers."""
    known: dict = {reason: float(column.missing(reason)) for reason in REASONS}
    if column.kind in NUMERIC:
        return Table(known, float)
    if column.kind == TICK:
        return Table(known | {True: 1.0, False: 0.0}, lambda value: float("nan"))
    if column.kind == CHOICE:
        return Table(known | numbered(column), lambda value: float("nan"))
    return Table(dict.fromkeys(REASONS, ""), lambda value: str(value))


def numbered(column: Column) -> dict[str, float]:
    names = [code for code, _text in column.values]
    if names and all(code.isdecimal() and code.isascii() and len(code) < 9 for code in names):
        found = {code: float(code) for code in names}
        if len(set(found.values())) == len(found):
            return found
    return {code: float(place) for place, code in enumerate(names, 1)}


def heads(columns: list[Column], language: str) -> list[str]:
    """Labels of columns; those that others have too are followed by their name."""
    words = [as_text(column.label).localise(language).text for column in columns]
    return [
        str(safe(f"{text} [{column.name}]" if words.count(text) > 1 or not text else text))
        for column, text in zip(columns, words, strict=True)
    ]
