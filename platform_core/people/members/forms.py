from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary

from .models import Membership, Tier


class AdmitForm(forms.Form):
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, widget=forms.RadioSelect)
    share = forms.ChoiceField(
        label=_("Part in the partnership"),
        choices=[("", _("Not a full member")), *Membership.Share.choices],
        required=False,
        help_text=_("Only for full members: financing partner or associated strategic partner."),
    )
    begins = forms.DateField(
        label=_("From"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"})
    )
    why = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the decision. The organisation's contact can read it."),
    )


class OrganisationFilter(forms.Form):
    words = forms.CharField(label=_("Name or acronym"), required=False, max_length=100)
    tier = forms.ChoiceField(
        label=_("Tier"), required=False, choices=[("", _("All")), *Tier.choices, ("none", _("No membership"))]
    )
    kind = forms.ChoiceField(
        label=_("Type"), required=False, choices=lambda: [("", _("All")), *vocabulary.term_choices("organisation_type")]
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [("", _("All")), *vocabulary.country_labels().items()]
    )
