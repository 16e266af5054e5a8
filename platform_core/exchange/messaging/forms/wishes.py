from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.registry.kinds import Words
from platform_core.materials.drafts.forms import UnchangedForm

from .. import selectors, services
from ..models import Pace

USUAL = "usual"


class WishesForm(UnchangedForm):
    """A choice for each room, and for single kinds where they differ from their room."""

    hour = forms.TypedChoiceField(label=gettext_lazy("Hour of the digest, in your time zone"), coerce=int)
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day of the weekly digest"), coerce=int)
    is_stopped = forms.BooleanField(label=gettext_lazy("No digests; I look at the platform"), required=False)

    def __init__(self, *args, person, **kwargs) -> None:
        self.person, self.groups = person, selectors.kinds_by_group()
        super().__init__(*args, initial=self.stored(), **kwargs)
        self.fields["hour"].choices = [(hour, f"{hour:02}:00") for hour in range(24)]
        self.fields["weekday"].choices = list(WEEKDAYS.items())
        for group, kinds in self.groups.items():
            self.fields[f"pace_{group}"] = pace_field(_("By e-mail"), _("as suggested"))
            self.fields[f"site_{group}"] = forms.BooleanField(label=_("Show on the platform"), required=False)
            for kind in kinds:
                self.fields[f"pace_{kind.code}"] = pace_field(kind.name, _("like the whole group"))

    def stored(self) -> dict:
        held, rhythm = selectors.wishes_of(self.person), selectors.rhythm_of(self.person)
        initial = {"hour": rhythm.hour, "weekday": rhythm.weekday, "is_stopped": rhythm.is_stopped}
        for group, kinds in self.groups.items():
            initial[f"site_{group}"] = held[group].on_site if group in held else True
            for scope in (group, *(kind.code for kind in kinds)):
                initial[f"pace_{scope}"] = (held[scope].pace if scope in held else "") or USUAL
        return initial

    def rows(self) -> Iterator[tuple[Words, BoundField, BoundField, list[BoundField]]]:
        for group, kinds in self.groups.items():
            fields = [self[f"pace_{kind.code}"] for kind in kinds]
            yield selectors.scope_name(group), self[f"pace_{group}"], self[f"site_{group}"], fields

    def save(self) -> None:
        typed: dict = {name: "" if value == USUAL else value for name, value in self.cleaned_data.items()}
        wishes = {}
        for group, kinds in self.groups.items():
            wishes[group] = (typed[f"pace_{group}"], typed[f"site_{group}"])
            wishes |= {kind.code: (typed[f"pace_{kind.code}"], True) for kind in kinds}
        rhythm = {name: typed[name] for name in ("hour", "weekday", "is_stopped")}
        services.choose(self.person, wishes, **rhythm)


def pace_field(label, empty) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(USUAL, empty), *Pace.choices])


class PaceForm(forms.Form):
    """What a mail's link asks."""

    pace = forms.ChoiceField(
        label=gettext_lazy("Mails like this one"), choices=Pace, initial=Pace.NEVER, widget=forms.RadioSelect
    )
