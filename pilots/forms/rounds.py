from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary.days import platform_day

from ..models import CommentAnswer
from ..selectors.rounds import Question

WEEKS, LONGEST = 2, 184


class AskForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Comments until"),
        widget=DayInput(),
        help_text=_("At least two weeks are usual; the round cannot be closed before that day is over."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("closes_on", platform_day() + timedelta(weeks=WEEKS))

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day > platform_day() + timedelta(days=LONGEST):
            raise forms.ValidationError(_("Please choose a day within the next six months."))
        return day


class SayForm(forms.Form):
    """One field for each question; whoever comments answers those she can."""

    def __init__(self, *args, questions: list[Question], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.place}"] = forms.CharField(
                label=str(question.text), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
            )

    @property
    def texts(self) -> dict[int, str]:
        return {int(name[1:]): text for name, text in self.cleaned_data.items()}


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Answer"), choices=CommentAnswer.Verdict.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(forms.Form):
    summary = forms.CharField(
        label=_("What has changed because of the comments"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )
