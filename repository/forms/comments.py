from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.widgets import DayInput

from .records import area


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=area(4))


class RoundForm(forms.Form):
    questions = forms.CharField(
        label=_("Questions"),
        max_length=4000,
        widget=area(5),
        help_text=_("One per line; partners answer each by itself."),
    )
    closes_on = forms.DateField(label=_("Comments until"), widget=DayInput())


class SummaryForm(forms.Form):
    summary = forms.CharField(label=_("What was changed because of the comments"), max_length=10_000, widget=area(6))
