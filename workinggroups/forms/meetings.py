from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.codes import language_choices
from platform_core.ground.ui.forms import DayField
from platform_core.identity.accounts.models import User
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import AgendaItem, Document, Meeting, Participant
from ..rooms import demand_address, offered

LENGTHS = (30, 60, 90, 120, 180, 240, 360, 480)
LOCAL = "%Y-%m-%dT%H:%M"


def zones() -> list[tuple[str, str]]:
    """European zones first: that is where people meet."""
    names = sorted(available_timezones(), key=lambda name: (not name.startswith("Europe/"), name))
    return [(name, name.replace("_", " ")) for name in names if "/" in name and not name.startswith("Etc/")]


def local_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)


def in_zone(naive: datetime, zone: str) -> datetime:
    """A clock's time in a zone; ValidationError for an hour that daylight saving leaves out."""
    found = naive.replace(tzinfo=ZoneInfo(zone))
    if found.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != naive:
        raise ValidationError(_("The clocks skip this hour on that day."), code="skipped")
    return found


def later(moment: datetime, *, minutes: int) -> datetime:
    """So many minutes later, also where clocks are changed meanwhile."""
    return moment.astimezone(UTC) + timedelta(minutes=minutes)


class LineField(forms.CharField):
    """Words on one line."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ClockField(forms.Field):
    """Date and time as the clocks show them where the meeting is held; the form puts the zone to it."""

    widget = forms.DateTimeInput

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=local_input(), **kwargs)

    def to_python(self, value: str | datetime | None) -> datetime | None:
        if not value or isinstance(value, datetime):
            return value or None
        try:
            found = datetime.fromisoformat(str(value).replace(" ", "T")).replace(tzinfo=None)
        except ValueError:
            found = None
        if found is None or not 2000 <= found.year <= 2100:
            raise ValidationError(_("Please write it as 2027-03-31 14:30."))
        return found


class MeetingForm(UnchangedForm):
    """`starts` may stay empty: then the date is found together."""

    title = LineField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    starts = ClockField(
        label=_("Begins"), required=False, help_text=_("Leave it empty to find a date together with the others.")
    )
    length = forms.TypedChoiceField(
        label=_("Lasts"), coerce=int, choices=lambda: [(minutes, length_words(minutes)) for minutes in LENGTHS]
    )
    time_zone = forms.ChoiceField(label=_("In the time of"), choices=zones)
    form = forms.ChoiceField(label=_("How you meet"), choices=Meeting.Form.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    room = forms.ChoiceField(label=_("Online room"), choices=offered, required=False)
    call = forms.URLField(label=_("Address of the online room"), max_length=500, required=False, assume_scheme="https")
    marking = forms.ChoiceField(
        label=_("Who sees it, once invitations are out"), choices=Meeting.Marking.choices, widget=forms.RadioSelect
    )

    def clean(self) -> dict:
        typed = super().clean()
        zone, starts = typed.get("time_zone"), typed.get("starts")
        if zone and starts:
            try:
                typed["starts"] = in_zone(starts, zone)
                typed["ends"] = later(typed["starts"], minutes=typed.get("length") or 60)
            except ValidationError as problem:
                self.add_error("starts", problem)
        else:
            typed["ends"] = None
        if "call" in typed:
            self.demand_address(typed)
        return typed

    def demand_address(self, typed: dict) -> None:
        """Told with whatever else is wrong, so that nobody sends the form twice to learn it."""
        try:
            demand_address(typed.get("room", ""), typed["call"])
        except ValidationError as problem:
            self.add_error(None, problem)

    @property
    def told(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "length")}


def length_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02d} h"


def meeting_initial(meeting: Meeting) -> dict:
    names = ("title", "text", "language", "time_zone", "form", "place", "room", "marking")
    told = {name: getattr(meeting, name) for name in names}
    told["call"] = meeting.call if meeting.room == Meeting.Room.ADDRESS else ""
    told["starts"] = meeting.local_starts.strftime(LOCAL) if meeting.local_starts else ""
    told["length"] = int(meeting.duration.total_seconds() // 60)
    return told


class ItemForm(UnchangedForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=_("What for"), choices=AgendaItem.Kind.choices)
    duration = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=15)
    speaker = forms.CharField(label=_("Who speaks"), max_length=200, required=False)
    approves = forms.ModelChoiceField(
        label=_("Minutes to be approved"), queryset=Meeting.objects.none(), required=False, empty_label=_("None")
    )
    documents = forms.ModelMultipleChoiceField(
        label=_("Papers"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("From the library of the group. Guests of the meeting may open them, unless they are restricted."),
    )

    def __init__(self, *args, documents, meetings, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].queryset, self.fields["approves"].queryset = documents, meetings

    @property
    def told(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PeopleForm(forms.Form):
    people = forms.ModelMultipleChoiceField(label=_("Whom you invite"), queryset=User.objects.none())

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Do you come?"), choices=Participant.Answer.choices[1:], widget=forms.RadioSelect
    )
    way = forms.ChoiceField(label=_("How"), choices=[("", "–"), *Participant.Way.choices], required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class CancelForm(forms.Form):
    why = forms.CharField(label=_("Why it is called off"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RecordingForm(forms.Form):
    recording = forms.CharField(
        label=_("Address of the recording"),
        max_length=500,
        required=False,
        help_text=_("Begins with https://. Whoever sees the meeting sees it too; empty it to take it away."),
        widget=forms.URLInput,
    )


class RepeatForm(forms.Form):
    weeks = forms.IntegerField(label=_("Every how many weeks"), min_value=1, max_value=52, initial=4)
    times = forms.IntegerField(label=_("How many further meetings"), min_value=1, max_value=26, initial=3)


class CloneForm(forms.Form):
    starts = ClockField(label=_("Begins"), required=False, help_text=_("Empty: the date is found together."))

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.zone = meeting.time_zone

    def clean_starts(self) -> datetime | None:
        starts = self.cleaned_data["starts"]
        return in_zone(starts, self.zone) if starts else None


class DatesForm(forms.Form):
    """One date in a line, as clocks show it where the meeting is held, each with the same length."""

    dates = forms.CharField(
        label=_("Possible dates"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "2027-03-31 14:30"}),
        help_text=_("One in a line, as 2027-03-31 14:30. Dates that stay keep the answers given to them."),
    )
    length = forms.TypedChoiceField(
        label=_("Lasts"), coerce=int, choices=lambda: [(minutes, length_words(minutes)) for minutes in LENGTHS]
    )
    until = DayField(label=_("Answers until"))

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.zone = meeting.time_zone

    def clean(self) -> dict:
        typed = super().clean()
        length = typed.get("length") or 60
        spans, problems = [], []
        for line in str(typed.get("dates", "")).splitlines():
            if line.strip():
                try:
                    starts = in_zone(ClockField().to_python(line.strip()), self.zone)
                    spans.append((starts, later(starts, minutes=length)))
                except ValidationError as problem:
                    problems += [f"{line.strip()}: {message}" for message in problem.messages]
        if problems:
            self.add_error("dates", problems)
        typed["spans"] = spans
        return typed
