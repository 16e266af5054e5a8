from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Narrative, PeriodReport


def lines(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class NarrativeForm(UnchangedForm):
    text = forms.CharField(label=_("What was done in this period"), max_length=20_000, widget=lines(14))

    def __init__(self, *args, narrative: Narrative, **kwargs) -> None:
        super().__init__(*args, initial={"text": narrative.text}, **kwargs)


class IntroductionForm(UnchangedForm):
    introduction = forms.CharField(label=_("Introduction"), required=False, max_length=20_000, widget=lines(10))

    def __init__(self, *args, report: PeriodReport, **kwargs) -> None:
        super().__init__(*args, initial={"introduction": report.introduction}, **kwargs)


class ApproveForm(forms.Form):
    """Nothing to fill in; what was shown must be what is approved."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
