"""Answers from a CSV file, under the names or the labels an export gives its columns, as codes or as labels."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import FORMULA
from platform_core.ground.texts.codes import CODES

from ..answering import problems
from ..conditions import Facts
from ..exports.answers import response_columns
from ..exports.columns import CHOICE, NUMERIC, REASONS, SEVERAL, TICK, UNKNOWN, Block, Column, blocks, in_every_language
from ..exports.voices import heads, place_names
from ..models import Questionnaire, Response
from ..questions.days import day_of
from ..questions.kinds import codes
from ..structure import questions, visible_answers
from .bounds import UnreadableError, check_size, decoded

MOST_ROWS = 5000
NAME_LENGTH = 200
TOLD = 500  # problems kept; more are counted
LEFT_OUT = (
    *("response.number", "response.version", "response.channel"),
    *("response.person", "response.email", "response.organisation"),
)


@dataclass(frozen=True)
class Problem:
    line: int
    column: str
    words: str


@dataclass
class Row:
    answers: dict[str, Any]
    language: str
    audience: str
    day: date | None
    publication: str = ""
    name: str = ""


@dataclass
class Table:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


class Reading:
    """One table read against one version of the questions."""

    def __init__(self, version: Questionnaire) -> None:
        self.version, self.structure = version, version.structure
        self.asked = {question["code"]: question for question in questions(self.structure)}
        self.blocks = blocks(self.asked.values())
        own = [column for column, _field in response_columns(version.consultation, self.structure)]
        self.columns = [*own, *(column for block in self.blocks for column in block.columns)]
        self.words = {column.name: meanings(column) for column in self.columns}
        self.yes = {text.casefold(): True for text in in_every_language(lambda: _("Yes")).values()}
        self.no = {text.casefold(): False for text in in_every_language(lambda: _("No")).values()}
        unsure = in_every_language(lambda: _("Don't know")).values()
        self.unsure = {text.casefold(): UNKNOWN for text in unsure}
        self.hidden = {text.casefold() for text in in_every_language(lambda: _("not shown")).values()}
        self.table = Table()

    def read(self, content: bytes) -> Table:
        lines = rows_of(content)
        places = self.places(lines[0])
        for number, line in enumerate(lines[1:], 2):
            if any(cell.strip() for cell in line):
                self.row(number, {name: line[place] for place, name in places.items() if place < len(line)})
        if not self.table.rows:
            raise UnreadableError(_("There are no answers in this file."))
        return self.table

    def places(self, head: list[str]) -> dict[int, str]:
        """Which column stands where; what is called like none is a problem, what was left out on purpose is told."""
        known = self.names()
        found: dict[int, str] = {}
        for place, cell in enumerate(head):
            name = known.get(cell.strip()) or known.get(cell.strip().casefold())
            if name is None and cell.strip():
                self.wrong(1, cell[:80], _("There is no such column."))
            elif name in LEFT_OUT or (name and self.type_of(name) == "file"):
                self.table.passed.append(name)
            elif name in found.values():
                self.wrong(1, cell[:80], _("The column stands there twice."))
            elif name:
                found[place] = name
        self.table.columns = list(found.values())
        return found

    def names(self) -> dict[str, str]:
        """Columns by name and by label in any language; then both in small letters, where that is not one already."""
        known = {column.name: column.name for column in self.columns}
        for language in CODES:
            for column, label in zip(self.columns, heads(self.columns, language), strict=True):
                known.setdefault(label, column.name)
        return {written.casefold(): name for written, name in reversed(known.items())} | known

    def type_of(self, name: str) -> str:
        return next(column.of for column in self.columns if column.name == name)

    def wrong(self, line: int, column: str, words: str) -> None:
        self.table.problems.append(Problem(line, column, words))

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        values = {column.name: self.value(line, column, cells.get(column.name, "")) for column in self.columns}
        answers: dict[str, Any] = {}
        for block in self.blocks:
            answers |= answer(self.asked[block.code], block, values)
        language = values["response.language"] or "en"
        audience = values["response.audience"] or str(answers.get("audience", ""))
        self.check(line, answers, Facts(language, audience))
        day = day_of(values.get("response.day") or "")
        wish = values.get("response.publication") or ""
        name = (values.get("response.name") or "")[:NAME_LENGTH] if wish == Response.Publication.NAMED else ""
        self.table.rows.append(Row(answers, language, audience, day, wish, name))

    def check(self, line: int, answers: dict[str, Any], facts: Facts) -> None:
        """The same checks as for somebody who types; answers to questions that are hidden do not fit."""
        _shown, kept = visible_answers(self.structure, answers, facts)
        for code in sorted({key.partition(".")[0] for key in answers} - {key.partition(".")[0] for key in kept}):
            self.wrong(line, code, _("This question is not shown with the other answers."))
        for code, question in self.asked.items():
            for told in problems(question, answers, required=False) if code in answers else ():
                self.wrong(line, code, told)

    def value(self, line: int, column: Column, cell: str) -> Any:
        """A plain value, or None where there is none."""
        text = unguarded(cell.strip())
        if not text or text in {str(column.missing(reason)) for reason in REASONS if reason is not UNKNOWN}:
            return None
        if column.kind in (CHOICE, TICK) and text.casefold() in self.hidden:
            return None
        try:
            return self.understood(column, text)
        except (KeyError, ValueError, OverflowError):
            self.wrong(line, column.name, _("“%(value)s” does not fit.") % {"value": text[:80]})
            return None

    def understood(self, column: Column, text: str) -> Any:
        known = self.words[column.name]
        if column.kind == CHOICE:
            unsure = {str(column.missing(UNKNOWN)): UNKNOWN, **self.unsure}
            return known[text.casefold()] if text.casefold() in known else unsure[text.casefold()]
        if column.kind == TICK:
            return {"1": True, "0": False, **self.yes, **self.no}[text.casefold()]
        if column.kind == SEVERAL:
            return tuple(known[part.strip().casefold()] for part in text.split(";") if part.strip())
        if column.kind in NUMERIC:
            number = float(text.replace(",", "."))
            return int(number) if column.kind != "number" else number
        return known.get(text.casefold(), text)


def rows_of(content: bytes) -> list[list[str]]:
    check_size(len(content))
    text = decoded(content)
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as problem:
        raise UnreadableError(_("The file cannot be read as a table.")) from problem
    if len(lines) < 2:
        raise UnreadableError(_("There are no answers in this file."))
    if len(lines) > MOST_ROWS + 1:
        raise UnreadableError(_("The table has more than %(most)s rows.") % {"most": MOST_ROWS})
    return lines


def unguarded(text: str) -> str:
    """Without the apostrophe by which an export keeps spreadsheets from running it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def meanings(column: Column) -> dict[str, str]:
    """Codes by code and by label in any language, small letters; where labels are the same the first one counts."""
    found: dict[str, str] = {code.casefold(): code for code, _texts in column.values}
    for code, texts in column.values:
        for text in texts.values():
            found.setdefault(text.strip().casefold(), code)
    for language in CODES if column.of in ("region", "organisation") else ():
        for code, name in place_names(column.of, language).items():
            found.setdefault(name.casefold(), code)
    return found


def answer(question: Mapping[str, Any], block: Block, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns of a question say together; empty when they say nothing."""
    given = [values[column.name] for column in block.columns]
    found = put_together(question, given)
    answers = {} if found in (None, False, {}, [], ()) else {block.code: found}
    if block.other and given[-1]:
        answers[block.other] = given[-1]
    return answers


def put_together(question: Mapping[str, Any], given: list) -> Any:
    match question["type"]:
        case "multiple":
            options = codes(question)
            ticked = [code for code, tick in zip(options, given[1:], strict=False) if tick]
            return ticked or [code for code in options if code in (given[0] or ())]
        case "matrix" | "likert":
            steps = ["dont_know" if step is UNKNOWN else step for step in given]
            return {code: step for code, step in zip(codes(question, "rows"), steps, strict=True) if step}
        case "matrix_multiple":
            cells = [(row, column) for row in codes(question, "rows") for column in codes(question, "columns")]
            crosses = [cell for cell, tick in zip(cells, given, strict=True) if tick]
            return {row: [c for r, c in crosses if r == row] for row in dict.fromkeys(row for row, _c in crosses)}
        case "ranking" | "budget":
            return {code: n for code, n in zip(codes(question), given, strict=True) if n}
        case _:
            return None if given[0] is UNKNOWN else given[0]
