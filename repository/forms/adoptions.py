from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Organisation

from ..models import Adoption
from .records import area


class AdoptionFilter(forms.Form):
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lambda: [("", _("All")), *vocabulary.country_labels().items()],
    )
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=lambda: [("", _("All")), *vocabulary.region_labels().items()],
    )

    def places(self) -> dict:
        """What was chosen, as rows; nothing for what is unknown."""
        typed = self.cleaned_data if self.is_valid() else {}
        region, country = typed.get("region", ""), typed.get("country", "")
        return {"region": vocabulary.region(region), "country": vocabulary.country(country)}


class AdoptForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=lambda: [("", _("none of these")), *vocabulary.region_labels().items()],
    )
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=lambda: platform_day().year)
    adapted = forms.CharField(label=_("How it was adapted"), max_length=2000, widget=area(4))
    outcome = forms.CharField(label=_("What came of it"), max_length=2000, required=False, widget=area(4))

    def __init__(self, *args, adopters, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = adopters

    def adoption(self) -> dict:
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("organisation", "year", "adapted", "outcome")}
        return plain | {"region": vocabulary.region(typed["region"]), "language": active_code()}


def initial_adoption(held: Adoption | None) -> dict:
    """What the form begins with for an organisation that has spoken before."""
    if held is None:
        return {"year": platform_day().year}
    plain = {name: getattr(held, name) for name in ("organisation", "year", "adapted", "outcome")}
    return plain | {"region": held.region.code if held.region else ""}
