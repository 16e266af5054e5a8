import hashlib
import json

from django import forms
from django.utils.translation import gettext as _


class UnchangedForm(forms.Form):
    """Overwrites nothing that somebody else changed since it was opened; sent once more, it is kept knowingly.

    What it begins with (`initial`) is what is stored now, its hash travels in the hidden field `seen`.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        told = json.dumps(self.initial, sort_keys=True, default=str)
        self.stamp = hashlib.sha256(told.encode()).hexdigest()
        self.initial = {**self.initial, "seen": self.stamp}

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        if typed.get("seen") and typed["seen"] != self.stamp:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.stamp
            raise forms.ValidationError(
                _("Somebody has changed this meanwhile. Look at it in another window; sent once more, yours is kept.")
            )
        return typed
