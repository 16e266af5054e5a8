from collections.abc import Sequence
from pathlib import PurePath
from typing import cast

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code, language_choices

from ..exports import FORMATS
from ..imports.bounds import check_size
from ..models import Consultation

VALUES = [("labels", _("Texts in the language chosen")), ("codes", _("Codes"))]


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Format"), choices=lambda: [(code, found.name) for code, found in FORMATS.items()]
    )
    language = forms.ChoiceField(label=_("Language of texts"), choices=language_choices)
    values = forms.ChoiceField(
        label=_("Answers in the CSV file"), choices=VALUES, widget=forms.RadioSelect, initial="labels", required=False
    )
    mark = forms.BooleanField(
        label=_("Begin the CSV file with a byte order mark"),
        help_text=_("By it Excel recognises letters such as č or λ."),
        required=False,
        initial=True,
    )

    people = forms.BooleanField(
        label=_("With who answered: name, e-mail address, organisation"),
        help_text=_("These are personal data. That you took them is kept on record."),
        required=False,
    )

    def __init__(self, *args, consultation: Consultation, people: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not people:
            del self.fields["people"]
        spoken = {*consultation.languages, "en"}
        field = cast(forms.ChoiceField, self.fields["language"])
        field.choices = [choice for choice in language_choices() if choice[0] in spoken]
        field.initial = active_code() if active_code() in spoken else "en"

    @property
    def wanted(self) -> dict:
        typed = self.cleaned_data
        return {
            "format": typed["format"],
            "language": typed["language"],
            "labels": typed["values"] != "codes",
            "mark": typed["mark"],
            "people": typed.get("people", False) and typed["format"] != "open",
        }


class BroughtForm(forms.Form):
    """A file of one of the kinds that can be read; a larger one than that was dropped while it came."""

    topic = forms.TypedChoiceField(label=_("Topic"), coerce=int)
    file = forms.FileField(label=_("File"))

    def __init__(self, *args, topics: Sequence | None = None, kinds: Sequence[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.fields["file"].widget.attrs["accept"] = ",".join(kinds)
        if topics is None:
            del self.fields["topic"]
        else:
            cast(forms.ChoiceField, self.fields["topic"]).choices = [(topic.pk, str(topic.name)) for topic in topics]

    def clean_file(self):
        file = self.cleaned_data["file"]
        check_size(file.size)
        if PurePath(file.name).suffix.lower() not in self.kinds:
            told = gettext("Please choose one of these kinds of files: %(kinds)s.")
            raise forms.ValidationError(told % {"kinds": ", ".join(self.kinds)})
        return file
