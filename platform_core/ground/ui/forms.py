"""Forms and fields that several rooms have alike."""

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds.exchange import MOST, USUAL

from .widgets import DayInput


class ReasonForm(forms.Form):
    """Why somebody does what cannot be done without reasons."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DayField(forms.DateField):
    """A day to choose."""

    widget = DayInput


class RemindDaysField(forms.IntegerField):
    """How many days before the end those are reminded who have not answered; the usual number where nothing is typed."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"required": False, "min_value": 0, "max_value": MOST, "initial": USUAL} | kwargs)

    def clean(self, value) -> int:
        typed = super().clean(value)
        return self.initial if typed is None else typed
