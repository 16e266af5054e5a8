from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User


class ApprovalForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=_("Whom you ask"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("Answers until"), widget=DayInput())

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, initial={"due_on": platform_day() + timedelta(days=14)}, **kwargs)
        self.fields["people"].queryset = people


class PublishForm(forms.Form):
    """Publishing the next version; where it breaks comparability, knowingly and with a reason."""

    seen = forms.CharField(widget=forms.HiddenInput)
    knowing = forms.BooleanField(
        label=_("I know that answers before and after cannot be put together where it says so above")
    )
    reason = forms.CharField(
        label=_("Why it is changed all the same; everybody can read it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, breaking: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not breaking:
            del self.fields["knowing"], self.fields["reason"]
