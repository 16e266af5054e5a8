from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation

from .. import gaps
from ..models import GapRequest, Record
from .records import area


def any_of(choices):
    return lambda: [("", _("All")), *choices()]


class GapFilter(forms.Form):
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=any_of(lambda: vocabulary.country_labels().items())
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=any_of(lambda: vocabulary.term_choices("record_kind"))
    )
    cycle_stage = forms.ChoiceField(
        label=_("Policy cycle"), required=False, choices=any_of(lambda: vocabulary.term_choices("cycle_stage"))
    )


class GapForm(forms.Form):
    """Who is asked, and in which words."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Whom you ask"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label=_("What you ask for"), max_length=2000, widget=area(5))

    def __init__(self, *args, concerned, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = concerned


class GapAnswerForm(forms.Form):
    record = forms.ModelChoiceField(
        label=_("The record"),
        queryset=Record.objects.none(),
        required=False,
        help_text=_("Deposit it first; your drafts are offered here."),
    )

    def __init__(self, data=None, *, thing: GapRequest, by) -> None:
        super().__init__(data)
        self.fields["record"].queryset = gaps.offered(thing, by)
