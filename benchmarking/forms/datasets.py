from typing import cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Area, DataSet
from .indicators import group_choices, written

TEXTS = ("title", "description")


class DataSetForm(UnchangedForm):
    """In the language it was first written in; the others come by the translators' desk."""

    group = forms.TypedChoiceField(label=_("Working group"), coerce=int)
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the figures are, how they were chosen, and what to mind when reading them."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Who made the figures, and which table it is.")
    )
    source_link = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, groups=(), data_set: DataSet | None = None, **kwargs) -> None:
        self.data_set = data_set
        self.language = data_set.title.source if data_set else active_code()
        super().__init__(*args, initial=self.begun(data_set), **kwargs)
        self.initial["key"] = str(uuid4())
        if data_set:
            del self.fields["group"]
        else:
            cast(forms.ChoiceField, self.fields["group"]).choices = group_choices(groups)

    def begun(self, data_set: DataSet | None) -> dict:
        if data_set is None:
            return {}
        texts = {name: getattr(data_set, name).get(self.language, "") for name in TEXTS}
        return texts | {name: getattr(data_set, name) for name in ("source", "source_link", "licence")}

    @property
    def fields_of_data_set(self) -> dict:
        typed = self.cleaned_data
        texts = {name: written(self.data_set, name, typed[name], self.language) for name in TEXTS}
        return texts | {name: typed[name] for name in ("source", "source_link", "licence")}


class DataFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, topics, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["topic"]).choices = [("", _("All")), *topics.items()]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class CoverageFilter(forms.Form):
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int, empty_value=None)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, version, indicators, countries, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        levels = version.report.get("levels") or [Area.Level.REGION.value]
        self.default = Area.Level.REGION.value if Area.Level.REGION in levels else levels[-1]
        cast(forms.ChoiceField, self.fields["indicator"]).choices = [
            ("", _("All, counted")),
            *((one.code, f"{one.name} ({one.code})") for one in indicators),
        ]
        cast(forms.ChoiceField, self.fields["level"]).choices = [
            (code, name) for code, name in Area.Level.choices if code in levels
        ]
        cast(forms.ChoiceField, self.fields["country"]).choices = [
            ("", _("All")),
            *((code, countries.get(code, code)) for code in version.report.get("countries", [])),
        ]
        self.initial["level"] = self.default

    @property
    def chosen(self) -> dict:
        self.is_valid()
        typed = self.cleaned_data
        level = typed.get("level")
        return {
            "indicator": typed.get("indicator") or "",
            "country": typed.get("country") or "",
            "level": self.default if level is None else level,
        }
