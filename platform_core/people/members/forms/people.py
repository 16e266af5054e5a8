import re

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.materials.files.pictures import PictureField

from ..models import Profile

FIELDS = ("name", "email", "about", "topics", "languages", "orcid", "links", "phone", "photo")


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
    photo = PictureField(label=_("Photo"), required=False, help_text=_("PNG, JPEG or WebP; it is drawn smaller."))
    no_photo = forms.BooleanField(label=_("Without a photo"), required=False)

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
        return {name: typed[name] for name in (*FIELDS, "no_photo") if name in typed} | {"shown": shown}


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
