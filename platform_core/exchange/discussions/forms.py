from django import forms
from django.utils.translation import gettext_lazy as _


class HideForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It is shown in place of the comment."))
