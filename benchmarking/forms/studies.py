"""Beginning a study of peers or a cluster map, and what can be set in it later."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import SOURCE
from platform_core.ground.ui.countries import country_name
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import DataVersion
from ..models.studies import FIRST_YEAR, LAST_YEAR
from ..selectors import studies as selectors

OLDEST = 10


class VersionsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, version: DataVersion) -> str:
        years = f"{version.first_year}–{version.last_year}"
        return f"{version.data_set.title}, {version.number} ({years})"


class TextsForm(UnchangedForm):
    """Title and purpose in the source language, the data, the years and the countries."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What it is for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    versions = VersionsField(
        label=_("Data"),
        queryset=None,
        help_text=_(
            "Where two hold a figure of the same year, the newest version of the data set that stands first is taken."
        ),
    )
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    age = forms.IntegerField(
        label=_("Years a figure may be older"),
        min_value=0,
        max_value=OLDEST,
        initial=2,
        help_text=_(
            "Where the year itself is missing, the newest figure within these years is taken, and shown with its year."
        ),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All of them where none is chosen."),
    )

    def __init__(self, *args, groups, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = selectors.usable_versions(groups)
        self.fields["countries"].choices = [(code, country_name(code)) for code in selectors.countries()]

    def fields_told(self) -> dict:
        """The fields of the study as typed, without its data."""
        typed = self.cleaned_data
        told = {name: value for name, value in typed.items() if name not in ("seen", "versions", "group", "key")}
        return {**told, "title": {SOURCE: typed["title"]}, "summary": texts(typed["summary"])}


def texts(text: str) -> dict[str, str]:
    return {SOURCE: text} if text else {}


class BeginForm(TextsForm):
    group = forms.ModelChoiceField(label=_("Working group"), queryset=None, empty_label=None)
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args, making, initial=None, **kwargs) -> None:
        begun = {"key": str(uuid4()), **(initial or {})}
        super().__init__(*args, groups=[group.pk for group in making], initial=begun, **kwargs)
        self.fields["group"].queryset = making
        self.order_fields(["group", "title", "summary", "versions", "year", "age", "countries"])
        del self.fields["seen"]  # nothing is stored yet that could change meanwhile


class ChangeForm(TextsForm):
    def __init__(self, *args, study, **kwargs) -> None:
        self.study = study
        initial = {
            "title": study.title.get(SOURCE, ""),
            "summary": study.summary.get(SOURCE, ""),
            "versions": sorted(study.versions.values_list("pk", flat=True)),
            **{name: getattr(study, name) for name in ("year", "age", "countries")},
        }
        super().__init__(*args, groups=[study.group_id], initial=initial, **kwargs)

    def fields_told(self) -> dict:
        told = super().fields_told()
        for name in ("title", "summary"):  # translations stay
            held = dict(getattr(self.study, name).items())
            told[name] = {**held, **told[name]} if told[name] else {}
        return told


class WithdrawForm(forms.Form):
    """Why something published is withdrawn, and what takes its place; `offered` are published ones of the same kind."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads it at the address of what is withdrawn."),
    )
    instead = forms.ModelChoiceField(
        label=_("To be read instead"), queryset=None, required=False, empty_label=_("Nothing yet")
    )

    def __init__(self, *args, offered, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].queryset = offered
