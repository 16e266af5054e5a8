from django import forms
from django.utils.translation import gettext_lazy as _

from .models import SavedSearch


class SaveSearchForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    alert = forms.ChoiceField(label=_("Tell me of new results"), choices=SavedSearch.Alert.choices, required=False)
    thing = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    query = forms.CharField(max_length=1500, required=False, widget=forms.HiddenInput)


class AlertForm(forms.Form):
    alert = forms.ChoiceField(label=_("Tell me of new results"), choices=SavedSearch.Alert.choices, required=False)
