from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import CODES, active_code, interface_code
from platform_core.ground.ui.languages import native_name
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import ReportSection


class BeginForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the report"))
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, native_name(interface_code(code))) for code in CODES]
        self.initial |= {"language": active_code(), "key": str(uuid4())}


class SectionForm(UnchangedForm):
    heading = forms.CharField(label=_("Heading"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("Headings with ##, lists with -, links as [text](address)."),
    )

    def __init__(self, *args, section: ReportSection | None = None, **kwargs) -> None:
        begun = {"heading": section.heading, "text": section.text} if section else {}
        super().__init__(*args, initial=begun, **kwargs)


class FinaliseForm(forms.Form):
    """Of exactly what was read."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
