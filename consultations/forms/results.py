from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from ..answering import words
from ..models import ResultSet
from ..structure import question_texts


class PublicationForm(forms.Form):
    """Which questions' figures are published; `results` tells on which figures that was chosen."""

    told = forms.MultipleChoiceField(
        label=_("Questions whose figures are published"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please leave at least one question to be published.")},
    )
    results = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, results: ResultSet, **kwargs) -> None:
        self.stored = results
        asked = question_texts(results.questionnaire)
        super().__init__(*args, initial={"told": sorted(asked.keys() - set(results.left_out))}, **kwargs)
        self.fields["told"].choices = [(code, words(question["text"])) for code, question in asked.items()]

    def clean_results(self) -> str:
        if self.cleaned_data["results"] != self.stored.sha256:
            raise ValidationError(gettext("The figures were computed again meanwhile. Please look at them once more."))
        return self.stored.sha256

    @property
    def chosen(self) -> set[str]:
        return set(self["told"].value() or ())

    @property
    def left_out(self) -> list[str]:
        told = set(self.cleaned_data["told"])
        return [code for code, _words in self.fields["told"].choices if code not in told]
