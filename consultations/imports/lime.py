"""LimeSurvey's questionnaires, whichever file they came in, as ours."""

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _, override

from platform_core.ground.texts.codes import interface_code

from .drafting import Draft, Texts, figure
from .expressions import Reference
from .speech import language_of

Languages = dict[str, str]  # texts by language as the file calls it


@dataclass
class Item:
    """An answer or a subquestion. `scale` tells rows (0) from columns (1), or two scales apart."""

    code: str
    texts: Languages = field(default_factory=dict)
    scale: int = 0
    order: float = 0


@dataclass
class Asked:
    code: str
    type: str
    texts: Languages = field(default_factory=dict)
    help: Languages = field(default_factory=dict)
    required: bool = False
    other: bool = False
    order: float = 0
    relevance: str = ""
    check: str = ""
    items: list[Item] = field(default_factory=list)
    answers: list[Item] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)


@dataclass
class Group:
    code: str
    order: float = 0
    title: Languages = field(default_factory=dict)
    text: Languages = field(default_factory=dict)
    relevance: str = ""
    questions: list[Asked] = field(default_factory=list)


@dataclass
class Survey:
    title: Languages = field(default_factory=dict)
    text: Languages = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)  # where, and what there is nothing like here


NUMBERED = {"A": 5, "B": 10}
CHOICES: dict[str, list[tuple[str, Callable[[], str]]]] = {
    "Y": [("Y", lambda: _("Yes")), ("N", lambda: _("No"))],
    "G": [("F", lambda: _("Female")), ("M", lambda: _("Male"))],
    "C": [("Y", lambda: _("Yes")), ("U", lambda: _("Uncertain")), ("N", lambda: _("No"))],
    "E": [("I", lambda: _("Increase")), ("S", lambda: _("Same")), ("D", lambda: _("Decrease"))],
}
PLAIN = {"S": "text", "T": "long_text", "U": "long_text", "N": "number", "D": "date", "X": "info", "|": "file"}
SINGLE = {"L": "radio", "!": "dropdown", "O": "radio", "Y": "radio", "G": "radio"}
ROWED = {"F", "A", "B", "C", "E", "H", ";", ":", "1"}
LEFT = {
    "*": lambda: _("it computes; there is nothing like it here"),
    "I": lambda: _("the language is known anyway"),
    ";": lambda: _("tables of texts are not asked here"),
    ":": lambda: _("tables of numbers are not asked here"),
}
TAKEN_SETTINGS = {  # by the types of questions that take them
    "min_answers": "MP",
    "max_answers": "MPR",
    "exclude_all_others": "MP",
    "min_num_value_n": "N",
    "max_num_value_n": "N",
    "num_value_int_only": "N",
    "maximum_chars": "STU",
    "multiflexible_checkbox": ":",
}
PARTS_OF_ROWS = {"relevance", "help", "language", "validation", "mandatory", "other", "hidden", "id", "related_id"}
NOTHING = ("", "0", "N")
NEVER = {  # what names a row, its place, and what is the same without being said
    *("sid", "gsid", "gid", "qid", "parent_qid", "aid", "qaid", "cid", "id", "language", "additional_languages"),
    *("surveyls_survey_id", "surveyls_language", "same_default"),
}
TOLD_TEXTS = {"surveyls_title", "surveyls_description", "surveyls_welcometext"}
LOST_TEXTS = (
    *("surveyls_endtext", "surveyls_policy_notice", "surveyls_policy_error", "surveyls_policy_notice_label"),
    "surveyls_url",
)


def says(name: str, value: str) -> bool:
    """Whether a cell says more than that nothing was chosen; everybody is asked where relevance is 1."""
    return name not in NEVER and value.strip() not in NOTHING and (value.strip() != "1" or "relevance" not in name)


def listed(what: str, names: list[str]) -> list[tuple[str, str]]:
    """Names of what was left, as many to a line as a note takes."""
    return [("", f"{what}: {line}") for line in wrap(", ".join(names), 180)]


def take(survey: Survey, draft: Draft) -> None:
    draft.title, draft.summary = draft.texts(survey.title), draft.texts(survey.text)
    for where, what in survey.lost:
        draft.note(where, what, _("there is nothing like it here"))
    for group in sorted(survey.groups, key=lambda group: group.order):
        show = draft.condition(group.relevance, group.code)
        draft.section(group.code, draft.texts(group.title), draft.texts(group.text, group.code), show)
        for asked in sorted(group.questions, key=lambda asked: asked.order):
            ask(asked, draft)


def ask(asked: Asked, draft: Draft) -> None:
    if asked.settings.get("hidden") == "1":
        leave(asked, draft, _("it is hidden from respondents"))
    elif asked.type in LEFT and not is_ticked(asked):
        leave(asked, draft, LEFT[asked.type]())
    elif asked.type in ("K", "Q"):
        split(asked, draft)
    elif asked.type == "1":
        for scale in (0, 1):
            add(asked, draft, f"{asked.code}_{scale}", two_scales(asked, draft, scale))
    elif made := question(asked, draft):
        add(asked, draft, asked.code, made)
    else:
        leave(asked, draft, _("there is no such type of question"))


def leave(asked: Asked, draft: Draft, why: str) -> None:
    parts = (asked.texts, asked.help, *(item.texts for item in (*asked.items, *asked.answers)))
    draft.dropped += sum(len(texts) for texts in parts)
    draft.note(asked.code, asked.type, why)


def add(asked: Asked, draft: Draft, name: str, made: tuple[dict[str, Any], dict[str, dict[str, str]]]) -> None:
    fields, names = made
    fields["text"] = fields.pop("text", None) or draft.texts(asked.texts, asked.code) or {"en": name}
    if help_text := draft.texts(asked.help, asked.code):
        fields["help"] = help_text
    if asked.required and fields["type"] != "info":
        fields["required"] = True
    if show := draft.condition(asked.relevance, asked.code):
        fields["show"] = show
    if asked.check:
        draft.note(asked.code, asked.check, _("the check was left out"))
    for word, value in asked.settings.items():
        if (
            value.strip() not in NOTHING
            and word not in PARTS_OF_ROWS
            and asked.type not in TAKEN_SETTINGS.get(word, ())
        ):
            draft.note(asked.code, f"{word}: {value}", _("there is nothing like it here"))
    code = draft.code(name, asked.code)
    if draft.add({"code": code, **fields}, asked.code):
        refer(draft, name, code, fields["type"], names)


def refer(draft: Draft, name: str, code: str, kind: str, names: dict[str, dict[str, str]]) -> None:
    """Under which names conditions speak of a question, its options and its rows."""
    values = names.get("options") or names.get("columns") or {}
    draft.names[name] = Reference(code, kind, values=values)
    if kind == "multiple":
        for old, new in values.items():
            draft.names[f"{name}_{old}"] = Reference(code, kind, option=new)
    for old, new in names.get("rows", {}).items():
        draft.names[f"{name}_{old}"] = Reference(code, kind, row=new, values=values)


def question(asked: Asked, draft: Draft) -> tuple[dict[str, Any], dict[str, dict[str, str]]] | None:
    kind = asked.type
    if kind in SINGLE:
        return single(asked, draft)
    if kind in ("M", "P"):
        return multiple(asked, draft)
    if kind == "R":
        options, names = items(asked.answers or asked.items, draft, asked)
        return {"type": "ranking", "options": options} | top(asked), {"options": names}
    if kind == "5":
        return {"type": "rating", "max": 5}, {}
    if kind in ROWED:
        return battery(asked, draft)
    return ({"type": PLAIN[kind], **bounds(asked)}, {}) if kind in PLAIN else None


def single(asked: Asked, draft: Draft) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    given, names = items(asked.answers, draft, asked)
    if asked.type in CHOICES:
        given, names = said(asked)
    made: dict[str, Any] = {"type": "single", "options": given}
    if SINGLE[asked.type] == "dropdown":
        made["display"] = "dropdown"
    if asked.type == "O":
        draft.note(asked.code, asked.type, _("the field for a comment was left out"))
    return made | other(asked, made["options"], names), {"options": names}


def multiple(asked: Asked, draft: Draft) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    given, names = items(asked.items, draft, asked)
    made: dict[str, Any] = {"type": "multiple", "options": given}
    for word, setting in (("min", "min_answers"), ("max", "max_answers")):
        if (value := figure(asked.settings.get(setting, ""))) is not None:
            made[word] = value
    alone = asked.settings.get("exclude_all_others", "").split(";")[0].strip()
    if alone in names:
        made["exclusive"] = names[alone]
    if asked.type == "P":
        draft.note(asked.code, asked.type, _("the fields for comments were left out"))
    return made | other(asked, made["options"], names), {"options": names}


def other(asked: Asked, options: list[dict], names: dict[str, str]) -> dict[str, bool]:
    if not asked.other:
        return {}
    names["-oth-"] = names["other"] = "other"
    if "other" not in {option["code"] for option in options}:
        options.append({"code": "other", "text": in_languages(asked, lambda: _("Other"))})
    return {"other": True}


def battery(asked: Asked, draft: Draft) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Rows and columns; of an array by column the two change places, since each row has one answer here."""
    rows, row_names = items([item for item in asked.items if item.scale == 0], draft, asked)
    if asked.type == ":":
        columns, names = items([item for item in asked.items if item.scale == 1], draft, asked)
    elif asked.type in NUMBERED:
        points = [str(point) for point in range(1, NUMBERED[asked.type] + 1)]
        columns, names = (
            [{"code": point, "text": {"en": point}} for point in points],
            dict(zip(points, points, strict=True)),
        )
    elif asked.type in CHOICES:
        columns, names = said(asked)
    else:
        columns, names = items(asked.answers, draft, asked)
    kind = "matrix_multiple" if asked.type == ":" else "matrix"
    return {"type": kind, "rows": rows, "columns": columns}, {"rows": row_names, "columns": names}


def two_scales(asked: Asked, draft: Draft, scale: int) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    rows, row_names = items(asked.items, draft, asked)
    columns, names = items([item for item in asked.answers if item.scale == scale], draft, asked)
    return {"type": "matrix", "rows": rows, "columns": columns}, {"rows": row_names, "columns": names}


def is_ticked(asked: Asked) -> bool:
    return asked.type == ":" and asked.settings.get("multiflexible_checkbox") == "1"


def split(asked: Asked, draft: Draft) -> None:
    """Several fields become as many questions, the text of the whole before that of each."""
    for item in asked.items:
        part = Asked(
            code=f"{asked.code}_{item.code}",
            type="N" if asked.type == "K" else "S",
            texts={name: f"{asked.texts.get(name, '')} – {text}" for name, text in item.texts.items()},
            help=asked.help,
            required=asked.required,
            relevance=asked.relevance,
            settings=asked.settings,
        )
        ask(part, draft)


def items(given: list[Item], draft: Draft, asked: Asked) -> tuple[list[dict], dict[str, str]]:
    ordered = sorted(given, key=lambda item: item.order)
    return draft.parts([(item.code, draft.texts(item.texts)) for item in ordered], asked.code)


def said(asked: Asked) -> tuple[list[dict], dict[str, str]]:
    """Answers LimeSurvey knows by itself, in the languages of the question."""
    known = CHOICES[asked.type]
    found = [{"code": code, "text": in_languages(asked, words)} for code, words in known]
    return found, {code: code for code, _words in known}


def in_languages(asked: Asked, words: Callable[[], str]) -> Texts:
    found = {}
    for code in {language_of(name) for name in asked.texts} - {""} or {"en"}:
        with override(interface_code(code)):
            found[code] = str(words())
    return found


def bounds(asked: Asked) -> dict[str, Any]:
    settings = asked.settings
    wanted: list[tuple[str, str]] = []
    if asked.type == "N":
        wanted = [("min", "min_num_value_n"), ("max", "max_num_value_n")]
    elif asked.type in ("S", "T", "U"):
        wanted = [("max_length", "maximum_chars")]
    found: dict[str, Any] = {
        word: value for word, setting in wanted if (value := figure(settings.get(setting, ""))) is not None
    }
    if asked.type == "N" and settings.get("num_value_int_only") == "1":
        found["whole"] = True
    return found


def top(asked: Asked) -> dict[str, Any]:
    most = figure(asked.settings.get("max_answers", ""))
    return {"top": most} if isinstance(most, int) and 1 <= most <= len(asked.answers or asked.items) else {}
