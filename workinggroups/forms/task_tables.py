from django import forms
from django.utils.translation import gettext_lazy as _


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_(
            "CSV (UTF-8) or XLSX, one task per line. It is checked first; nothing is taken in before you say so."
        ),
    )


class TakeInForm(forms.Form):
    """The lines that were checked, signed, so that what is taken in is what was shown."""

    lines = forms.CharField(widget=forms.HiddenInput)
