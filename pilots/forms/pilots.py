from datetime import date, datetime

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.ui.widgets import DayInput
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import organisations

from ..models import Pilot, PilotChange
from ..models.pilots import Level
from ..selectors.pilots import still_open
from ..selectors.schemes import band_choices
from .schemes import TextsForm, long_text

SHOWN = [("", _("All")), *[(state.value, state.label) for state in Pilot.State if state != Pilot.State.PREPARED]]


class PilotFilter(forms.Form):
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=SHOWN)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", gettext("All topics")), *vocabulary.topic_labels().items()]
        self.fields["country"].choices = [("", gettext("All countries")), *vocabulary.country_labels().items()]
        self.fields["region"].choices = [("", gettext("All regions")), *vocabulary.region_labels().items()]


class MilestoneForm(TextsForm):
    texts, plain = ("title",), ("due_on",)

    title = forms.CharField(label=_("What is reached"), max_length=300)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())


class IndicatorForm(TextsForm):
    texts, plain = ("name",), ("unit", "baseline", "target")

    name = forms.CharField(label=_("Indicator"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=60)
    baseline = forms.DecimalField(label=_("Baseline"), max_digits=14, decimal_places=2)
    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2)


class RiskForm(TextsForm):
    plain = ("text", "likelihood", "impact", "answer", "owner")

    text = forms.CharField(label=_("What could go wrong"), max_length=500, widget=long_text(2))
    likelihood = forms.TypedChoiceField(label=_("Likelihood"), choices=Level.choices, coerce=int)
    impact = forms.TypedChoiceField(label=_("Impact"), choices=Level.choices, coerce=int)
    answer = forms.CharField(label=_("What is done about it"), max_length=1000, widget=long_text(3))
    owner = forms.ModelChoiceField(label=_("Who sees to it"), queryset=Organisation.objects.none())

    def __init__(self, *args, pilot: Pilot, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        pks = [pilot.lead_id, *(one.pk for one in pilot.partners.all())]
        self.fields["owner"].queryset = Organisation.objects.filter(pk__in=pks)


class ReachedForm(forms.Form):
    done_on = forms.DateField(label=_("Reached on"), widget=DayInput())

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, initial={"done_on": platform_day()}, **kwargs)


class ChangeForm(TextsForm):
    """One change at a time; only what belongs to its kind is read."""

    kind = forms.ChoiceField(label=_("What is to change"), choices=PilotChange.Kind.choices, widget=forms.RadioSelect)
    milestone = forms.ModelChoiceField(label=_("Milestone"), queryset=None, required=False)
    due_on = forms.DateField(label=_("Its new day"), required=False, widget=DayInput())
    band = forms.TypedChoiceField(label=_("New budget band"), required=False, coerce=int, empty_value=None)
    organisation = forms.ModelChoiceField(
        label=_("Partner that joins or leaves"), queryset=Organisation.objects.none(), required=False
    )
    why = forms.CharField(label=_("Why"), max_length=2000, widget=long_text())

    def __init__(self, *args, pilot: Pilot, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = still_open(pilot.milestones.all())
        self.fields["band"].choices = [("", ""), *band_choices(pilot.scheme)]
        partners = [one.pk for one in pilot.partners.all()]
        self.fields["organisation"].queryset = organisations(person).filter(Q(tier__isnull=False) | Q(pk__in=partners))

    @property
    def typed(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("seen", "key")}


class WorkshopForm(TextsForm):
    """The final workshop, in the hours of the person's own time zone."""

    title = forms.CharField(label=_("Title"), max_length=300)
    day = forms.DateField(label=_("Day"), widget=DayInput(), validators=[MinValueValidator(date(2000, 1, 1))])
    begins = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    place = forms.CharField(label=_("Place"), max_length=200)

    def __init__(self, *args, person, **kwargs) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean(self) -> dict:
        typed = super().clean()
        if {"begins", "ends"} <= typed.keys() and typed["ends"] <= typed["begins"]:
            self.add_error("ends", gettext("This is before it begins."))
        return typed

    def moment(self, name: str) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data[name], tzinfo=self.person.zone)

    @property
    def typed(self) -> dict:
        texts = {
            name: {self.language: self.cleaned_data[name], "_source": self.language} for name in ("title", "place")
        }
        return {
            **texts,
            "begins": self.moment("begins"),
            "ends": self.moment("ends"),
            "time_zone": self.person.time_zone,
        }
