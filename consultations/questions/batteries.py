"""Several rows answered on the same columns: matrices and Likert batteries."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from .kinds import ANSWERED, EQUAL, Question, QuestionType, codes, names, written

UNSURE = "dont_know"


def columns_of(question: Question) -> str:
    return "scale" if question["type"] == "likert" else "columns"


def read_rows(question: Question, typed) -> dict[str, str]:
    rows = {code: written(typed, f"{question['code']}.{code}") for code in codes(question, "rows")}
    return {code: value for code, value in rows.items() if value}


def read_many_rows(question: Question, typed) -> dict[str, list[str]]:
    known = codes(question, "columns")
    rows = {}
    for code in codes(question, "rows"):
        chosen = set(typed.getlist(f"{question['code']}.{code}"))
        rows[code] = [column for column in known if column in chosen]
    return {code: value for code, value in rows.items() if value}


def allowed(question: Question) -> set[str]:
    return {*codes(question, columns_of(question)), *([UNSURE] if question.get("dont_know") else [])}


def check_rows(question: Question, value: Mapping[str, Any]) -> list[str]:
    given = {step for held in value.values() for step in ([held] if isinstance(held, str) else held)}
    if given - allowed(question):
        return [_("Please choose one of the answers in every row.")]
    missing = len(codes(question, "rows")) - len(value)
    if question.get("required") and missing:
        return [ngettext("%(n)s row has no answer yet.", "%(n)s rows have no answer yet.", missing) % {"n": missing}]
    return []


def row_words(question: Question, value: Mapping[str, Any]) -> str:
    rows, steps = names(question, "rows"), {UNSURE: _("Don't know"), **names(question, columns_of(question))}
    lines = []
    for code, held in value.items():
        chosen = [held] if isinstance(held, str) else held
        if code in rows:
            lines.append(f"{rows[code]}: {', '.join(steps.get(step, '–') for step in chosen)}")
    return "\n".join(lines)


TYPES = [
    QuestionType(
        code="likert",
        name=gettext_lazy("Likert scale"),
        read=read_rows,
        check=check_rows,
        words=row_words,
        parts=(("rows", 1), ("scale", 2)),
        asks=EQUAL,
        by_row=True,
    ),
    QuestionType(
        code="matrix",
        name=gettext_lazy("Matrix, one answer per row"),
        read=read_rows,
        check=check_rows,
        words=row_words,
        parts=(("rows", 1), ("columns", 2)),
        asks=EQUAL,
        by_row=True,
    ),
    QuestionType(
        code="matrix_multiple",
        name=gettext_lazy("Matrix, several answers per row"),
        read=read_many_rows,
        check=check_rows,
        words=row_words,
        parts=(("rows", 1), ("columns", 2)),
        asks=ANSWERED | {"in"},
        by_row=True,
    ),
]
