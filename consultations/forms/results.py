from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from ..answering import words
from ..models import ResultSet
from ..pairing import pairable
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


class PairForm(forms.Form):
    """Two things to cross; without the second the first is set against everything else."""

    rows = forms.ChoiceField(label=_("Question in the rows"))
    columns = forms.ChoiceField(label=_("Question in the columns"), required=False)

    def __init__(self, *args, results: ResultSet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = list(pairable(results).items())
        self.fields["rows"].choices = choices
        self.fields["columns"].choices = [("", gettext("Everything else: what hangs together")), *choices]

    def clean(self) -> dict:
        told = super().clean() or {}
        if told.get("rows") and told.get("rows") == told.get("columns"):
            raise ValidationError({"columns": gettext("Please choose two different questions.")})
        return told
