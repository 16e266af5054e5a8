"""A questionnaire as XLSForm, for programs that ask in the field; whatever such a form cannot say is told."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from platform_core.ground.texts.codes import SOURCE, interface_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.ui.languages import native_name

from ..imports.drafting import Note
from ..models import Questionnaire
from ..questions.batteries import UNSURE
from ..structure import audiences, questions
from .columns import Texts, country, in_every_language
from .relevance import Relevance, UnsayableError

Part = dict[str, Any]
PLAIN = {"text": "text", "long_text": "text", "date": "date", "info": "note", "consent": "acknowledge", "file": "file"}
WORDS = {"email": "text", "url": "text", "region": "text", "organisation": "text"}
APPEARANCES = {"dropdown": "minimal", "search": "minimal autocomplete"}
FIXED = ("type", "name", "relevant", "constraint", "required", "appearance", "parameters")


@dataclass
class Form:
    """Rows of the sheets, and what is not in them."""

    version: Questionnaire
    survey: list[Part] = field(default_factory=list)
    choices: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.structure = self.version.structure
        self.relevance = Relevance({asked["code"]: asked for asked in questions(self.structure)})
        for section in self.structure["sections"]:
            self.section(section)
        if audiences(self.structure):
            self.note("", _("audiences"), _("who was invited as one of an audience is not known there"))

    def note(self, where: str, what: str, why: str) -> None:
        self.notes.append(Note(where, what, why))

    def row(self, kind: str, name: str = "", texts: Texts | None = None, **more: Any) -> None:
        self.survey.append({"type": kind, "name": name, "label": texts or {}, **more})

    def section(self, section: Part) -> None:
        wanted = [section.get("show")]
        if kept_for := section.get("audiences"):
            wanted.append({"any": [{"audience": code} for code in kept_for]})
        shows = [show for show in wanted if show]
        show = {"all": shows} if len(shows) > 1 else shows[0] if shows else None
        self.row("begin_group", section["code"], section["title"], relevant=self.condition(show, section["code"]))
        if section.get("text"):
            self.row("note", f"{section['code']}_intro", section["text"])
            self.note(section["code"], _("introduction"), _("it became a question that is only read"))
        for question in section["questions"]:
            self.ask(question)
        self.row("end_group")

    def condition(self, tree: Any, where: str) -> str:
        try:
            return self.relevance.said(tree)
        except UnsayableError as problem:
            self.note(where, _("condition"), str(problem))
            return ""

    def ask(self, question: Part) -> None:
        code, kind = question["code"], question["type"]
        more = {"relevant": self.condition(question.get("show"), code), "hint": question.get("help", {})}
        if kind != "info" and question.get("required"):
            more["required"] = "yes"
        elif require := self.condition(question.get("require"), code):
            more["required"] = require
        MAKERS.get(kind, plain)(self, question, more)
        if question.get("other"):
            self.others(question)
        for name in ("image", "accept", "max_mb", "top", "low", "high", "exclusive", "level", "personal", "identifies"):
            if question.get(name):
                self.note(code, name, _("there is nothing like it in such forms"))

    def others(self, question: Part) -> None:
        codes = {option["code"] for option in question["options"]}
        other = question["other"] if question["other"] in codes else "other"
        relevant = f"selected(${{{question['code']}}}, '{other}')" if other in codes else ""
        self.row(
            "text", f"{question['code']}_other", in_every_language(lambda: _("If other, which?")), relevant=relevant
        )
        self.note(question["code"], _("If other, which?"), _("it became a question of its own"))

    def listed(self, name: str, items: Iterable[Part]) -> str:
        self.choices += [{"list_name": name, "name": item["code"], "label": item["text"]} for item in items]
        return name


def plain(form: Form, question: Part, more: Part) -> None:
    kind, constraint = question["type"], ""
    if kind in WORDS:
        form.note(question["code"], kind, _("it became words without a check"))
    if length := question.get("max_length"):
        constraint = f"string-length(.) <= {length}"
    if kind == "date":
        days = ((">=", question.get("min")), ("<=", question.get("max")))
        constraint = " and ".join(f". {sign} date('{day}')" for sign, day in days if day)
    appearance = "multiline" if kind == "long_text" else ""
    written = PLAIN.get(kind) or WORDS[kind]
    form.row(written, question["code"], question["text"], constraint=constraint, appearance=appearance, **more)


def choice(form: Form, question: Part, more: Part) -> None:
    kind = {"single": "select_one", "multiple": "select_multiple", "ranking": "rank"}[question["type"]]
    listed = form.listed(question["code"], question["options"])
    bounds = ((">=", question.get("min")), ("<=", question.get("max")))
    counted = " and ".join(f"count-selected(.) {sign} {number}" for sign, number in bounds if number)
    appearance = APPEARANCES.get(question.get("display", ""), "")
    form.row(f"{kind} {listed}", question["code"], question["text"], constraint=counted, appearance=appearance, **more)


def of_countries(form: Form, question: Part, more: Part) -> None:
    if not any(row["list_name"] == "countries" for row in form.choices):
        (column,), _spread = country(question)
        form.listed("countries", [{"code": code, "text": text} for code, text in column.values])
    form.row("select_one countries", question["code"], question["text"], appearance="minimal autocomplete", **more)


def number(form: Form, question: Part, more: Part) -> None:
    bounds = ((">=", question.get("min")), ("<=", question.get("max")))
    constraint = " and ".join(f". {sign} {value}" for sign, value in bounds if value is not None)
    kind = "integer" if question.get("whole") else "decimal"
    unit_told(form, question, more)
    form.row(kind, question["code"], question["text"], constraint=constraint, **more)


def measured(form: Form, question: Part, more: Part) -> None:
    is_rating = question["type"] == "rating"
    start, step = (1, 1) if is_rating else (question["min"], question.get("step") or 1)
    parameters = f"start={start} end={question['max']} step={step}"
    unit_told(form, question, more)
    appearance = "rating" if is_rating else ""
    form.row("range", question["code"], question["text"], parameters=parameters, appearance=appearance, **more)


def unit_told(form: Form, question: Part, more: Part) -> None:
    if not (unit := question.get("unit")):
        return
    if more["hint"]:
        form.note(question["code"], str(as_text(unit)), _("the unit is left out, since there is an explanation"))
    else:
        more["hint"] = unit
        form.note(question["code"], str(as_text(unit)), _("the unit became the explanation"))


def battery(form: Form, question: Part, more: Part) -> None:
    """Every row a question of its own, shown together as a table."""
    kind = "select_multiple" if question["type"] == "matrix_multiple" else "select_one"
    steps = question["scale"] if question["type"] == "likert" else question["columns"]
    unsure = [{"code": UNSURE, "text": in_every_language(lambda: _("Don't know"))}] if question.get("dont_know") else []
    listed = form.listed(question["code"], [*steps, *unsure])
    rows = [(row["code"], row["text"], f"{kind} {listed}", "") for row in question["rows"]]
    table(form, question, more, rows, "table-list")


def shares(form: Form, question: Part, more: Part) -> None:
    bound = f". >= 0 and . <= {question.get('total', 100)}"
    rows = [(option["code"], option["text"], "integer", bound) for option in question["options"]]
    table(form, question, more, rows, "field-list")
    form.note(question["code"], _("total"), _("that the parts make the whole is not checked"))


def table(form: Form, question: Part, more: Part, rows: list[tuple], appearance: str) -> None:
    code, needed = question["code"], more.pop("required", "")
    form.row("begin_group", code, question["text"], appearance=appearance, **more)
    for row, text, kind, constraint in rows:
        form.row(kind, f"{code}_{row}", text, constraint=constraint, required=needed)
    form.row("end_group")
    form.note(code, question["type"], _("its rows became questions of their own"))


MAKERS = {
    **dict.fromkeys(("single", "multiple", "ranking"), choice),
    **dict.fromkeys(("likert", "matrix", "matrix_multiple"), battery),
    **dict.fromkeys(("slider", "rating"), measured),
    "country": of_countries,
    "number": number,
    "budget": shares,
}


def written(form: Form) -> bytes:
    """The workbook, with a sheet of what is not in it; programs pass over that."""
    made = io.BytesIO()
    languages = ["en", *(code for code in form.version.consultation.languages if code != SOURCE)]
    with Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        put(book, "survey", FIXED, ("label", "hint"), form.survey, languages)
        put(book, "choices", ("list_name", "name"), ("label",), form.choices, languages)
        consultation = form.version.consultation
        title = {"form_title": str(consultation.title.localise(SOURCE).text), "form_id": consultation.code}
        heads = ("form_title", "form_id", "default_language")
        put(book, "settings", heads, (), [{**title, "default_language": called(SOURCE)}], languages)
        told = [{"where": note.where, "what": note.what, "why": note.why} for note in form.notes]
        put(book, "not_written", ("where", "what", "why"), (), told, languages)
    return made.getvalue()


def called(language: str) -> str:
    return f"{native_name(interface_code(language))} ({language})"


def put(book: Workbook, name: str, fixed, translated, rows: list[Part], languages: list[str]) -> None:
    sheet = book.add_worksheet(name)
    heads = [*((head, "") for head in fixed), *((head, code) for head in translated for code in languages)]
    for place, (head, code) in enumerate(heads):
        sheet.write_string(0, place, f"{head}::{called(code)}" if code else head)
    for line, row in enumerate(rows, 1):
        for place, (head, code) in enumerate(heads):
            value = (row.get(head) or {}).get(code, "") if code else row.get(head, "")
            if value:
                sheet.write_string(line, place, str(value))
