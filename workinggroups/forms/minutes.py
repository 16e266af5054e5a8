import secrets
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day

from ..models import AgendaItem


class TextForm(forms.Form):
    """`base` is the number of the revision it is written from, 0 for the first."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("What the minutes say"),
        max_length=100_000,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Lists with -, bold with **, links as [text](address), tables with |."),
    )


class ApprovalForm(TextForm):
    """The same for an item that approves earlier minutes; without an `outcome` what was noted stays."""

    outcome = forms.ChoiceField(
        label=_("What became of the earlier minutes"),
        choices=AgendaItem.Outcome.choices[1:],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("They count as approved once these minutes are final, and only if it says so here."),
    )
    field_order = ("base", "outcome", "text")


class CirculateForm(forms.Form):
    until = DayField(label=_("Comments until"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, initial={"until": platform_day() + timedelta(days=10)}, **kwargs)


class EarlyForm(forms.Form):
    early = forms.BooleanField(
        label=_("End the time for comments now"),
        help_text=_("They can still be commented on; what is said after this is not heard."),
    )


class RemarkForm(forms.Form):
    text = forms.CharField(label=_("Your comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(forms.Form):
    why = forms.CharField(label=_("What is wrong"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PresentForm(forms.Form):
    others = forms.CharField(
        label=_("Also present"),
        max_length=1000,
        required=False,
        help_text=_("People who are not on the list, with their organisations."),
    )


class ActionForm(forms.Form):
    """An action point; `key` is drawn when the form is shown, so that a double click makes one task."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(label=_("Who"), queryset=None, required=False, empty_label=_("Nobody yet"))
    due_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, initial={"key": secrets.token_hex(16)}, **kwargs)
        self.fields["owner"].queryset = people


class TakenForm(forms.Form):
    title = forms.CharField(label=_("Title of the decision"), max_length=200)
    text = forms.CharField(label=_("Text of the decision"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
