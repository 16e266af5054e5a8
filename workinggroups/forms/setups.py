from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import language_choices

from ..models import WorkingGroup
from ..presets import TEMPLATES


class BeginConceptForm(forms.Form):
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)


class SectionForm(forms.Form):
    base = forms.CharField(widget=forms.HiddenInput, max_length=20)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Headings with ###, lists with -, links as [text](address), tables with |."),
    )


class OpennessForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("Who finds it"), choices=WorkingGroup.Visibility.choices, widget=forms.RadioSelect
    )
    joining = forms.ChoiceField(
        label=_("Who takes part"), choices=WorkingGroup.Joining.choices, widget=forms.RadioSelect
    )
    participation = forms.ChoiceField(
        label=_("What taking part means"), choices=WorkingGroup.Participation.choices, widget=forms.RadioSelect
    )


class TemplateForm(forms.Form):
    template = forms.ChoiceField(
        label=_("Template"), choices=[(one.code, one.name) for one in TEMPLATES], widget=forms.RadioSelect
    )


class JoinForm(forms.Form):
    why = forms.CharField(
        label=_("Why you want to take part"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class JoinAtOnceForm(forms.Form):
    """Where a group is open, one click is enough."""
