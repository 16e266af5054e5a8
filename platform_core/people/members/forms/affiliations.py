from django import forms
from django.utils.translation import gettext_lazy as _


class ClaimForm(forms.Form):
    function = forms.CharField(label=_("Your function there"), max_length=150)


class ConfirmClaimForm(forms.Form):
    is_contact = forms.BooleanField(
        label=_("Contact person, who gets what is sent to the organisation"), required=False
    )
    is_admin = forms.BooleanField(label=_("Looks after the profile, and confirms others"), required=False)

    def __init__(self, data=None, *, thing) -> None:
        super().__init__(data)


class AffiliationForm(forms.Form):
    function = forms.CharField(label=_("Function"), max_length=150, required=False)
    is_contact = forms.BooleanField(
        label=_("Contact person, who gets what is sent to the organisation"), required=False
    )
    is_admin = forms.BooleanField(label=_("Looks after the profile, and confirms others"), required=False)
