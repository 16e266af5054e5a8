"""LimeSurvey's tab-separated text (.txt): one row per setting, group, question, subquestion and answer, per language."""

import csv
import io
from collections.abc import Mapping

from django.utils.translation import gettext as _

from . import lime
from .bounds import UnreadableError, decoded
from .drafting import Draft
from .lime import LOST_TEXTS, TOLD_TEXTS, Asked, Group, Item, Survey
from .speech import language_of

NEEDED = {"class", "type/scale", "name", "text", "language"}
ROWS = 40_000
Row = Mapping[str, str]


def read(content: bytes, draft: Draft) -> None:
    survey = Table().read(rows(decoded(content)))
    if not survey.groups:
        raise UnreadableError(_("There are no questions in this file."))
    lime.take(survey, draft)


def rows(text: str) -> list[dict[str, str]]:
    csv.field_size_limit(2**20)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error as problem:
        raise UnreadableError(_("The file cannot be read as a table.")) from problem
    head = [cell.strip().lower() for cell in lines[0]] if lines else []
    if not set(head) >= NEEDED:
        raise UnreadableError(_("The file is no questionnaire of LimeSurvey as tab-separated text."))
    if len(lines) > ROWS:
        raise UnreadableError(_("The table has more than %(most)s rows.") % {"most": ROWS})
    return [dict(zip(head, line, strict=False)) for line in lines[1:]]


class Table:
    """Rows of further languages repeat those of the first; what they belong to is found again by its place."""

    def __init__(self) -> None:
        self.survey = Survey()
        self.groups: dict[str, Group] = {}
        self.asked: dict[str, Asked] = {}
        self.items: dict[tuple[str, str, str, str], Item] = {}
        self.last = Asked("", "")
        self.first = "en"
        self.group = ""
        self.texts: dict[str, str] = {}  # of the whole that nothing is made of, each in the language that comes first

    def read(self, given: list[dict[str, str]]) -> Survey:
        self.first = next((row.get("text", "") for row in given if row.get("name") == "language"), "") or "en"
        takers = {"SL": self.setting, "G": self.take_group, "Q": self.question, "SQ": self.item, "A": self.item}
        for row in given:
            kind = row.get("class", "").strip().upper()
            if taker := takers.get(kind):
                taker(row, language_of(row.get("language") or self.first) or row.get("language", ""))
            elif kind not in ("", "S"):
                self.survey.lost.append((kind, row.get("name") or row.get("text", "")))
        self.survey.lost += [("", f"{name}: {text}") for name, text in self.texts.items()]
        settings = [row for row in given if row.get("class", "").strip().upper() == "S"]
        chosen = [row["name"] for row in settings if lime.says(row["name"], row.get("text", ""))]
        self.survey.lost += lime.listed("S", chosen)
        self.survey.groups = list(self.groups.values())
        return self.survey

    def setting(self, row: Row, language: str) -> None:
        if row["name"] == "surveyls_title":
            self.survey.title[language] = row.get("text", "")
        if row["name"] in ("surveyls_description", "surveyls_welcometext") and row.get("text"):
            if language in self.survey.text:
                self.survey.lost.append(("", f"{row['name']}: {row['text']}"))
            self.survey.text.setdefault(language, row["text"])
        if row["name"] in LOST_TEXTS and row.get("text"):
            self.survey.lost.append(("", f"{row['name']}: {row['text']}"))
        elif row["name"] not in TOLD_TEXTS and lime.says(row["name"], row.get("text", "")):
            self.texts.setdefault(row["name"], row["text"])

    def told(self, row: Row, where: str) -> None:
        """Cells of a group, a subquestion or an answer that nothing is made of."""
        for head, value in row.items():
            if head not in NEEDED and lime.says(head, value or ""):
                self.survey.lost.append((where, f"{row.get('name', '')} {head}: {value}"))

    def take_group(self, row: Row, language: str) -> None:
        self.group = row.get("type/scale") or row.get("name", "")
        place = len(self.groups)
        if self.group not in self.groups:
            self.told({head: value for head, value in row.items() if head != "relevance"}, f"group_{self.group}")
        group = self.groups.setdefault(self.group, Group(code=f"group_{self.group}", order=place))
        group.title[language] = row.get("name", "")
        group.text[language] = row.get("text", "")
        group.relevance = group.relevance or row.get("relevance", "")

    def question(self, row: Row, language: str) -> None:
        name = row.get("name", "")
        if name not in self.asked:
            self.asked[name] = Asked(
                code=name,
                type=row.get("type/scale", ""),
                required=row.get("mandatory") in ("Y", "S"),
                other=row.get("other") == "Y",
                order=len(self.asked),
                relevance=row.get("relevance", ""),
                check=row.get("validation", ""),
                settings={head: value for head, value in row.items() if value and head not in NEEDED},
            )
            self.groups.setdefault(self.group, Group(code="questions")).questions.append(self.asked[name])
        self.last = self.asked[name]
        if row.get("text"):
            self.last.texts[language] = row["text"]
        if row.get("help"):
            self.last.help[language] = row["help"]

    def item(self, row: Row, language: str) -> None:
        kind, scale = row["class"].strip().upper(), row.get("type/scale", "0")
        key = (self.last.code, kind, scale, row.get("name", ""))
        if key not in self.items:
            number = int(scale) if scale.isdecimal() else 0
            self.items[key] = Item(row.get("name", ""), scale=number, order=len(self.items))
            (self.last.answers if kind == "A" else self.last.items).append(self.items[key])
            self.told(row, self.last.code)
        if row.get("text"):
            self.items[key].texts[language] = row["text"]
