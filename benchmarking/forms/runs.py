from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User

DAYS = 14


class AskForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=_("Whom you ask"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label=_("Answers until"))

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, initial={"due_on": platform_day() + timedelta(days=DAYS)}, **kwargs)
        self.fields["people"].queryset = people
