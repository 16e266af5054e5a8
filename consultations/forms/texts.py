from django import forms
from django.utils.translation import gettext_lazy as _

from ..questions.texts import LONG


class ReleaseForm(forms.Form):
    """Words to be released: the original, shortened where its reader thinks best."""

    text = forms.CharField(
        label=_("Words to be released"),
        max_length=5 * LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out what names somebody or leads to her, and mark it with […]."),
        error_messages={"required": _("Please leave some words, or refuse the text.")},
    )
