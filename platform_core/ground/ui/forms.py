"""Forms and fields that several rooms have alike."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why somebody does what cannot be done without reasons."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RemindDaysField(forms.IntegerField):
    """How many days before the end those are reminded who have not answered; the usual number where nothing is typed."""

    USUAL, MOST = 3, 60

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"required": False, "min_value": 0, "max_value": self.MOST, "initial": self.USUAL} | kwargs)

    def clean(self, value) -> int:
        typed = super().clean(value)
        return self.USUAL if typed is None else typed
