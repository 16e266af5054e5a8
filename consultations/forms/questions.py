"""A section or question of a draft as its editor sees it; each type has its own fields."""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import SOURCE
from platform_core.ground.ui.forms import DayField
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.files.forms import UploadField

from ..drafting import PARTS, WORDS, suggest
from ..models import LibraryEntry
from ..questions import TYPES
from ..questions.choices import DISPLAYS
from ..questions.kinds import CODE
from ..questions.places import LEVELS
from ..questions.statements import ACCEPTED, MOST_MEGABYTES
from .parts import LinesField, SourceField, lines_of, parts_of, with_source

PICTURES = ("image/png", "image/jpeg", "image/webp")
PICTURE_SIZE = 3 * 2**20
DISPLAY_WORDS = {
    "radio": _("All answers below each other"),
    "dropdown": _("A list that opens"),
    "search": _("Searched by typing"),
}
Maker = Callable[[], forms.Field]


def whole(label, least: int = 0, most: int = 100_000, **more) -> forms.Field:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=more.pop("required", False), **more
    )


def number(label, **more) -> forms.Field:
    return forms.FloatField(
        label=label, min_value=-1e12, max_value=1e12, required=more.pop("required", False), localize=False, **more
    )


def tick(label, help_text="") -> forms.Field:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def parts(name: str, label, least: int) -> dict[str, Maker]:
    return {name: partial(LinesField, label=label, least=least)}


def text(label) -> Maker:
    return partial(SourceField, label=label, required=False, max_length=200)


OPTIONS = parts("options", _("Answers to choose from"), 2)
ROWS, COLUMNS = parts("rows", _("Rows"), 1), parts("columns", _("Columns"), 2)
OTHER = {"other": partial(tick, _("With a field for another answer"))}
LENGTH = {"max_length": partial(whole, _("At most so many characters"), 1, 20_000)}
PERSONAL = {
    "personal": partial(tick, _("Asks for no names or other personal data")),
    "identifies": partial(
        tick,
        _("Asks for personal data"),
        _("Such answers are published nowhere and emptied when identifiers are deleted, as e-mail addresses are."),
    ),
}
UNSURE = {"dont_know": partial(tick, _("With “Don't know”"))}
UNIT = {"unit": text(_("Unit"))}
FIELDS: dict[str, dict[str, Maker]] = {
    "single": {
        **OPTIONS,
        "display": partial(
            forms.ChoiceField, label=_("Shown as"), choices=[(code, DISPLAY_WORDS[code]) for code in DISPLAYS]
        ),
        **OTHER,
    },
    "multiple": {
        **OPTIONS,
        "min": partial(whole, _("At least so many answers"), 0, 200),
        "max": partial(whole, _("At most so many answers"), 1, 200),
        "exclusive": partial(
            forms.CharField, label=_("Code of the answer that excludes all others"), max_length=32, required=False
        ),
        **OTHER,
    },
    "matrix": {**ROWS, **COLUMNS, **UNSURE},
    "matrix_multiple": {**ROWS, **COLUMNS},
    "likert": {
        **ROWS,
        "scale": partial(
            LinesField, label=_("Steps of the scale, from the least to the most"), least=2, required=False
        ),
        "library_scale": partial(
            forms.ModelChoiceField,
            label=_("Or a scale of the library, in all its languages"),
            queryset=LibraryEntry.objects.filter(kind=LibraryEntry.Kind.SCALE),
            required=False,
            empty_label=_("None: the steps above"),
        ),
        **UNSURE,
    },
    "rating": {
        "max": partial(whole, _("Number of points"), 3, 10, required=True),
        "low": text(_("What the fewest points mean")),
        "high": text(_("What the most points mean")),
    },
    "ranking": {**OPTIONS, "top": partial(whole, _("Only so many places are given"), 1, 200)},
    "budget": {**OPTIONS, "total": partial(whole, _("What the shares make together"), 1, 1_000_000)},
    "number": {
        "min": partial(number, _("Least value")),
        "max": partial(number, _("Greatest value")),
        **UNIT,
        "whole": partial(tick, _("Whole numbers only")),
    },
    "slider": {
        "min": partial(number, _("Least value"), required=True),
        "max": partial(number, _("Greatest value"), required=True),
        "step": partial(number, _("Step")),
        **UNIT,
    },
    "date": {
        "min": partial(DayField, label=_("From"), required=False),
        "max": partial(DayField, label=_("To"), required=False),
    },
    "text": {**LENGTH, **PERSONAL},
    "long_text": {**LENGTH, **PERSONAL},
    "region": {
        "level": partial(
            forms.TypedChoiceField,
            label=_("Level of the regions"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("All levels")), *((level, f"NUTS {level}") for level in LEVELS)],
        )
    },
    "file": {
        "max_mb": partial(whole, _("At most so many megabytes"), 1, MOST_MEGABYTES),
        "accept": partial(
            forms.MultipleChoiceField,
            label=_("Kinds of files; none chosen means all of them"),
            required=False,
            choices=[(kind, kind) for kind in ACCEPTED],
            widget=forms.CheckboxSelectMultiple,
        ),
    },
    "info": {
        "picture": partial(UploadField, label=_("Picture (PNG, JPEG or WebP)"), required=False),
        "remove_picture": partial(tick, _("Take the picture away")),
        "alt": text(_("What the picture shows, for those who cannot see it")),
    },
}


class CodeField(forms.CharField):
    def __init__(self, **kwargs) -> None:
        super().__init__(label=_("Code"), max_length=32, required=False, **kwargs)

    def clean(self, value):
        code = super().clean(value)
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError(
                _("A code begins with a letter and has small letters, digits and _ only, at most 32.")
            )
        return code


class PartForm(UnchangedForm):
    """What sections and questions share: a code that never changes once it was published, suggested from the text."""

    code = CodeField(help_text=_("Stands in exports and conditions. Left empty, it is made from the text."))

    def __init__(self, *args, part: dict, taken: set[str], is_fixed: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.taken = part, taken - {part.get("code", "")}
        if is_fixed:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("It was published with this code, so it stays.")

    def code_from(self, told: str, fallback: str) -> str:
        return self.cleaned_data.get("code") or self.part.get("code") or suggest(told, self.taken, fallback)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code in self.taken:
            raise forms.ValidationError(_("This code is used already."))
        return code


class SectionForm(PartForm):
    title = SourceField(label=_("Title"), max_length=200)
    text = SourceField(label=_("Introduction"), rows=4, required=False, max_length=2000)
    audiences = forms.MultipleChoiceField(
        label=_("Only for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: for everybody."),
    )
    field_order = ("title", "text", "audiences", "code")

    def __init__(self, *args, part: dict, audiences: list[tuple[str, str]], stamp: str = "", **kwargs) -> None:
        begun = {word: (part.get(word) or {}).get(SOURCE, "") for word in ("title", "text")}
        begun |= {"code": part.get("code", ""), "audiences": part.get("audiences") or [], "stamp": stamp}
        super().__init__(*args, part=part, initial=begun, **kwargs)
        self.fields["audiences"].choices = audiences
        if not audiences:
            del self.fields["audiences"]

    def built(self) -> dict[str, Any]:
        typed, made = self.cleaned_data, {name: value for name, value in self.part.items() if name != "questions"}
        made["code"] = self.code_from(typed["title"], "s")
        for word in ("title", "text"):
            put(made, word, with_source(self.part.get(word), typed[word]))
        put(made, "audiences", typed.get("audiences"))
        return made


def put(made: dict, name: str, value: Any) -> None:
    """What is empty is left out, so that two ways to the same question give the same hash."""
    if value is False or value in (None, "", [], {}):
        made.pop(name, None)
    else:
        made[name] = value


class QuestionForm(PartForm):
    text = SourceField(label=_("Question"), rows=3)
    help = SourceField(label=_("Help"), rows=2, required=False)
    required = forms.BooleanField(label=_("It has to be answered"), required=False)

    def __init__(self, *args, part: dict, stamp: str = "", **kwargs) -> None:
        self.kind, own = TYPES[part["type"]], FIELDS.get(part["type"], {})
        super().__init__(*args, part=part, initial={**begun(part, own), "stamp": stamp}, **kwargs)
        for name, make in own.items():
            self.fields[name] = make()
        if not self.kind.is_answered:
            del self.fields["required"]
            self.fields["text"].label = _("Text")
        self.order_fields(["text", "help", *own, "required", "code"])

    def clean(self) -> dict:
        typed = super().clean()
        for name in PARTS:
            if isinstance(self.fields.get(name), LinesField) and name in typed:
                self.read_parts(name, typed)
        if not self.errors:
            for problem in self.kind.define({"options": [], **self.built()}):
                self.add_error(None, problem)
        return typed

    def read_parts(self, name: str, typed: dict) -> None:
        if name == "scale" and typed.get("library_scale"):
            typed[name] = deepcopy(typed["library_scale"].content)
            return
        try:
            typed[name] = parts_of(typed[name], self.part.get(name))
        except forms.ValidationError as problem:
            self.add_error(name, problem)
            return
        least = self.fields[name].least
        if len(typed[name]) < least:
            self.add_error(name, gettext("At least %(n)s lines are needed.") % {"n": least})

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture and picture.media_type not in PICTURES:
            raise forms.ValidationError(_("Please bring a picture in PNG, JPEG or WebP."))
        if picture and picture.size > PICTURE_SIZE:
            raise forms.ValidationError(_("Please bring a picture of at most 3 MB."))
        return picture

    def clean_alt(self) -> str:
        alt, typed = self.cleaned_data["alt"], self.cleaned_data
        stays = self.part.get("image") and not typed.get("remove_picture")
        if (typed.get("picture") or stays) and not alt:
            raise forms.ValidationError(_("Please say what the picture shows."))
        return alt

    def built(self) -> dict[str, Any]:
        """The question as typed; what the form does not show, such as conditions, stays."""
        typed, made = self.cleaned_data, {**self.part}
        made["code"] = self.code_from(typed.get("text", ""), "q")
        for name in self.fields:
            if name in ("code", "seen", "picture", "remove_picture", "library_scale"):
                continue
            value = typed.get(name)
            if name in WORDS:
                value = with_source(self.part.get(name), value or "")
            elif name == "other" and value:
                value = self.part.get("other") or True
            elif name in ("min", "max") and hasattr(value, "isoformat"):
                value = value.isoformat()
            elif name == "display" and value == DISPLAYS[0]:
                value = None
            put(made, name, plain(value))
        if typed.get("remove_picture"):
            made.pop("image", None)
            made.pop("alt", None)
        return made


def plain(value: Any) -> Any:
    """Whole numbers without a fraction, so that 5 and 5.0 are one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def begun(part: dict, own: dict[str, Maker]) -> dict[str, Any]:
    """What the fields begin with."""
    told = {name: part.get(name) for name in own if name not in ("picture", "remove_picture")}
    told |= {"code": part.get("code", ""), "required": bool(part.get("required")), "kind": part["type"]}
    for name in ("text", "help", *told):
        if name in WORDS:
            told[name] = (part.get(name) or {}).get(SOURCE, "")
        elif name in PARTS:
            told[name] = lines_of(part.get(name))
    told["other"] = bool(part.get("other"))
    told["image"] = part.get("image")
    return told


class AudiencesForm(UnchangedForm):
    audiences = LinesField(
        label=_("Audiences"),
        required=False,
        help_text=_("One in a line, as: policy | Policy makers. Sections can be kept for some of them."),
    )

    def __init__(self, *args, held: list[dict], **kwargs) -> None:
        super().__init__(*args, initial={"audiences": lines_of(held)}, **kwargs)
        self.held = held

    def clean_audiences(self) -> list[dict]:
        return parts_of(self.cleaned_data["audiences"], self.held)


class MoveForm(forms.Form):
    """Where a question goes: a section, and behind which of its questions."""

    place = forms.ChoiceField(label=_("Put it"))

    def __init__(self, *args, structure: dict, code: str, is_section: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = section_places(structure, code) if is_section else places(structure, code)


def section_places(structure: dict, code: str) -> list[tuple[str, str]]:
    rest = [section for section in structure["sections"] if section["code"] != code]
    return [("0", gettext("at the beginning"))] + [
        (
            str(place),
            gettext("behind “%(title)s”") % {"title": (section.get("title") or {}).get(SOURCE, section["code"])},
        )
        for place, section in enumerate(rest, 1)
    ]


def places(structure: dict, code: str) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = []
    for section in structure["sections"]:
        rest = [question for question in section["questions"] if question["code"] != code]
        named = [(f"{section['code']}:0", gettext("at the beginning of the section"))]
        for place, question in enumerate(rest, 1):
            told = (question.get("text") or {}).get(SOURCE, question["code"])[:80]
            named.append((f"{section['code']}:{place}", gettext("behind “%(title)s”") % {"title": told}))
        groups.append(((section.get("title") or {}).get(SOURCE, section["code"]), named))
    return groups


class DeleteForm(forms.Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    with_conditions = forms.BooleanField(label=_("Take these conditions away, too"), required=False)
