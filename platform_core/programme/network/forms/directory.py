from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.forms.organisations import OrganisationFilter

from ..models import ClusterProfile


def any_of(choices):
    return lambda: [("", _("All")), *choices()]


class DirectoryFilter(OrganisationFilter):
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=any_of(lambda: vocabulary.region_labels().items())
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=any_of(lambda: vocabulary.topic_labels().items())
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=any_of(lambda: vocabulary.term_choices("sector"))
    )
    technology = forms.ChoiceField(
        label=_("Technology"), required=False, choices=any_of(lambda: vocabulary.term_choices("technology"))
    )
    field_order = ("words", "country", "region", "kind", "topic", "sector", "technology", "tier")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProfileForm(UnchangedForm):
    """What an organisation tells of its work, in the language of the page."""

    sector = forms.MultipleChoiceField(
        label=_("Sectors"),
        required=False,
        choices=lambda: vocabulary.term_choices("sector"),
        widget=forms.CheckboxSelectMultiple,
    )
    technology = forms.MultipleChoiceField(
        label=_("Technologies"),
        required=False,
        choices=lambda: vocabulary.term_choices("technology"),
        widget=forms.CheckboxSelectMultiple,
    )
    services = forms.CharField(label=_("Services"), max_length=3000, required=False, widget=area(4))
    projects = forms.CharField(label=_("Projects"), max_length=3000, required=False, widget=area(4))
    founded = forms.IntegerField(
        label=_("Founded in"), required=False, min_value=1800, max_value=lambda: platform_day().year
    )
    firms = forms.IntegerField(label=_("Member firms"), required=False, min_value=0, max_value=1_000_000)
    research = forms.IntegerField(
        label=_("Member research organisations"), required=False, min_value=0, max_value=1_000_000
    )
    public = forms.IntegerField(
        label=_("Member public bodies and others"), required=False, min_value=0, max_value=1_000_000
    )
    staff = forms.DecimalField(
        label=_("Staff, in full posts"), required=False, min_value=0, max_value=9999, decimal_places=1
    )
    label = forms.ChoiceField(
        label=_("Cluster-management quality label"),
        required=False,
        choices=[("", _("none")), *ClusterProfile.Label.choices],
    )
    label_until = DayField(label=_("Label valid until"), required=False)
    PLAIN = ("founded", "firms", "research", "public", "staff", "label", "label_until")
    TEXTS = ("services", "projects")

    def __init__(self, *args, profile: ClusterProfile, language: str, **kwargs) -> None:
        self.profile, self.language = profile, language
        begun = {name: getattr(profile, name) for name in self.PLAIN}
        begun |= {name: getattr(profile, name).get(language, "") for name in self.TEXTS}
        if profile.pk:
            for term in profile.terms.all():
                begun.setdefault(term.scheme, []).append(term.code)
        super().__init__(*args, initial=begun, **kwargs)

    def applied(self) -> ClusterProfile:
        typed, held = self.cleaned_data, self.profile
        for name in self.PLAIN:
            setattr(held, name, typed[name])
        for name in self.TEXTS:
            setattr(held, name, getattr(held, name).with_text(self.language, typed[name]))
        return held

    def terms(self) -> dict[str, list[str]]:
        return {scheme: self.cleaned_data[scheme] for scheme in ("sector", "technology")}
