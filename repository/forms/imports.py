from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.materials.files.forms import UploadField


class ImportForm(forms.Form):
    file = UploadField(label=_("Table"), help_text=_("XLSX or CSV (UTF-8), at most 4,999 records."))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("Please choose a CSV or XLSX file."))
        return file
