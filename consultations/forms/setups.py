"""Beginning a consultation, and its settings."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import SOURCE
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.drafts.forms import UnchangedForm
from repository.forms.records import regions_by_country
from workinggroups.forms.meetings import LOCAL, ClockField, in_zone, zones

from ..models import THRESHOLD, Consultation
from ..selectors.opening import country_names
from ..services.setups import LOCKED_BY_PRESET, LOCKED_WHEN_OPEN, PLACES
from .parts import SourceField

MOST_WANTED = 1_000_000


class MomentsForm(UnchangedForm):
    """Opening and closing as clocks show them in the zone named."""

    def clean(self) -> dict:
        typed = super().clean()
        zone = typed.get("time_zone")
        for name in ("opens_at", "closes_at"):
            if zone and isinstance(typed.get(name), datetime) and not timezone.is_aware(typed[name]):
                try:
                    typed[name] = in_zone(typed[name], zone)
                except ValidationError as problem:
                    self.add_error(name, problem)
        opens, closes = typed.get("opens_at"), typed.get("closes_at")
        if opens and closes and zone and not self.errors and closes <= opens:
            self.add_error("closes_at", _("It has to close after it opens."))
        return typed


def moment_fields(form: forms.Form) -> None:
    form.fields["opens_at"] = ClockField(label=_("Opens"))
    form.fields["closes_at"] = ClockField(label=_("Closes"))
    form.fields["time_zone"] = forms.ChoiceField(label=_("In the time of"), choices=zones)


class BeginForm(MomentsForm):
    title = SourceField(label=_("Title"), max_length=300)
    summary = SourceField(label=_("What it is about, and what for"), rows=4, max_length=2000)
    group = forms.ModelChoiceField(label=_("Working group"), queryset=None, empty_label=None)
    beginning = forms.ChoiceField(
        label=_("Begin with"),
        widget=forms.RadioSelect,
        initial="profile",
        choices=[
            ("profile", _("the four questions about the respondent that all consultations share")),
            ("blank", _("nothing")),
            ("copy", _("the questions of an earlier consultation")),
        ],
    )
    copied = forms.ModelChoiceField(
        label=_("Earlier consultation"), queryset=Consultation.objects.none(), required=False, empty_label="–"
    )
    is_public = forms.BooleanField(
        label=_("This is a public consultation"),
        required=False,
        initial=True,
        help_text=_(
            "Answers are anonymous, everybody says how a contribution may be published, it opens in every language or with "
            "a reason, and everybody who follows it is told of later changes. These settings are then locked."
        ),
    )

    def __init__(self, *args, groups, copies, **kwargs) -> None:
        day = platform_day() + timedelta(days=14)
        initial = {
            "time_zone": settings.DISPLAY_TIME_ZONE,
            "opens_at": f"{day.isoformat()}T09:00",
            "closes_at": f"{(day + timedelta(days=56)).isoformat()}T23:59",
            "beginning": "profile",
            "is_public": True,
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        moment_fields(self)
        self.fields["group"].queryset, self.fields["copied"].queryset = groups, copies
        self.order_fields(["group", "title", "summary", "beginning", "copied", "is_public"])

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("beginning") == "copy" and not typed.get("copied"):
            self.add_error("copied", _("Please choose the consultation whose questions you want."))
        return typed


class SettingsForm(MomentsForm):
    title = SourceField(label=_("Title"), max_length=300)
    summary = SourceField(label=_("What it is about, and what for"), rows=4, max_length=2000)
    countries = forms.MultipleChoiceField(
        label=_("Countries it asks, as a whole"),
        required=False,
        choices=lambda: vocabulary.country_labels().items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "It is shown on the pages of these and of all their regions. No country and no region: everywhere."
        ),
    )
    regions = forms.MultipleChoiceField(
        label=_("Single regions it asks"),
        required=False,
        choices=regions_by_country,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For those whose country is not asked as a whole."),
    )
    minutes = forms.IntegerField(label=_("Minutes it takes"), min_value=1, max_value=240)
    contact = forms.EmailField(label=_("Contact"), required=False, help_text=_("Shown to everybody."))
    mode = forms.ChoiceField(label=_("Answers are"), choices=Consultation.Mode.choices, widget=forms.RadioSelect)
    asks_publication = forms.BooleanField(label=_("Everybody says how a contribution may be published"), required=False)
    may_change = forms.BooleanField(label=_("Answers may be changed until it closes"), required=False)
    offers_sign_off = forms.BooleanField(
        label=_("Institutions may have their answers signed off by somebody responsible"), required=False
    )
    threshold = forms.IntegerField(
        label=_("Groups smaller than this are not published"), min_value=THRESHOLD, max_value=100
    )
    retention_days = forms.IntegerField(
        label=_("Days after closing until identifiers are deleted"),
        min_value=1,
        max_value=3650,
        help_text=_(
            "Addresses of the invited, names, e-mail addresses and other personal data given as answers, files handed in and "
            "former answers. Give the number of days for which you need them; figures stay as they are."
        ),
    )
    language_reason = SourceField(
        label=_("Why it opens without every language"),
        rows=2,
        required=False,
        help_text=_("Said by the lead partner, and shown to everybody who wants to answer."),
    )

    def __init__(self, *args, consultation: Consultation, groups: dict[str, dict[str, str]], may_waive: bool, **kwargs):
        """`groups` are the words of audiences and types of organisations by code, under the names in WANTED."""
        super().__init__(*args, initial=settings_of(consultation, groups), **kwargs)
        moment_fields(self)
        self.consultation, self.groups = consultation, groups
        for name, start in WANTED.items():
            for code, told in groups[name].items():
                self.fields[f"{start}_{code}"] = wanted_field(told)
        self.fields["country_targets"] = forms.CharField(
            label=_("Answers wanted by country"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("One in a line, as: AT 20. For your information; no answer is ever refused."),
        )
        self.order_fields(["title", "summary", "opens_at", "closes_at", "time_zone"])
        self.lock(may_waive=may_waive)

    def lock(self, *, may_waive: bool) -> None:
        if self.consultation.preset == Consultation.Preset.PUBLIC:
            self.locked(LOCKED_BY_PRESET, _("Locked: this is so in every public consultation."))
        if self.consultation.state == Consultation.State.OPEN:
            self.locked(LOCKED_WHEN_OPEN, _("Locked: people have answered under it."))
        if not may_waive:
            self.locked(["language_reason"], _("Only the lead partner says this."))

    def locked(self, names, why) -> None:
        for name in names:
            self.fields[name].disabled, self.fields[name].help_text = True, why

    def clean_country_targets(self) -> dict[str, int]:
        found, known, problems = {}, country_names(), []
        for line in self.cleaned_data["country_targets"].splitlines():
            code, _space, number = line.strip().partition(" ")
            number = number.strip()
            if not line.strip():
                continue
            if code not in known or not number.isdecimal() or int(number[:9]) > MOST_WANTED:
                problems.append(_("“%(line)s” is no country with a number.") % {"line": line.strip()[:60]})
            else:
                found[code] = int(number[:9])
        if problems:
            raise forms.ValidationError(problems[:20])
        return found

    def settings(self) -> dict:
        """The fields of the consultation as typed."""
        typed = self.cleaned_data
        told = {name: typed[name] for name in (*PLAIN, *PLACES)} | {"country_targets": typed["country_targets"]}
        for name in ("title", "summary", "language_reason"):
            held = dict(getattr(self.consultation, name).items())
            told[name] = {**held, SOURCE: typed[name]} if typed[name] else {}
        for name, start in WANTED.items():
            wanted = {code: typed.get(f"{start}_{code}") for code in self.groups[name]}
            told[name] = {code: number for code, number in wanted.items() if number is not None}
        return told


WANTED = {"targets": "target", "type_targets": "type"}
PLAIN = (
    "minutes",
    "contact",
    "mode",
    "asks_publication",
    "may_change",
    "offers_sign_off",
    "threshold",
    "retention_days",
    "opens_at",
    "closes_at",
    "time_zone",
)


def wanted_field(group: str) -> forms.IntegerField:
    label = _("Answers wanted: %(audience)s") % {"audience": group}
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_WANTED, required=False)


def settings_of(consultation: Consultation, groups: dict[str, dict[str, str]]) -> dict:
    told = {name: getattr(consultation, name) for name in PLAIN}
    for name in ("title", "summary", "language_reason"):
        told[name] = getattr(consultation, name).get(SOURCE, "")
    zone = ZoneInfo(consultation.time_zone)
    for name in ("opens_at", "closes_at"):
        told[name] = getattr(consultation, name).astimezone(zone).strftime(LOCAL)
    for name, start in WANTED.items():
        told |= {f"{start}_{code}": getattr(consultation, name).get(code) for code in groups[name]}
    told["countries"] = [country.pk for country in consultation.countries.all()]
    told["regions"] = [region.code for region in consultation.regions.all()]
    lines = [f"{code} {number}" for code, number in sorted(consultation.country_targets.items())]
    return {**told, "country_targets": "\n".join(lines)}
