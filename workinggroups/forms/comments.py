from django import forms
from django.utils.translation import gettext_lazy as _

from ..selectors.comments import Reading


class CommentForm(forms.Form):
    """About one of the pages or passages there are, or about all of it; `version` is the one that was read."""

    version = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    anchor = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, reading: Reading, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        word = _("Part %(number)s") if reading.in_parts else _("Page %(number)s")
        places = [(number, words or word % {"number": number}) for number, words in reading.choices()]
        self.fields["anchor"].choices = [("", _("All of it")), *places]
        self.fields["anchor"].label = _("About")
        self.fields["anchor"].error_messages["invalid_choice"] = _("There is no such place in what you read.")
        self.initial["version"] = self.version = reading.version

    def clean(self) -> dict:
        """A place of a text that is no longer there to be read would be another place of the one that is."""
        typed = super().clean()
        if typed.get("anchor") and typed.get("version") not in ("", self.version):
            self.add_error("anchor", _("The text has changed since you read it. Please choose the place anew."))
        return typed
