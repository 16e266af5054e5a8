from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary.days import platform_day

from ..models import FileRequest
from .records import area

DAYS = 90


class FileRequestForm(forms.Form):
    purpose = forms.CharField(
        label=_("What you need them for"),
        max_length=2000,
        widget=area(5),
        help_text=_("Who deposited the record reads this, with your name, and answers."),
    )


class GiveFilesForm(forms.Form):
    open_until = forms.DateField(label=_("They are open until"), widget=DayInput())

    def __init__(self, data=None, *, thing: FileRequest) -> None:
        super().__init__(data, initial={"open_until": platform_day() + timedelta(days=DAYS)})
