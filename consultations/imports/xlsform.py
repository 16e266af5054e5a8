"""XLSForm: the sheets survey, choices and settings of a workbook."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from ..profile import countries
from .bounds import UnreadableError, cell_text, sheets
from .drafting import Draft, Texts, few, figure
from .expressions import Reference
from .speech import language_of

Row = Mapping[str, str]
TEXTS = ("label", "hint")
DEVICE = {"start", "end", "today", "deviceid", "phonenumber", "username", "email", "simserial", "subscriberid", "audit"}
COMPUTED = {"calculate", "hidden", "xml-external", "csv-external", "start-geopoint", "background-audio"}
PLAIN = {
    "text": "text",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "date": "date",
    "datetime": "date",
    "note": "info",
    "acknowledge": "consent",
    "trigger": "consent",
    "file": "file",
    "image": "file",
}
CHOOSING = {"select_one": "single", "select1": "single", "rank": "ranking"}
POINTS = range(3, 11)  # of a rating
TAKEN = {  # columns of the sheets that questions, their answers and the whole are made of
    "survey": {"type", "name", "label", "hint", "required", "relevant", "constraint"},
    "group": {"type", "name", "label", "relevant"},
    "choices": {"list_name", "name", "value", "label"},
    "settings": {"form_title", "title", "default_language", "form_id", "id_string"},
}
TOLD_APART = {"appearance", "parameters", "choice_filter"}
PICTURES = ("media", "image", "audio", "video")
LIKE_A_PAGE = {"appearance field-list", "required no", "required false", "required false()"}  # a group is a page
TRUE = {"yes", "true", "true()", "1", "y"}
BOUND = re.compile(r"\.\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
CHOSEN = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=|>=|<|>|=)\s*(\d+)")
LETTERS = re.compile(r"^[\s().]*$")


def read(content: bytes, draft: Draft) -> None:
    book = sheets(content)
    if "survey" not in book:
        raise UnreadableError(_("The workbook has no sheet “survey”."))
    settings = next(iter(records(book.get("settings", []))), (0, {}))[1]
    default = language_of(settings.get("default_language", "")) or "en"
    form = Form(draft, choices(book.get("choices", []), draft), default)
    draft.title = draft.texts({default: settings.get("form_title") or settings.get("title") or ""})
    for line, row in records(book["survey"]):
        form.take(line, row)
    for name in form.lists:
        if name not in form.used:
            draft.note("choices", name, _("no question asks for it"))
    for head in left_in(settings, "settings"):
        draft.note("settings", f"{head}: {settings[head]}", nothing())
    for name, rows in book.items():
        if name not in ("survey", "choices", "settings") and len(rows) > 1:
            draft.note(name, name, _("the sheet was not read"))


def nothing() -> str:
    return _("there is nothing like it here")


def left_in(row: Row, sheet: str) -> list[str]:
    """Columns of a row that nothing was made of."""
    names = ((head, head.partition("::")[0]) for head in row)
    return [head for head, name in names if name not in TAKEN[sheet] and not name.startswith(PICTURES)]


def records(rows: list[tuple[int, list[Any]]]) -> list[tuple[int, dict[str, str]]]:
    """Cells by the head of their column in small letters, a language as it was written."""
    if not rows:
        return []
    heads = [head_name(cell_text(cell)) for cell in rows[0][1]]
    return [
        (line, {head: text for head, cell in zip(heads, row, strict=False) if head and (text := cell_text(cell))})
        for line, row in rows[1:]
    ]


def head_name(cell: str) -> str:
    name, colons, language = cell.partition("::")
    if not colons:
        name, colons, language = cell.partition(":")
    name = name.strip().lower().replace(" ", "_")
    return f"{name}::{language.strip()}" if colons else name


def choices(rows: list, draft: Draft) -> dict[str, list[tuple[str, Row]]]:
    found: dict[str, list[tuple[str, Row]]] = {}
    left: dict[str, str] = {}
    for line, row in records(rows):
        name = row.get("name") or row.get("value")
        if name and row.get("list_name"):
            found.setdefault(row["list_name"], []).append((name, row))
            left = {head: row[head] for head in left_in(row, "choices")} | left
            if any(head.startswith(PICTURES) for head in row):
                draft.note("choices", name, _("pictures and sounds are not in the file"))
        elif row:
            draft.note("choices", _("row %(line)s") % {"line": line}, _("it has no name"))
    for head, text in left.items():
        draft.note("choices", f"{head}: {text}", nothing())
    return found


class Form:
    """Reads the rows of the survey one after another; `groups` are those that are open, with their row."""

    def __init__(self, draft: Draft, lists: dict[str, list[tuple[str, Row]]], default: str) -> None:
        self.draft, self.lists, self.default = draft, lists, default
        self.groups: list[tuple[str, Row, str]] = []
        self.used: set[str] = set()
        self.stale = True

    def texts(self, row: Row, column: str, where: str = "") -> Texts:
        given: dict[str, str] = {}
        for head, text in row.items():
            name, _colons, language = head.partition("::")
            if name == column:
                given.setdefault(language_of(language) or language if language else self.default, text)
        return self.draft.texts(given, where)

    def take(self, line: int, row: Row) -> None:
        written = " ".join(row.get("type", "").split())
        kind, _space, rest = written.replace("begin_", "begin ").replace("end_", "end ").partition(" ")
        where = _("row %(line)s") % {"line": line} + (f", {row['name']}" if row.get("name") else "")
        kind = kind.lower()
        if kind == "begin":
            self.begin(row, rest.lower(), where)
        elif kind == "end":
            if self.groups:
                self.groups.pop()
            self.stale = True
        elif kind and row.get("name"):
            self.ask(kind, rest, row, where)
        elif kind:
            self.draft.note(where, written, _("it has no name"))
        elif row:
            self.draft.note(where, next(iter(row.values())), _("it has no type"))

    def begin(self, row: Row, kind: str, where: str) -> None:
        if kind.startswith("repeat"):
            self.draft.note(where, row.get("name", kind), _("questions cannot be repeated; they are asked once"))
        for head in left_in(row, "group"):
            if f"{head} {row[head]}".lower() not in LIKE_A_PAGE:
                self.draft.note(where, f"{head}: {row[head]}", nothing())
        self.groups.append((row.get("name", "group"), row, where))
        self.stale = True

    def open_section(self) -> None:
        """A page of its own for what now follows, shown if all groups around it are."""
        if not self.stale:
            return
        name, row, where = self.groups[-1] if self.groups else ("questions", {}, "")
        shows = [self.draft.condition(group.get("relevant", ""), at) for _name, group, at in self.groups]
        shows = [show for show in shows if show]
        title = self.texts(row, "label", where)
        if not title:
            title = next(
                (found for _n, group, _at in reversed(self.groups) if (found := self.texts(group, "label"))), {}
            )
        self.draft.section(name, title or dict(self.draft.title), show=joined(shows))
        self.stale = False

    def ask(self, kind: str, rest: str, row: Row, where: str) -> None:
        name = row["name"]
        if kind in DEVICE | COMPUTED and not row.get("label"):
            self.draft.note(where, f"{kind} {name}", _("the program that asked filled it in by itself"))
            return
        made = self.made(kind, rest, row, where)
        if made is None:
            self.draft.note(where, f"{kind} {name}", _("there is no such type of question"))
        question, values = made or ({}, {})
        if not question:
            self.draft.dropped += sum(head.partition("::")[0] in TEXTS for head in row)
            return
        self.open_section()
        self.complete(question, row, where)
        code = self.draft.code(name, where)
        ordered = {"code": code, **question}
        if self.draft.add(ordered, where):
            self.draft.names[name] = Reference(code, question["type"], values=values)

    def made(self, kind: str, rest: str, row: Row, where: str) -> tuple[dict, dict[str, str]] | None:
        """The question without its code and the codes of its answers; an empty one when that was told already."""
        if kind in ("select_one", "select_multiple", "rank", "select", "select1"):
            return self.select(kind, rest, row, where)
        if kind.endswith("_from_file") or kind.startswith("select_one_external"):
            self.draft.note(where, f"{kind} {rest}", _("its answers are in another file"))
            return {}, {}
        if kind == "range":
            return self.slider(row), {}
        if kind not in PLAIN:
            return None
        question: dict[str, Any] = {"type": PLAIN[kind]}
        if kind in ("integer", "int"):
            question["whole"] = True
        if kind == "text" and "multiline" in row.get("appearance", ""):
            question["type"] = "long_text"
        if kind == "datetime":
            self.draft.note(where, row["name"], _("the day is asked, the time is not"))
        if kind == "image":
            question["accept"] = ["png", "jpg"]
        return question, {}

    def select(self, kind: str, rest: str, row: Row, where: str) -> tuple[dict, dict[str, str]]:
        listed, _space, more = rest.partition(" ")
        options = self.lists.get(listed, [])
        self.used.add(listed)
        given, names = self.draft.parts([(name, self.texts(choice, "label")) for name, choice in options], where)
        question: dict[str, Any] = {"type": CHOOSING.get(kind, "multiple")}
        if "or_other" in more and "other" not in {option["code"] for option in given}:
            given.append({"code": "other", "text": {"en": "Other"}})
            question["other"] = True
            names["other"] = "other"
        if listed == "countries" and {option["code"] for option in given} == set(countries()):
            return {"type": "country"}, names
        question["options"] = given
        if len(given) == 1:
            self.draft.note(where, f"{kind} {rest}", _("it has one answer and became a statement to agree to"))
            return {"type": "consent"}, {}
        faults = few(question, "options", 2)
        if faults:
            self.draft.note(where, f"{kind} {rest}", _("not taken over: %(why)s") % {"why": "; ".join(faults)})
            return {}, {}
        if question["type"] == "single":
            question |= display(row.get("appearance", ""))
        if row.get("choice_filter"):
            self.draft.note(where, row["choice_filter"], _("answers cannot depend on others; all are offered"))
        return question, names

    def slider(self, row: Row) -> dict:
        given = dict(re.findall(r"(\w+)\s*=\s*(-?[\d.]+)", row.get("parameters", "")))
        points = figure(given.get("end", ""))
        if "rating" in row.get("appearance", "") and given.get("start") == "1" and points in POINTS:
            return {"type": "rating", "max": points}
        return {
            "type": "slider",
            "min": figure(given.get("start", "")) or 0,
            "max": figure(given.get("end", "")) or 10,
            "step": figure(given.get("step", "")) or 1,
        }

    def complete(self, question: dict, row: Row, where: str) -> None:
        question["text"] = self.texts(row, "label", where) or {"en": row["name"]}
        if help_text := self.texts(row, "hint", where):
            question["help"] = help_text
        required = row.get("required", "").lower()
        if required in TRUE and question["type"] != "info":
            question["required"] = True
        elif required not in ("", "no", "false", "false()", "0") and (found := self.draft.condition(required, where)):
            question["require"] = found
        if show := self.draft.condition(row.get("relevant", ""), where):
            question["show"] = show
        self.constrain(question, row.get("constraint", ""), where)
        for head in left_in(row, "survey"):
            if head not in TOLD_APART:
                self.draft.note(where, f"{head}: {row[head]}", nothing())
        for head, left in (("appearance", appearances(question, row)), ("parameters", parameters(question, row))):
            if left:
                self.draft.note(where, f"{head}: {left}", nothing())
        if any(head.startswith(PICTURES) for head in row):
            self.draft.note(where, row["name"], _("pictures and sounds are not in the file"))

    def constrain(self, question: dict, text: str, where: str) -> None:
        """Bounds of numbers, lengths and choices; all else is told."""
        if not text:
            return
        rest = text
        for pattern, allowed, words in (
            (CHOSEN, ("multiple",), ("min", "max")),
            (LENGTH, ("text", "long_text"), ("", "max_length")),
            (BOUND, ("number", "slider"), ("min", "max")),
        ):
            if question["type"] in allowed:
                rest = pattern.sub(partial(bounded, question, words), rest)
        if not LETTERS.match(re.sub(r"\band\b", "", rest)):
            self.draft.note(where, text, _("the check was left out or taken over in part"))


def bounded(question: dict, words: tuple[str, str], found: re.Match[str]) -> str:
    """Keeps a bound with the question; what cannot be a bound stays in the text."""
    sign, number = found.groups()
    value = figure(number)
    whole = question.get("whole") or question["type"] not in ("number", "slider")
    if value is None or (sign in "<>" and not whole):
        return f"{sign}{number}"
    low, high = words
    if sign in (">=", ">", "=") and low:
        question[low] = value + (sign == ">")
    if sign in ("<=", "<", "=") and high:
        question[high] = value - (sign == "<")
    return ""


def appearances(question: dict, row: Row) -> str:
    """The words of an appearance that nothing was made of."""
    taken = {
        "long_text": {"multiline"},
        "single": {"minimal", "autocomplete", "search"},
        "country": {"minimal", "autocomplete", "search"},
        "rating": {"rating"},
    }.get(question["type"], set())
    return " ".join(word for word in row.get("appearance", "").split() if word not in taken)


def parameters(question: dict, row: Row) -> str:
    taken = ("start", "end", "step") if question["type"] in ("slider", "rating") else ()
    given = re.findall(r"[\w-]+\s*=\s*[^\s,;]+", row.get("parameters", ""))
    return " ".join(one for one in given if one.partition("=")[0].strip() not in taken)


def display(appearance: str) -> dict[str, str]:
    if "autocomplete" in appearance or "search" in appearance:
        return {"display": "search"}
    return {"display": "dropdown"} if "minimal" in appearance else {}


def joined(shows: list) -> Any:
    return {"all": shows} if len(shows) > 1 else shows[0] if shows else None
