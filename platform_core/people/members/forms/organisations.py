from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from platform_core.ground.texts.codes import SOURCE, content_code, language_choices
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.files.pictures import PictureField

from ..models import Organisation, Stance, Tier


class StancesForm(forms.Form):
    """One choice per topic: which side of experience the organisation stands on."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for topic in vocabulary.topics():
            self.fields[f"topic_{topic.pk}"] = forms.ChoiceField(
                label=str(topic.short), required=False, choices=[("", _("neither")), *Stance.Side.choices]
            )

    def stances(self) -> dict[int, str]:
        return {topic.pk: self.cleaned_data[f"topic_{topic.pk}"] for topic in vocabulary.topics()}


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name in English"), max_length=300)
    native_name = forms.CharField(label=_("Name in the organisation's own language"), max_length=300, required=False)
    language = forms.ChoiceField(
        label=_("Its language"),
        choices=lambda: languages_but_english(),
        initial=lambda: content_code(get_language() or SOURCE),
    )
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=lambda: vocabulary.term_choices("organisation_type"))
    is_public_body = forms.BooleanField(label=_("It is a public body"), required=False)
    country = forms.ChoiceField(label=_("Country"), choices=lambda: vocabulary.country_labels().items())
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=lambda: [("", _("none of these")), *vocabulary.region_labels().items()],
    )
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    email = forms.EmailField(label=_("E-mail address of the organisation"), required=False)
    email_domain = forms.CharField(
        label=_("Domain of its e-mail addresses"),
        max_length=120,
        required=False,
        help_text=_("For example region.example.org; helps to recognise colleagues."),
    )
    vat = forms.CharField(label=_("VAT number"), max_length=30, required=False)
    ror = forms.URLField(label=_("ROR identifier"), required=False, assume_scheme="https")
    description = forms.CharField(
        label=_("What it does, in English"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    priorities = forms.CharField(
        label=_("S3 priorities of its region, in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        typed = super().clean()
        region = vocabulary.region(typed.get("region", ""))
        if region and region.country_id != typed.get("country"):
            self.add_error("region", _("This region is in another country."))
        return typed

    def profile(self, organisation: Organisation | None = None) -> dict:
        """What services take; texts in languages the form does not show are kept."""
        typed = self.cleaned_data
        plain = ("acronym", "kind", "is_public_body", "website", "email", "email_domain", "vat", "ror")
        texts = {}
        for name in ("name", "description", "priorities"):
            texts[name] = (getattr(organisation, name) if organisation else Text()).with_text("en", typed[name])
        if typed["native_name"]:
            texts["name"] = texts["name"].with_text(typed["language"], typed["native_name"])
        region = vocabulary.region(typed["region"])
        return {name: typed[name] for name in plain} | texts | {"country_id": typed["country"], "region": region}


class ChangeForm(ProfileForm, StancesForm):
    logo = PictureField(label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP; it is drawn smaller."))
    no_logo = forms.BooleanField(label=_("Without a logo"), required=False)

    def profile(self, organisation: Organisation | None = None) -> dict:
        return super().profile(organisation) | {name: self.cleaned_data[name] for name in ("logo", "no_logo")}


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


def languages_but_english() -> list[tuple[str, str]]:
    return [row for row in language_choices() if row[0] != SOURCE]


def profile_of(organisation: Organisation) -> dict:
    """What a profile form begins with."""
    native = next((code for code in organisation.name if code != SOURCE), content_code(get_language() or SOURCE))
    plain = ("acronym", "kind", "is_public_body", "website", "email", "email_domain", "vat", "ror")
    return {name: getattr(organisation, name) for name in plain} | {
        "name": organisation.name.get(SOURCE, ""),
        "native_name": organisation.name.get(native, "") if native != SOURCE else "",
        "language": native,
        "country": organisation.country_id,
        "region": organisation.region.code if organisation.region else "",
        "description": organisation.description.get(SOURCE, ""),
        "priorities": organisation.priorities.get(SOURCE, ""),
        **{f"topic_{stance.topic_id}": stance.side for stance in organisation.stances.all()},
    }
