from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    email = forms.EmailField(label=_("Your e-mail address, to be sure"))

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self):
        if self.cleaned_data["email"].lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return self.cleaned_data["email"]
