from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.moments import moment_words

from ..models import Meeting
from ..selectors.series import reached, to_come
from .meetings import CancelForm, MeetingForm

SCOPES = (
    ("one", _("this meeting only")),
    ("following", _("this one and those after it")),
    ("all", _("all of the series that are not over")),
)
OWN = {
    "title": _("title"),
    "text": _("what it is about"),
    "language": _("language"),
    "starts": _("time"),
    "ends": _("time"),
    "time_zone": _("time zone"),
    "form": _("how you meet"),
    "place": _("place"),
    "room": _("online room"),
    "call": _("online room"),
    "marking": _("who sees it"),
}


class InSeries(forms.Form):
    """A deed for one of a series or for more; `also` names those that were changed for themselves and are to follow."""

    scope = forms.ChoiceField(
        label=_("Which meetings of the series"), choices=SCOPES, initial="one", widget=forms.RadioSelect
    )
    also = forms.TypedMultipleChoiceField(
        label=_("Changed for themselves before"),
        help_text=_("They stay as they are, unless you tick them. Whoever is invited to them alone is told too, then."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, meeting: Meeting, by, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.by, others = meeting, by, to_come(meeting, by)
        apart = [(row.pk, named(row)) for row in others if row.apart]
        self.fields["also"].choices = apart
        for name in (() if others else ("scope",)) + (() if apart else ("also",)):
            del self.fields[name]

    @property
    def rows(self) -> list[Meeting]:
        """The meetings it is for beside the one that was opened."""
        scope, also = self.cleaned_data.get("scope", "one"), self.cleaned_data.get("also", ())
        return reached(self.meeting, scope, also, by=self.by)


def named(row: Meeting) -> str:
    own = dict.fromkeys(str(OWN[name]) for name in row.apart if name in OWN)
    return f"{row.title}, {moment_words(row.starts, row.time_zone)} ({', '.join(own)})"


class ChangeMeetingForm(InSeries, MeetingForm):
    field_order = [*MeetingForm.base_fields, "scope", "also"]

    @property
    def told(self) -> dict:
        return {name: value for name, value in super().told.items() if name not in ("scope", "also")}


class CallOffForm(InSeries, CancelForm):
    field_order = ["why", "scope", "also"]
