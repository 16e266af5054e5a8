from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .models import User

COMMON_ZONES = [
    "Europe/Rome",
    "Europe/Vienna",
    "Europe/Budapest",
    "Europe/Bucharest",
    "Europe/Sofia",
    "Europe/Athens",
    "Europe/Ljubljana",
    "Europe/Bratislava",
    "Europe/Zagreb",
    "Europe/Belgrade",
    "Europe/Brussels",
    "UTC",
]


def zone_choices():
    others = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [
        (_("South-East Europe"), [(zone, zone) for zone in COMMON_ZONES]),
        (_("Other time zones"), [(zone, zone) for zone in others if zone not in COMMON_ZONES]),
    ]


class SignUpForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    agreed = forms.BooleanField(label=_("I have read the privacy notice: what the platform does with my data."))
    field_order = ["name", "email", "password1", "password2", "agreed"]

    def signup(self, request, user):
        """Called by allauth on the user it is about to keep."""


class SettingsForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]
