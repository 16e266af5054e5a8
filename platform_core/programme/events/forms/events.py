from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.texts.codes import CODES, interface_code
from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.text import Text
from platform_core.ground.ui.forms import DayField
from platform_core.ground.ui.languages import native_name
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.keys import key_words
from platform_core.identity.access.selectors import keys_of
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from .. import clock
from ..models import CalendarEvent

TEXTS = ("title", "summary", "place")
LONGEST_DAYS = 62
PLAIN = ("kind", "mode", "call", "url", "organiser", "is_european", "registration_url", "time_zone", "seen_by")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def time_field(label, **kwargs) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}), required=False, **kwargs)


def address_field(label, **kwargs) -> forms.URLField:
    return forms.URLField(label=label, max_length=500, required=False, assume_scheme="https", **kwargs)


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in clock.zone_names()]


def language_choices() -> list[tuple[str, str]]:
    return [(code, native_name(interface_code(code))) for code in CODES]


def place_choices(labels):
    return lambda: [("", _("none")), *labels().items()]


def audience_choices(user) -> list[tuple[str, str]]:
    groups = sorted(key for key in keys_of(user) if key.startswith("group:"))
    return [(key, key_words(key)) for key in ("public", "members", *groups)]


class EventForm(forms.Form):
    """An event; texts are those of the language the page is in, hours those of the chosen zone."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    summary = forms.CharField(label=gettext_lazy("What it is about"), max_length=5000, required=False, widget=area(5))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CalendarEvent.Kind.choices)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        required=False,
        choices=lambda: vocabulary.topic_labels().items(),
        widget=forms.CheckboxSelectMultiple,
    )
    is_whole_day = forms.BooleanField(label=gettext_lazy("It takes whole days"), required=False)
    begins_on = DayField(label=gettext_lazy("First day"))
    begins_at = time_field(gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty for the same day.")
    )
    ends_at = time_field(gettext_lazy("To"))
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy("The one of the place; readers see the time on their own clocks beside it."),
    )
    mode = forms.ChoiceField(label=gettext_lazy("Where it takes place"), choices=CalendarEvent.Mode.choices)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300, required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=place_choices(vocabulary.country_labels)
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"), required=False, choices=place_choices(vocabulary.region_labels)
    )
    call = address_field(gettext_lazy("Address of the call"))
    url = address_field(gettext_lazy("Web page"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"),
        required=False,
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation that holds it"), required=False, queryset=Organisation.objects.none()
    )
    organiser = forms.CharField(
        label=gettext_lazy("Organiser, when it is none of these"), max_length=200, required=False
    )
    is_european = forms.BooleanField(
        label=gettext_lazy("It is an event of others in Europe, not of the partnership"), required=False
    )
    registration_url = address_field(gettext_lazy("Address for registration"))
    registration_until = forms.DateTimeField(
        label=gettext_lazy("Register by"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("In the time zone of the event."),
    )
    seen_by = forms.ChoiceField(label=gettext_lazy("Who sees it"))
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, user, language: str, event: CalendarEvent | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.language, self.event = user, language, event
        self.fields["organisation"].queryset = organisations_for(user, event)
        held = [(event.seen_by, key_words(event.seen_by))] if event else []
        self.fields["seen_by"].choices = list(dict.fromkeys([*audience_choices(user), *held]))

    SECTIONS = (
        (gettext_lazy("What"), ("title", "summary", "kind", "topics", "url")),
        (gettext_lazy("When"), ("is_whole_day", "begins_on", "begins_at", "ends_on", "ends_at", "time_zone")),
        (gettext_lazy("Where"), ("mode", "place", "country", "region", "call")),
        (
            gettext_lazy("Who"),
            (
                "organisation",
                "organiser",
                "is_european",
                "languages",
                "registration_url",
                "registration_until",
                "seen_by",
            ),
        ),
        (gettext_lazy("This change"), ("scope", "why")),
    )

    @property
    def sections(self) -> list[tuple]:
        found = [(name, [self[one] for one in names if one in self.fields]) for name, names in self.SECTIONS]
        return [(name, rows) for name, rows in found if rows]

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        self.check_places(typed)
        if {"begins_on", "time_zone"} <= typed.keys() and not {"begins_at", "ends_at", "ends_on"} & self.errors.keys():
            self.check_times(typed)
        return typed

    def check_places(self, typed: dict) -> None:
        online = typed.get("mode") == CalendarEvent.Mode.ONLINE
        if online and not (typed.get("call") or typed.get("url") or {"call", "url"} & self.errors.keys()):
            self.add_error("call", _("Say at which address it takes place, or name its web page."))
        if not online and not typed.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where it takes place."))
        region = vocabulary.region(typed.get("region") or "")
        if region and typed.get("country") and region.country_id != typed["country"]:
            self.add_error("region", _("This region lies in another country."))
        elif region:
            typed["country"] = region.country_id

    def check_times(self, typed: dict) -> None:
        first, last = typed["begins_on"], typed.get("ends_on") or typed["begins_on"]
        zone = clock.ZoneInfo(typed["time_zone"])
        if not typed.get("is_whole_day") and not typed.get("begins_at"):
            self.add_error("begins_at", _("Say at what time it begins, or that it takes whole days."))
        elif last < first:
            self.add_error("ends_on", _("It cannot end before it begins."))
        elif (last - first).days > LONGEST_DAYS:
            self.add_error("ends_on", _("An event lasts two months at most."))
        elif not 2000 <= first.year <= 2100:
            self.add_error("begins_on", _("Choose a year from 2000 to 2100."))
        elif typed.get("is_whole_day"):
            typed["starts"], typed["ends"] = clock.whole_days(first, last, zone)
        else:
            self.check_hours(typed, first, last, zone)

    def check_hours(self, typed: dict, first, last, zone) -> None:
        begins = datetime.combine(first, typed["begins_at"])
        ends = datetime.combine(last, typed.get("ends_at") or typed["begins_at"])
        for name, local in (("begins_at", begins), ("ends_at", ends)):
            if not clock.is_shown(local, zone):
                self.add_error(name, _("Clocks leave this hour out on that day: summer time begins."))
                return
        typed["starts"], typed["ends"] = self.kept(begins, zone, "starts"), self.kept(ends, zone, "ends")
        if typed["ends"] < typed["starts"]:
            self.add_error("ends_at", _("It cannot end before it begins."))
        until = typed.get("registration_until")
        if until and self.registered(until) > typed["ends"]:
            self.add_error("registration_until", _("This is after the event."))

    def kept(self, local: datetime, zone, name: str) -> datetime:
        """A moment that was not changed stays, also the second of two that clocks show alike."""
        held = getattr(self.event, name) if self.event else None
        if held and held.astimezone(zone).replace(tzinfo=None, fold=0) == local:
            return held
        return clock.moment(local, zone)

    def registered(self, until: datetime) -> datetime:
        zone = clock.ZoneInfo(self.cleaned_data["time_zone"])
        return clock.moment(timezone.localtime(until).replace(tzinfo=None), zone)

    def event_fields(self) -> dict:
        """What services are told: fields of the event, and its topics."""
        typed, held = self.cleaned_data, self.event
        found = {name: typed[name] for name in (*PLAIN, "is_whole_day", "languages", "organisation", "starts", "ends")}
        for name in TEXTS:
            now = as_text(getattr(held, name)) if held else Text({}, source=self.language)
            found[name] = now.with_text(self.language, typed[name])
        found["country"] = vocabulary.country(typed["country"])
        found["region"] = vocabulary.region(typed["region"])
        until = typed["registration_until"]
        found["registration_until"] = self.registered(until) if until else None
        return found | {"topics": [int(number) for number in typed["topics"]]}

    @property
    def key(self) -> UUID | None:
        return self.cleaned_data.get("form_key")


class ChangeEventForm(EventForm, UnchangedForm):
    """Changing overwrites nothing that somebody else changed since; a series can be changed from here on, or whole."""

    SCOPES = (
        ("one", gettext_lazy("this event only")),
        ("following", gettext_lazy("this one and those after it")),
        ("all", gettext_lazy("all of the series that are not over")),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What is changed"), choices=SCOPES, initial="one", widget=forms.RadioSelect
    )
    why = forms.CharField(label=gettext_lazy("Why, when it is moved"), max_length=500, required=False, widget=area(2))

    def __init__(self, *args, event: CalendarEvent, **kwargs) -> None:
        super().__init__(*args, event=event, **kwargs)
        del self.fields["form_key"]
        if event.series_id is None:
            del self.fields["scope"]
        if not event.is_announced:
            del self.fields["why"]


class CancelForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=area(3),
        help_text=gettext_lazy("Shown beside the event and in the calendars of those who subscribed."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What is cancelled"),
        choices=ChangeEventForm.SCOPES,
        initial="one",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, event: CalendarEvent, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if event.series_id is None:
            del self.fields["scope"]


def organisations_for(user, event: CalendarEvent | None):
    """Editors name any organisation, others one they act for, or the one that is named already."""
    if user.has_perm("events.announce"):
        return Organisation.objects.order_by("sort_name")
    own = own_organisations(user).values("pk")
    held = event.organisation_id if event else None
    return (Organisation.objects.filter(pk__in=own) | Organisation.objects.filter(pk=held)).order_by("sort_name")


def initial_of(event: CalendarEvent, language: str) -> dict:
    """An event as its form shows it, in its own zone."""
    last = event.local_ends - timedelta(microseconds=1) if event.is_whole_day else event.local_ends
    begun = {name: getattr(event, name) for name in PLAIN}
    begun |= {name: getattr(event, name).get(language, "") for name in TEXTS}
    return begun | {
        "title": event.title.get(language, "") or str(event.title),
        "is_whole_day": event.is_whole_day,
        "languages": list(event.languages),
        "topics": [str(topic.pk) for topic in event.topics.all()],
        "organisation": event.organisation_id,
        "country": event.country_id or "",
        "region": event.region.code if event.region else "",
        "begins_on": event.local_starts.date(),
        "begins_at": None if event.is_whole_day else event.local_starts.time().replace(fold=0),
        "ends_on": last.date(),
        "ends_at": None if event.is_whole_day else event.local_ends.time().replace(fold=0),
        "registration_until": local_or_none(event),
    }


def local_or_none(event: CalendarEvent) -> datetime | None:
    until = event.registration_until
    return until.astimezone(event.zone).replace(tzinfo=None) if until else None
