from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary.days import platform_day

from .. import selectors
from ..models import Membership, Tier
from .memberships import AdmitForm
from .organisations import ProfileForm, StancesForm


class ApplyForm(StancesForm):
    """An application of an organisation that is listed already."""

    tier = forms.ChoiceField(label=_("Membership"), choices=Tier.choices, widget=forms.RadioSelect)
    share = forms.ChoiceField(
        label=_("Part in the partnership"),
        choices=[("", _("Not a full member")), *Membership.Share.choices],
        required=False,
        help_text=_("Only for full members: financing partner or associated strategic partner."),
    )
    motivation = forms.CharField(
        label=_("Why you want to take part"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def asked(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("tier", "share", "motivation")} | {"stances": self.stances()}


class ApplyAnewForm(ProfileForm, ApplyForm):
    """An application of an organisation that nobody has written down yet."""

    function = forms.CharField(label=_("Your function there"), max_length=150)
    field_order = [*ProfileForm.base_fields, "function", "tier", "share", "motivation"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if selectors.same_name(name):
            raise forms.ValidationError(
                _("An organisation of this name is listed already: find it and say there that you act for it.")
            )
        return name


class GrantForm(AdmitForm):
    """What the application asks for, to be granted as it is or otherwise."""

    why = None

    def __init__(self, data=None, *, thing) -> None:
        super().__init__(data, initial={"tier": thing.tier, "share": thing.share, "begins": platform_day()})
