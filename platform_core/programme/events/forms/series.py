from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.ui.forms import DayField

from ..models import Series
from ..services.series import MOST

REPEATS = [
    ("", gettext_lazy("does not repeat")),
    ("daily", gettext_lazy("every so many days")),
    ("weekly", gettext_lazy("every so many weeks")),
    ("monthly", gettext_lazy("every so many months")),
]


class RepeatForm(forms.Form):
    """How often an event takes place again; empty for a single one."""

    repeat = forms.ChoiceField(label=gettext_lazy("Repeats"), choices=REPEATS, required=False)
    every = forms.IntegerField(
        label=gettext_lazy("Every so many days, weeks or months"), min_value=1, max_value=52, initial=1, required=False
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On these weekdays"),
        required=False,
        choices=lambda: [(str(number), name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only for weeks; empty for the weekday of the first day."),
    )
    monthly = forms.ChoiceField(
        label=gettext_lazy("In the month"), choices=Series.Monthly.choices, initial="day", required=False
    )
    until = DayField(label=gettext_lazy("Until"), required=False)
    count = forms.IntegerField(label=gettext_lazy("Or so many times"), min_value=2, max_value=MOST, required=False)

    @property
    def is_open(self) -> bool:
        """Whether something of a series was said already."""
        return bool(self["repeat"].value())

    def clean(self) -> dict:
        typed = super().clean()
        is_endless = typed.get("repeat") and not (typed.get("until") or typed.get("count"))
        if is_endless and not {"until", "count"} & self.errors.keys():
            self.add_error("until", _("Say until when, or how many times."))
        return typed

    def series(self) -> Series | None:
        typed = self.cleaned_data
        if not typed["repeat"]:
            return None
        return Series(
            unit=typed["repeat"],
            every=typed["every"] or 1,
            weekdays=",".join(sorted(typed["weekdays"])),
            monthly=typed["monthly"] or Series.Monthly.DAY,
            until=typed["until"],
            count=typed["count"],
        )
