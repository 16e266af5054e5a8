import csv
import io
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import language_choices
from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day

from ..models import Consultation, Registration
from ..profile import ELSEWHERE
from ..questions.kinds import words
from ..selectors import current_version
from ..structure import audiences, question_texts

APART = re.compile(r"[\s,;]+")
MOST_BYTES = 2 * 2**20


def audience_choices(consultation: Consultation) -> list[tuple[str, str]]:
    published = consultation.versions.filter(published_at__isnull=False).order_by("number").last()
    structure = (published or consultation.versions.latest("number")).structure
    return [(item["code"], words(item["text"])) for item in audiences(structure)]


def options_of(question: dict) -> list[tuple[str, str]]:
    return [(option["code"], words(option["text"])) for option in question.get("options", [])]


class InviteForm(forms.Form):
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One on each line, or with commas or spaces between."),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("Text or CSV; every cell with an @ is taken as an address.")
    )
    language = forms.ChoiceField(label=_("Language of the mail"))
    audience = forms.ChoiceField(label=_("They answer as"), required=False)

    def __init__(self, *args, consultation: Consultation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = dict(language_choices())
        self.fields["language"].choices = [(code, known[code]) for code in consultation.languages if code in known]
        self.fields["audience"].choices = [("", _("They say so themselves")), *audience_choices(consultation)]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(gettext("The file is too large for a list of addresses."))
        return file

    def clean(self) -> dict:
        typed = super().clean()
        found = [part for part in APART.split(typed.get("addresses") or "") if part]
        if file := typed.get("file"):
            found += addresses_in(file.read())
        if not found and not self.errors:
            raise ValidationError({"addresses": gettext("Please write at least one address.")})
        typed["found"] = found
        return typed


def addresses_in(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError({"file": gettext("Please save the file as text in UTF-8.")}) from None
    try:
        rows = list(csv.reader(io.StringIO(text.replace(";", ","), newline="")))
    except csv.Error:
        raise ValidationError({"file": gettext("This file cannot be read as a list of addresses.")}) from None
    return [cell.strip() for row in rows for cell in row if "@" in cell]


class LinkForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    goal = forms.IntegerField(label=_("Answers wanted"), min_value=1, max_value=9999, initial=20)

    def __init__(self, *args, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class ReminderForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput())

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < platform_day():
            raise ValidationError(gettext("This day has passed."))
        return day


class RegisterForm(forms.ModelForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "A link is sent to it. It is turned into a code that cannot be turned back; the address is not kept."
        ),
    )

    class Meta:
        model = Registration
        fields = ["email", "audience", "country", "org_type"]

    def __init__(self, *args, consultation: Consultation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose = ("", _("Please choose"))
        elsewhere = (ELSEWHERE, _("Another country"))
        asked = question_texts(current_version(consultation))
        kinds, kept = options_of(asked.get("org_type", {})), options_of(asked.get("audience", {}))
        parted = audience_choices(consultation) or kept
        named = {
            "audience": (_("You answered as"), [choose, *parted]),
            "country": (_("Country"), [choose, *vocabulary.country_labels().items(), elsewhere]),
            "org_type": (_("Type of organisation"), [("", "–"), *kinds]),
        }
        for name, (label, choices) in named.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=name != "org_type")
        if not parted:
            del self.fields["audience"]

    def validate_unique(self) -> None:
        """Whether somebody was counted before is told to nobody who knows her address."""
