from django import forms
from django.utils.translation import gettext_lazy as _

from . import selectors


class DrawForm(forms.Form):
    kind = forms.ChoiceField(label=_("How they are related"))
    address = forms.CharField(
        label=_("Address of the other"), max_length=500, help_text=_("Copy it from your browser's address line.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args, person, label: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["kind"].choices = [(kind.code, kind.name) for kind in selectors.kinds_from(label)]

    def clean_address(self):
        found = selectors.thing_at(self.person, self.cleaned_data["address"])
        if found is None:
            raise forms.ValidationError(_("There is nothing at this address that could be related."))
        return found
