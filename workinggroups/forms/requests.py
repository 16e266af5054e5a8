import re
from datetime import timedelta

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import language_choices
from platform_core.ground.ui.forms import DayField, RemindDaysField
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.files.forms import UploadField
from platform_core.people.members.models import Tier

from ..models import Asked, InformationRequest, RequestQuestion
from ..selectors import requests as selectors

Kind = RequestQuestion.Kind
LONGEST = {Kind.TEXT: 300, Kind.LONG: 10_000}
EMPTY_ROWS = 3
NUMBER = re.compile(r"[-+]?[0-9]{1,18}(\.[0-9]{1,9})?")


class RequestForm(UnchangedForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What you ask, and what for"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Headings with ##, lists with -, links as [text](address), tables with |."),
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)
    due_on = DayField(label=_("Answers until"))
    remind_days = RemindDaysField(
        label=_("Reminder, days before"),
        help_text=_("Whoever has not answered by then is reminded once; 0 is the last day itself."),
    )
    record_kind = forms.ChoiceField(
        label=_("Answered by"),
        required=False,
        choices=lambda: [("", _("Questions of my own")), *vocabulary.term_choices("record_kind")],
        help_text=_("With a kind of record, each organisation begins a draft of one in the repository."),
    )
    file = UploadField(label=_("A file that goes with it"), required=False)

    def __init__(self, *args, request: InformationRequest | None = None, **kwargs) -> None:
        names = ("title", "text", "language", "due_on", "remind_days", "record_kind")
        begun = {name: getattr(request, name) for name in names} if request else {}
        super().__init__(*args, initial=kwargs.pop("initial", {}) | begun, **kwargs)

    def fields_of_request(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Question"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Answered by"), choices=Kind.choices, required=False)
    choices = forms.CharField(
        label=_("Choices, one per line"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)

    def clean(self) -> dict:
        typed = super().clean()
        lines = [line.strip() for line in typed.get("choices", "").splitlines() if line.strip()]
        if typed.get("text") and typed.get("kind") == Kind.CHOICE and len(set(lines)) < 2:
            self.add_error("choices", _("A choice needs at least two different answers."))
        if any(len(line) > 200 for line in lines):
            self.add_error("choices", _("An answer to choose has at most 200 signs."))
        typed["choices"] = list(dict.fromkeys(lines))
        typed["kind"] = typed.get("kind") or Kind.TEXT
        return typed


class QuestionForms(BaseFormSet):
    def rows(self) -> list[dict]:
        """What was typed, without the rows that hold no question."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]


def held_rows(request: InformationRequest) -> list[dict]:
    return [
        {
            "text": one.text,
            "kind": one.kind,
            "is_required": one.is_required,
            "choices": "\n".join(choice.text for choice in one.choices.all()),
        }
        for one in selectors.questions(request)
    ]


def question_forms(data, request: InformationRequest) -> tuple[BaseFormSet, UnchangedForm]:
    """The rows of questions, and the form that knows which questions they began with."""
    held = held_rows(request)
    made = formset_factory(QuestionForm, formset=QuestionForms, extra=EMPTY_ROWS, max_num=40, absolute_max=40)
    return made(data, initial=held, prefix="questions"), UnchangedForm(data, initial={"questions": held})


class OrganisationFilter(forms.Form):
    tier = forms.ChoiceField(
        label=_("Tier"), required=False, choices=[("", _("All")), *Tier.choices, ("none", _("No membership"))]
    )
    kind = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=lambda: [("", _("All")), *vocabulary.term_choices("organisation_type")],
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [("", _("All")), *vocabulary.country_labels().items()]
    )
    words = forms.CharField(label=_("Name"), required=False, max_length=100)

    def chosen(self) -> dict:
        self.full_clean()
        return {name: str(value).replace("\0", "") for name, value in self.cleaned_data.items() if value}


class MatrixFilter(forms.Form):
    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[("", _("All")), *Tier.choices])
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [("", _("All")), *vocabulary.country_labels().items()]
    )
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *((code, words) for code, words in selectors.STATUS.items() if code != "chosen")],
    )

    def chosen(self) -> dict:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("What is lacking"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(forms.Form):
    due_on = DayField(label=_("Answers until"))


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why there is nothing to report"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NumberField(forms.CharField):
    """A number as people write it, with a comma or a point; kept with a point."""

    def clean(self, value):
        typed = "".join(super().clean(value).split()).replace(",", ".")
        if typed and not NUMBER.fullmatch(typed):
            raise forms.ValidationError(_("Please write a number, such as 12.5."))
        return typed


class AnswersForm(UnchangedForm):
    """The questions of a request; what has to be answered need not be while the answer is only kept for later."""

    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, asked: Asked, typed: dict | None = None, keeping: bool = False, **kwargs) -> None:
        kept = {answer.question_id: answer for answer in asked.answers.all()}
        self.questions = list(selectors.questions(asked.request))
        begun = {f"q{one.pk}": kept[one.pk].text for one in self.questions if one.pk in kept and one.kind != Kind.FILE}
        super().__init__(*args, initial={**begun, "remarks": asked.remarks}, **kwargs)
        self.initial |= typed or {}
        for one in self.questions:
            answer = kept.get(one.pk)
            field = self.fields[f"q{one.pk}"] = field_of(one, answer.file_name if answer else "")
            field.required = not keeping and one.is_required and not (answer and answer.file_id)
        self.order_fields([*(f"q{one.pk}" for one in self.questions), "remarks"])

    def answers(self) -> dict:
        return {one.pk: self.cleaned_data[f"q{one.pk}"] for one in self.questions}


def field_of(question: RequestQuestion, file_name: str) -> forms.Field:
    told = {"label": question.text, "required": False}
    if question.kind == Kind.NUMBER:
        return NumberField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **told)
    if question.kind == Kind.DATE:
        return DayField(**told)
    if question.kind == Kind.CHOICE:
        return forms.ChoiceField(choices=[("", "–"), *((one.text, one.text) for one in question.choices.all())], **told)
    if question.kind == Kind.FILE:
        return UploadField(help_text=_("Given so far: %(name)s") % {"name": file_name} if file_name else "", **told)
    widget = forms.Textarea(attrs={"rows": 5}) if question.kind == Kind.LONG else forms.TextInput()
    return forms.CharField(max_length=LONGEST[question.kind], widget=widget, **told)


def first_due_day():
    return platform_day() + timedelta(days=21)
