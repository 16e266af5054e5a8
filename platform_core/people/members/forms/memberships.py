from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day

from ..models import Membership, Organisation, Tier


class AdmitForm(forms.Form):
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, widget=forms.RadioSelect)
    share = forms.ChoiceField(
        label=_("Part in the partnership"),
        choices=[("", _("Not a full member")), *Membership.Share.choices],
        required=False,
        help_text=_("Only for full members: financing partner or associated strategic partner."),
    )
    begins = DayField(label=_("From"), initial=platform_day)
    ends = DayField(
        label=_("To"),
        required=False,
        help_text=_("Empty: until it is ended. Thirty days before, everybody concerned is reminded."),
    )
    why = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the decision. The organisation's contact can read it."),
    )


class SuspendForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(label=_("It is the same as"), queryset=Organisation.objects.none())
    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, organisation: Organisation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Organisation.objects.exclude(pk=organisation.pk).order_by("sort_name")
