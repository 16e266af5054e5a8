"""One condition at a time: a question, how it is compared, and with what."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary import selectors as vocabulary

from ..questions import TYPES
from ..questions.kinds import codes, names, words
from ..selectors.opening import country_names
from ..structure import audiences, possible
from ..trees import question_words, value_words

LANGUAGE, AUDIENCE = "?language", "?audience"
OPERATORS = {
    "eq": _("is"),
    "in": _("includes"),
    "lt": _("is less than"),
    "le": _("is at most"),
    "gt": _("is more than"),
    "ge": _("is at least"),
    "answered": _("is answered"),
}
MEASURING = ("lt", "le", "gt", "ge")


def subjects(earlier: list[dict], structure: dict) -> list[tuple[str, Any]]:
    """What can be asked for: questions, single rows of them, the language, the audience."""
    found: list[tuple[str, Any]] = [("", gettext("Please choose"))]
    for question in earlier:
        told = f"{words(question.get('text'))[:80]} ({question['code']})"
        if TYPES[question["type"]].by_row:
            rows = [(f"{question['code']}.{code}", text) for code, text in names(question, "rows").items()]
            found.append((told, [(question["code"], gettext("the whole question")), *rows]))
        else:
            found.append((question["code"], told))
    found.append((LANGUAGE, gettext("The language of the respondent")))
    if audiences(structure):
        found.append((AUDIENCE, gettext("The audience of the respondent")))
    return found


class SubjectForm(forms.Form):
    subject = forms.ChoiceField(label=_("What the condition asks for"))

    def __init__(self, *args, earlier: list[dict], structure: dict, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = subjects(earlier, structure)


class LeafForm(forms.Form):
    """`leaf` is the condition as typed."""

    subject = forms.CharField(widget=forms.HiddenInput)
    operator = forms.ChoiceField(label=_("Comparison"))
    value = forms.ChoiceField(label=_("Value"), required=False)
    number = forms.FloatField(label=_("Number"), required=False, min_value=-1e12, max_value=1e12)
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    turned = forms.BooleanField(label=_("Turn it round: it must not be so"), required=False)
    group = forms.ChoiceField(label=_("Where it belongs"), required=False)

    def __init__(self, *args, subject: str, question: dict | None, structure: dict, groups, **kwargs) -> None:
        super().__init__(*args, initial={"subject": subject}, **kwargs)
        self.subject, self.question = subject, question
        self.fields["group"].choices = groups
        if len(groups) == 1:
            self.fields["group"].widget = forms.HiddenInput()
        self.fields["operator"].choices = [(code, OPERATORS[code]) for code in self.operators()]
        self.fields["value"].choices = [("", "–"), *self.values(structure)]
        kept = {"value": len(self.fields["value"].choices) > 1, "number": self.is_number(), "day": self.is_day()}
        for name in [name for name, is_kept in kept.items() if not is_kept]:
            del self.fields[name]

    def operators(self) -> list[str]:
        if self.question is None:
            return ["eq"]
        asks, is_whole = TYPES[self.question["type"]].asks, "." not in self.subject
        if TYPES[self.question["type"]].by_row and is_whole:
            return ["answered"]
        return [code for code in OPERATORS if code in asks]

    @property
    def subject_words(self) -> str:
        if self.question is None:
            return (
                gettext("The language of the respondent")
                if self.subject == LANGUAGE
                else gettext("The audience of the respondent")
            )
        return question_words(self.subject, {self.question["code"]: self.question})

    def is_day(self) -> bool:
        return self.question is not None and self.question["type"] == "date"

    def is_number(self) -> bool:
        return not self.is_day() and any(code in MEASURING for code in self.operators())

    def values(self, structure: dict) -> list[tuple[str, str]]:
        if self.subject == LANGUAGE:
            return [(code, native_name(interface_code(code))) for code in CODES]
        if self.subject == AUDIENCE:
            return [(one["code"], words(one["text"])) for one in audiences(structure)]
        if self.question is None or not {"eq", "in"} & set(self.operators()):
            return []
        if self.question["type"] == "country":
            return list(country_names().items())
        if self.question["type"] == "region":
            return list(vocabulary.region_labels().items())
        known = {self.question["code"]: self.question}
        ordered = [code for part in ("options", "columns", "scale") for code in codes(self.question, part)]
        found = possible(self.question)
        order = [*ordered, *sorted((one for one in found if one not in ordered), key=str)]
        return [(str(one), str(value_words(self.subject, one, known))) for one in order]

    def clean(self) -> dict:
        typed = super().clean()
        operator = typed.get("operator")
        if self.errors or operator == "answered":
            return typed
        typed["wanted"] = self.wanted(operator, typed)
        return typed

    def wanted(self, operator: str, typed: dict):
        if operator in MEASURING:
            name = "day" if self.is_day() else "number"
            if typed.get(name) is None:
                self.add_error(name, _("Please say what it is compared with."))
            found = typed.get(name)
            if isinstance(found, date):
                return found.isoformat()
            return int(found) if isinstance(found, float) and found.is_integer() else found
        if not typed.get("value"):
            self.add_error("value", _("Please choose a value."))
            return None
        is_points = self.question is not None and self.question["type"] == "rating"
        return int(typed["value"]) if is_points else typed["value"]

    def leaf(self) -> dict:
        operator, wanted = self.cleaned_data["operator"], self.cleaned_data.get("wanted")
        made: dict[str, Any] = {operator: [self.subject, wanted]}
        if operator == "answered":
            made = {"answered": self.subject}
        elif self.question is None:
            made = {"language" if self.subject == LANGUAGE else "audience": wanted}
        return {"not": made} if self.cleaned_data["turned"] else made


class SetForm(forms.Form):
    """What is done to the condition that is there."""

    seen = forms.CharField(required=False)
    deed = forms.ChoiceField(choices=[(code, code) for code in ("remove", "turn", "all", "any", "clear")])
    path = forms.RegexField(r"^[0-9]{1,3}(\.[0-9]{1,3}){0,10}$", required=False)
