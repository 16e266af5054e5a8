"""Any two questions of a consultation against each other, at the desk: from the answers its figures were computed from.

Small groups are withheld as in the figures, each table with its own totals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.ui.components.numbers import in_words

from .answering import words
from .charts import labels_of
from .crosses import Figures, cross, method_words, number, p_words, residuals, tests_table
from .frames import frames, plain_questions
from .models import ResultSet
from .profile import countries, is_profile
from .questions.kinds import names
from .selectors import asked_in, comparable, identifying
from .snapshot import COLUMNS, differs
from .statistics.pairs import associations, corrected_pair, keyed, pair_table
from .statistics.survey import Survey, surveyed
from .structure import question_texts, with_marks

CHOSEN = {"single", "country", "consent", "multiple", "rating", "number", "slider", "date"}
BATTERIES = {"likert", "matrix", "matrix_multiple"}
STRONGEST = 30


@dataclass(frozen=True)
class Input:
    """A consultation's answers counted, and whether they are others than those behind its figures."""

    survey: Survey
    has_changed: bool


def pairable(results: ResultSet) -> dict[str, str]:
    """Everything that can be crossed, by key: questions, and rows of batteries; each in words."""
    found = {}
    for code, question in question_texts(results.questionnaire).items():
        if question["type"] in CHOSEN:
            found[code] = words(question["text"])
        elif question["type"] in BATTERIES:
            title = words(question["text"])
            found |= {f"{code}.{row}": f"{title}: {name}" for row, name in names(question, "rows").items()}
    return found


def read(results: ResultSet) -> Input:
    rows = list(comparable(results.consultation).order_by("pk").values_list(*COLUMNS))
    structure = with_marks(results.questionnaire.structure, identifying(results.consultation))
    asked = plain_questions(structure, countries())
    held = asked_in(results.consultation)
    given, languages, audiences = ([row[place] for row in rows] for place in (0, 2, 3))
    table, shown = frames(structure, given, languages, audiences, [held[row[4]] for row in rows])
    profile = [question["code"] for question in asked if is_profile(question)]
    survey = surveyed(asked, table, shown, results.consultation.threshold, profile)
    return Input(survey, differs(results.figures, results.base, rows, structure))


def pair(results: ResultSet, survey: Survey, rows: str, columns: str) -> Figures | None:
    """The table of two keys; None where one of them has nothing that could be crossed."""
    if not {rows, columns} <= keyed(survey).keys():
        return None
    return corrected_pair(pair_table(survey, rows, columns))


def answers_of(results: ResultSet, key: str, codes: list[str]) -> dict[str, str]:
    """Words for the codes of a key; bins of numbers begin at their code."""
    question = question_texts(results.questionnaire)[key.split(".")[0]]
    if question["type"] in {"number", "slider"}:
        return {code: f"≥ {code}" for code in codes}
    labels = labels_of(question)
    return {code: labels.get(code, code) for code in codes}


def told(results: ResultSet, table: Figures, rows: str, columns: str) -> Figures:
    """A pair in words, as the component takes it."""
    groups = answers_of(results, rows, [row["code"] for row in table["rows"]])
    answers = answers_of(results, columns, [column["code"] for column in table["columns"]])
    title = _("%(rows)s, by %(columns)s") % {"rows": pairable(results)[rows], "columns": pairable(results)[columns]}
    found = cross(title, groups, answers, [("", table)])
    tests = list(option_tests(table, groups, answers))
    return found | ({"tests": tests_table(title, tests)} if tests else {})


def option_tests(table: Figures, groups: Mapping, answers: Mapping) -> Iterator[tuple[str, str, Figures]]:
    """Of a multiple choice in rows: a test per option, or per pair of options."""
    for row, tests in zip(table["rows"], table.get("tests") or [], strict=False):
        several = tests if isinstance(tests, list) else [tests]
        labels = [answers[column["code"]] for column in table["columns"]] if isinstance(tests, list) else [""]
        for label, test in zip(labels, several, strict=True):
            if test:
                yield groups[row["code"]], label, test


def csv_rows(results: ResultSet, table: Figures, rows: str, columns: str) -> Iterator[list[Any]]:
    """A line per cell; what is withheld is empty and says so."""
    groups = answers_of(results, rows, [row["code"] for row in table["rows"]])
    answers = answers_of(results, columns, [column["code"] for column in table["columns"]])
    known = residuals(table)
    for row in table["rows"]:
        for cell in row["cells"]:
            residual = known.get((row["code"], cell["code"])) if not cell["suppressed"] else None
            yield [
                groups[row["code"]],
                answers[cell["code"]],
                *("" if value is None else value for value in (cell["count"], cell["share"], cell["column_share"])),
                "" if residual is None else residual,
                _("not shown") if cell["suppressed"] else "",
            ]


def csv_head(results: ResultSet, rows: str, columns: str) -> list[str]:
    labels = pairable(results)
    shares = [_("Share of the row"), _("Share of the column"), _("Adjusted residual"), _("Withheld")]
    return [labels[rows], labels[columns], _("Answers"), *shares]


def strongest(results: ResultSet, survey: Survey, key: str) -> Figures:
    """With what else a question hangs together, the strongest first; corrected for all of these tests."""
    labels, lines = pairable(results), associations(survey, of=key)
    rows = [
        [
            named(results, labels, line["first"]),
            named(results, labels, line["second"]),
            in_words(line["base"]),
            method_words(line),
            p_words(line["p"]),
            p_words(line["p_holm"]),
            number(line["cramers_v"], 2),
        ]
        for line in lines[:STRONGEST]
    ]
    head = [_("Question"), _("Crossed with"), _("Answers"), _("Test"), "p", _("p, corrected"), _("Cramér's V")]
    note = _("The strongest of %(n)s tests; p is corrected for all of them.") % {"n": len(lines)}
    return {"caption": _("What hangs together with it"), "head": head, "rows": rows, "note": note}


def named(results: ResultSet, labels: Mapping[str, str], key: str) -> str:
    """A key in words; that of an option is “key=option”."""
    whole, _equals, option = key.partition("=")
    title = labels.get(whole, whole)
    return f"{title}: {answers_of(results, whole, [option])[option]}" if option else title
