from datetime import date

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.materials.drafts.forms import UnchangedForm
from platform_core.materials.trails.selectors import thing_at
from repository.models import Record

from ..models import Document, Output, WorkingGroup
from ..services.plan import MOST, MOST_PERIODS


class PeriodsForm(forms.Form):
    """Days of up to eight periods; an empty row is no period."""

    def __init__(self, *args, group: WorkingGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = {period.number: period for period in group.periods.all()}
        for number in range(1, MOST_PERIODS + 1):
            period, told = known.get(number), {"number": f"{number:02}"}
            for name, words in (
                ("begins", gettext("Period %(number)s: from")),
                ("ends", gettext("Period %(number)s: to")),
            ):
                self.fields[f"{name}_{number}"] = DayField(
                    label=words % told,
                    required=False,
                    initial=getattr(period, name, None),
                )

    def clean(self) -> dict:
        typed = super().clean()
        for number in range(1, MOST_PERIODS + 1):
            begins, ends = typed.get(f"begins_{number}"), typed.get(f"ends_{number}")
            if bool(begins) != bool(ends) and not self.errors:
                self.add_error(f"{'ends' if begins else 'begins'}_{number}", _("A period has two days."))
        return typed

    def days(self) -> dict[int, tuple[date, date]]:
        rows = (
            (n, self.cleaned_data[f"begins_{n}"], self.cleaned_data[f"ends_{n}"]) for n in range(1, MOST_PERIODS + 1)
        )
        return {number: (begins, ends) for number, begins, ends in rows if begins and ends}


class OutputForm(UnchangedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Output.Kind.choices, widget=forms.RadioSelect)
    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("Short, such as O3.1."))
    name = forms.CharField(label=_("Name"), max_length=200)
    unit = forms.CharField(
        label=_("Counted in"), max_length=60, required=False, help_text=_("Such as reports, or regions.")
    )

    def __init__(self, *args, output: Output, numbers: list[int], **kwargs) -> None:
        super().__init__(*args, initial=initial_of(output), **kwargs)
        self.output, self.numbers = output, numbers or list(range(1, MOST_PERIODS - 1))
        for number in self.numbers:
            words = gettext("Target for period %(number)s") % {"number": f"{number:02}"}
            self.fields[f"target_{number}"] = forms.IntegerField(
                label=words, required=False, min_value=0, max_value=MOST
            )

    def made(self) -> Output:
        for name in ("kind", "code", "name", "unit"):
            setattr(self.output, name, self.cleaned_data[name])
        return self.output

    def targets(self) -> dict[int, int]:
        typed = {number: self.cleaned_data[f"target_{number}"] for number in self.numbers}
        return {number: value for number, value in typed.items() if value}


def initial_of(output: Output) -> dict:
    told = {name: getattr(output, name) for name in ("kind", "code", "name", "unit")}
    return told | ({f"target_{one.period}": one.number for one in output.targets.all()} if output.pk else {})


class EvidenceForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the document or record"),
        max_length=500,
        help_text=_("Open it in another window and copy its address."),
    )
    period = forms.ChoiceField(label=_("Period"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args, user, numbers: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["period"].choices = [(number, f"{number:02}") for number in numbers]

    def clean_address(self):
        found = thing_at(self.user, self.cleaned_data["address"])
        if not isinstance(found, Document | Record):
            raise forms.ValidationError(_("There is no document or record at this address."))
        return found

    def clean_period(self) -> int:
        return int(self.cleaned_data["period"])
