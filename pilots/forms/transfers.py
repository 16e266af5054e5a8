from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation

from ..models import Judgement


class PlaceForm(forms.Form):
    """My region, and perhaps a topic."""

    region = forms.ChoiceField(label=_("My region"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", gettext("Please choose")), *vocabulary.region_labels().items()]
        self.fields["topic"].choices = [("", gettext("All topics")), *vocabulary.topic_labels().items()]


class RegionForm(PlaceForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["topic"]


class KeepForm(forms.Form):
    region = forms.CharField(widget=forms.HiddenInput)
    organisation = forms.ModelChoiceField(
        label=_("Keep it for"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean_region(self):
        if found := vocabulary.region(self.cleaned_data["region"]):
            return found
        raise forms.ValidationError(gettext("There is no such region."))


class JudgeForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Your judgement"), choices=Judgement.Verdict.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))


class SayForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
