from typing import cast

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Indicator

TEXTS = ("name", "description", "unit", "question")


def written(thing, name: str, typed: str, language: str):
    """A typed text beside those in other languages."""
    if thing is not None:
        return getattr(thing, name).with_text(language, typed)
    return as_text({language: typed, "_source": language} if typed else {})


def group_choices(groups) -> list[tuple[int, str]]:
    return [(group.pk, str(group.topic.name)) for group in groups]


class IndicatorForm(UnchangedForm):
    """In the language it was first written in; the others come by the translators' desk."""

    group = forms.TypedChoiceField(label=_("Working group that looks after it"), coerce=int)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Files and runs name it, so it cannot be changed later.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    unit = forms.CharField(
        label=_("Unit"), max_length=80, required=False, help_text=_("For example: % of gross domestic product.")
    )
    question = forms.CharField(
        label=_("Policy question it serves"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What somebody who makes policy can learn from it."),
    )
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    role = forms.ChoiceField(
        label=_("What it tells"),
        choices=Indicator.Role.choices,
        help_text=_("Regions like ours are found by structure alone, never by performance."),
    )
    direction = forms.TypedChoiceField(label=_("Direction"), coerce=int, choices=Indicator.Direction.choices)
    denominator = forms.ModelChoiceField(
        label=_("Divided by"),
        queryset=Indicator.objects.none(),
        required=False,
        help_text=_("Only where the figure has to be divided before regions are compared, for example by population."),
    )
    decimals = forms.IntegerField(label=_("Decimals shown"), min_value=0, max_value=6, initial=1)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    source_link = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    periodicity = forms.ChoiceField(label=_("Periodicity"), choices=Indicator.Periodicity.choices)

    def __init__(self, *args, groups=(), indicator: Indicator | None = None, **kwargs) -> None:
        self.indicator = indicator
        self.language = indicator.name.source if indicator else active_code()
        super().__init__(*args, initial=self.begun(indicator), **kwargs)
        cast(forms.ModelChoiceField, self.fields["denominator"]).queryset = Indicator.objects.filter(
            denominator=None
        ).exclude(pk=indicator.pk if indicator else None)
        if indicator:
            del self.fields["group"], self.fields["code"]
        else:
            cast(forms.ChoiceField, self.fields["group"]).choices = group_choices(groups)

    def begun(self, indicator: Indicator | None) -> dict:
        if indicator is None:
            return {}
        texts = {name: getattr(indicator, name).get(self.language, "") for name in TEXTS}
        plain = ("role", "direction", "denominator", "decimals", "source", "source_link", "licence", "periodicity")
        return texts | {name: getattr(indicator, name) for name in plain}

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].lower()
        if Indicator.objects.filter(code=code).exists():
            raise forms.ValidationError(gettext("This code is taken by another indicator."))
        return code

    @property
    def fields_of_indicator(self) -> dict:
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("group", "seen", "key")}
        texts = {name: written(self.indicator, name, typed[name], self.language) for name in TEXTS}
        known = {
            name: value for name, value in typed.items() if name in {field.name for field in Indicator._meta.fields}
        }
        return known | texts


class CatalogueFilter(forms.Form):
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("What it tells"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, topics, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", _("All")), *Indicator.Role.choices]
        cast(forms.ChoiceField, self.fields["topic"]).choices = [("", _("All")), *topics.items()]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
