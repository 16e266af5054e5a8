import re

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy as _

from platform_core.ground.reports.tables import read_table
from platform_core.ground.texts.codes import SOURCE, content_code
from platform_core.ground.texts.text import Text
from platform_core.ground.vocabulary import selectors as vocabulary

from . import selectors
from .models import Membership, Organisation, Profile, Stance, Tier


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
    ends = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
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


class GrantForm(AdmitForm):
    """What the application asks for, to be granted as it is or otherwise."""

    why = None

    def __init__(self, data=None, *, thing) -> None:
        super().__init__(data, initial={"tier": thing.tier, "share": thing.share, "begins": timezone.localdate()})


class ConfirmClaimForm(forms.Form):
    is_contact = forms.BooleanField(
        label=_("Contact person, who gets what is sent to the organisation"), required=False
    )
    is_admin = forms.BooleanField(label=_("Looks after the profile, and confirms others"), required=False)

    def __init__(self, data=None, *, thing) -> None:
        super().__init__(data)


class ClaimForm(forms.Form):
    function = forms.CharField(label=_("Your function there"), max_length=150)


class AffiliationForm(forms.Form):
    function = forms.CharField(label=_("Function"), max_length=150, required=False)
    is_contact = forms.BooleanField(
        label=_("Contact person, who gets what is sent to the organisation"), required=False
    )
    is_admin = forms.BooleanField(label=_("Looks after the profile, and confirms others"), required=False)


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


def languages_but_english() -> list[tuple[str, str]]:
    return [(content_code(code), name) for code, name in settings.LANGUAGES if content_code(code) != SOURCE]


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


class ChangeForm(ProfileForm, StancesForm):
    pass


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


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), required=False, max_length=150)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=lambda: settings.LANGUAGES)
    organisation = forms.ModelChoiceField(
        label=_("To act for"), queryset=Organisation.objects.none(), required=False, empty_label=_("no organisation")
    )
    function = forms.CharField(label=_("Function there"), required=False, max_length=150)
    begins = forms.DateField(
        label=_("From"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"})
    )
    ends = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For an activity: the last day on which it is open to the person."),
    )

    def __init__(self, *args, person, has_activity: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = selectors.organisations_to_look_after(person)
        self.fields["organisation"].required = not has_activity
        self.fields["ends"].required = has_activity


class BulkForm(forms.Form):
    table = forms.FileField(
        label=_("Table (CSV or XLSX)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
    )

    def clean_table(self):
        return read_table(self.cleaned_data["table"])


class NewAccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    agreed = forms.BooleanField(label=_("I have read the privacy notice: what the platform does with my data."))

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


FIELDS = ("name", "email", "about", "topics", "languages", "orcid", "links", "phone")


class OwnProfileForm(forms.Form):
    """What a person tells of herself, with a choice beside each field of who may read it."""

    about = forms.CharField(
        label=_("About me"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    topics = forms.MultipleChoiceField(
        label=_("Expertise"),
        required=False,
        choices=lambda: vocabulary.topic_labels().items(),
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages I work in"),
        required=False,
        choices=lambda: settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    orcid = forms.CharField(
        label=_("ORCID"), required=False, max_length=19, help_text=_("For example 0000-0002-1825-0097.")
    )
    links = forms.CharField(
        label=_("Addresses, one on each line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        labels = {"name": _("Name"), "email": _("E-mail address")} | {
            name: field.label for name, field in self.fields.items()
        }
        for name in FIELDS:
            self.fields[f"shown_{name}"] = forms.ChoiceField(
                label=format_lazy("{} – {}", labels[name], _("who may read it")), choices=Profile.Level.choices
            )

    def clean_orcid(self):
        orcid = self.cleaned_data["orcid"].strip().upper()
        if orcid and not is_orcid(orcid):
            raise forms.ValidationError(_("This is no ORCID: its last character does not fit the others."))
        return orcid

    def clean_links(self):
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        for line in lines:
            URLValidator(schemes=["http", "https"])(line)
        return lines

    def profile_fields(self) -> dict:
        typed = self.cleaned_data
        shown = {name: typed[f"shown_{name}"] for name in FIELDS}
        return {name: typed[name] for name in FIELDS if name in typed} | {"shown": shown}


def is_orcid(orcid: str) -> bool:
    """Four groups of four digits whose last is the check character of ISO 7064 mod 11-2."""
    digits = orcid.replace("-", "")
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", orcid):
        return False
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    return digits[-1] == ("X" if expected == 10 else str(expected))


def own_profile(profile: Profile) -> dict:
    """What the form begins with; names are for members, the rest for nobody, until the person says otherwise."""
    begin = dict.fromkeys(FIELDS, Profile.Level.ME) | {"name": Profile.Level.MEMBERS} | profile.shown
    return {
        "about": profile.about,
        "topics": [str(topic.pk) for topic in profile.topics.all()] if profile.pk else [],
        "languages": profile.languages,
        "orcid": profile.orcid,
        "links": "\n".join(profile.links),
        "phone": profile.phone,
    } | {f"shown_{name}": level for name, level in begin.items()}


class PeopleFilter(forms.Form):
    words = forms.CharField(label=_("Name"), required=False, max_length=100)
    topic = forms.ChoiceField(
        label=_("Expertise"), required=False, choices=lambda: [("", _("All")), *vocabulary.topic_labels().items()]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("All")), *settings.LANGUAGES]
    )
