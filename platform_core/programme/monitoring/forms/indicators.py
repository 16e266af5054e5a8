from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from ..models import Indicator
from ..selectors import evidence, indicators as selectors


class ProgrammeFilter(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    period = forms.ChoiceField(label=_("Due by the end of"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("All kinds")), *Indicator.Kind.choices]
        periods = [(row.code, evidence.period_name(row.code)) for row in selectors.periods()]
        self.fields["period"].choices = [("", gettext("Any period")), *periods]
