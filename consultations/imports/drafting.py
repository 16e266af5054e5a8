"""A questionnaire put together from another program's, and what could not be taken over."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES
from platform_core.ground.texts.fields import printable

from .. import structure
from ..questions import TYPES
from ..questions.kinds import CODE, MOST_PARTS, PART_CODE
from .bounds import UnreadableError
from .expressions import ExpressionError, Reference, condition

Texts = dict[str, str]
STRANGE = re.compile(r"[^a-zA-Z0-9_]+")
BREAK = re.compile(r"<\s*(br|/p|/div|/li|/h\d)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]{0,2000}>")
PIPED = re.compile(r"\$\{[^}]*\}|\{[A-Za-z][\w.]*\}")


@dataclass(frozen=True)
class Note:
    """What was not taken over as it was: where it stands, what it is, why not."""

    where: str
    what: str
    why: str


@dataclass
class Draft:
    """`names` are what conditions call questions. `languages` and `left` count texts by language, `dropped` those of
    questions that were not taken over; `pictures` came in the file, by hash."""

    title: Texts = field(default_factory=dict)
    summary: Texts = field(default_factory=dict)
    audiences: list[dict] = field(default_factory=list)
    sections: list[dict] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    names: dict[str, Reference] = field(default_factory=dict)
    languages: Counter = field(default_factory=Counter)
    left: Counter = field(default_factory=Counter)
    dropped: int = 0
    codes: set[str] = field(default_factory=set)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def questions(self) -> list[dict]:
        return [question for section in self.sections for question in section["questions"]]

    @property
    def not_taken(self) -> int:
        return self.left.total() + self.dropped

    @property
    def structure(self) -> dict:
        more = {"audiences": self.audiences} if self.audiences else {}
        return {"sections": self.sections, **more}

    def note(self, where: str, what: str, why: str) -> None:
        self.notes.append(Note(where, what[:200], why))

    def texts(self, given: Mapping[str, Any], where: str = "") -> Texts:
        """The texts in languages of the platform, without markup; each is counted as taken or as left."""
        found = {}
        for language, value in given.items():
            text = plain(str(value)) if value else ""
            if not text:
                continue
            if language not in CODES:
                self.left[language] += 1
                continue
            found[language] = text
            self.languages[language] += 1
            if where and PIPED.search(text):
                self.note(where, text, _("answers put into texts are not filled in; the text stands as it is"))
        return found

    def code(self, name: str, where: str) -> str:
        """A code that is valid and not taken; a change is told."""
        found = free(valid(name.lower(), "q"), self.codes)
        self.codes.add(found)
        if found != name:
            self.note(where, name, _("the code became %(code)s") % {"code": found})
        return found

    def parts(self, items: list[tuple[str, Texts]], where: str) -> tuple[list[dict], dict[str, str]]:
        """Options or rows with valid codes, and which code each name was given."""
        made: list[dict] = []
        names: dict[str, str] = {}
        taken: set[str] = set()
        for name, texts in items:
            found = name if PART_CODE.fullmatch(name) and name not in taken else free(valid(name, "a"), taken)
            taken.add(found)
            names.setdefault(name, found)
            made.append({"code": found, "text": texts or {"en": name}})
            if found != name:
                self.note(where, name, _("the code became %(code)s") % {"code": found})
        return made, names

    def section(self, name: str, title: Texts, text: Texts | None = None, show: Any = None) -> dict:
        taken = {section["code"] for section in self.sections}
        made = {"code": free(valid(name.lower(), "s"), taken), "title": title or {"en": name}, "questions": []}
        if text:
            made["text"] = text
        if show:
            made["show"] = show
        self.sections.append(made)
        return made

    def add(self, question: dict, where: str) -> bool:
        """The question at the end of the last section, unless something is wrong with it."""
        kind = TYPES[question["type"]]
        faults = [fault for part, least in kind.parts for fault in few(question, part, least)]
        faults = faults or list(kind.define(question))
        if len(self.questions) >= structure.MOST_QUESTIONS:
            faults = [_("a questionnaire has at most %(n)s questions") % {"n": structure.MOST_QUESTIONS}]
        if faults:
            self.note(where, question["code"], _("not taken over: %(why)s") % {"why": "; ".join(faults)})
            return False
        self.sections[-1]["questions"].append(question)
        return True

    def condition(self, text: str, where: str) -> Any:
        """The condition as a tree, or nothing where it cannot be said so."""
        try:
            return condition(text, self.names)
        except ExpressionError as problem:
            self.note(where, text, _("the condition was left out: %(why)s") % {"why": problem})
            return None

    def finished(self) -> "Draft":
        """Without empty sections; raises UnreadableError where no questionnaire has come of it."""
        self.sections = [section for section in self.sections if section["questions"]]
        if not self.questions:
            raise UnreadableError(_("There are no questions in this file."))
        self.drop_faulty_conditions()
        faults = [f"{code}: {fault}" for code, fault in structure.deep_faults(self.structure)]
        if faults:
            raise UnreadableError(
                _("The questionnaire cannot be taken over: %(faults)s") % {"faults": "; ".join(faults[:5])}
            )
        for language, number in sorted(self.left.items()):
            self.note(
                "",
                _("%(n)s texts in %(language)s") % {"n": number, "language": language},
                _("not a language of the platform"),
            )
        for code, fault in structure.profile_faults(self.structure):
            self.note(code, code, fault)
        self.title = self.title or {"en": _("Questionnaire without a title")}
        return self

    def drop_pictures(self, held: set[str]) -> None:
        """Those that neither came in the file nor are held."""
        for code in structure.without_pictures(self.structure, held | self.pictures.keys()):
            self.note(code, _("picture"), _("the picture is not in the file"))

    def drop_faulty_conditions(self) -> None:
        """Conditions may ask only what is asked before."""
        seen: dict[str, dict] = {}
        for section in self.sections:
            for part in (section, *section["questions"]):
                for word in ("show", "require"):
                    for fault in list(structure.condition_faults(part.get(word), seen, self.structure))[:1]:
                        del part[word]
                        self.note(part["code"], word, _("the condition was left out: %(why)s") % {"why": fault})
                if "type" in part:
                    seen[part["code"]] = part


def few(question: dict, part: str, least: int) -> list[str]:
    number = len(question.get(part) or ())
    if least <= number <= MOST_PARTS:
        return []
    return [_("%(n)s entries where %(least)s to %(most)s fit") % {"n": number, "least": least, "most": MOST_PARTS}]


def plain(text: str) -> str:
    """Text without tags; what would have been a line of its own stays one."""
    if "<" in text or "&" in text:
        text = html.unescape(TAG.sub("", BREAK.sub("\n", text)))
    lines = [" ".join(line.split()) for line in printable(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def valid(name: str, first: str) -> str:
    """ASCII letters, digits and _, at most 32, beginning with a letter where one must."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = STRANGE.sub("_", folded).strip("_")[:32] or first
    return found if first == "a" or CODE.fullmatch(found) else f"{first}_{found}"[:32].lower()


def free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name[: 32 - len(str(number)) - 1]}_{number}", number + 1
    return found


def figure(value: str) -> float | int | None:
    try:
        found = float(str(value).strip())
    except (TypeError, ValueError):
        return None
    if found != found or abs(found) > 1e15:
        return None
    return int(found) if found == int(found) else found
