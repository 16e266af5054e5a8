from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.forms import scale_of
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import Pilot
from ..selectors.evaluations import grid_of, ratings
from .schemes import TextsForm, long_text


class OwnForm(UnchangedForm):
    """A level and a reason for each criterion."""

    def __init__(self, *args, pilot: Pilot, **kwargs) -> None:
        grid, held = grid_of(pilot), ratings(pilot)
        begun: dict[str, Any] = {}
        for pk, row in held.items():
            begun[f"value_{pk}"] = "" if row.value is None else str(row.value)
            begun[f"text_{pk}"] = row.text
        super().__init__(*args, initial=begun, **kwargs)
        self.criteria = list(grid.criteria.all())
        levels = scale_of(grid)[:-1]
        for one in self.criteria:
            self.fields[f"value_{one.pk}"] = forms.ChoiceField(
                label=one.question, choices=levels, required=False, widget=forms.RadioSelect
            )
            self.fields[f"text_{one.pk}"] = forms.CharField(
                label=_("Why"), required=False, max_length=2000, widget=long_text(3)
            )

    def parts(self) -> list[tuple[str, list]]:
        return [(str(one.part), [self[f"value_{one.pk}"], self[f"text_{one.pk}"]]) for one in self.criteria]

    def answers(self) -> dict[int, tuple[int | None, str]]:
        typed = self.cleaned_data
        return {
            one.pk: (int(value) if (value := typed[f"value_{one.pk}"]) else None, typed[f"text_{one.pk}"])
            for one in self.criteria
        }


class LessonForm(TextsForm):
    texts = ("title", "problem", "attempt", "failure", "differently")

    title = forms.CharField(label=_("In one sentence"), max_length=200)
    problem = forms.CharField(label=_("Problem"), max_length=1200, widget=long_text())
    attempt = forms.CharField(label=_("What was tried"), max_length=2000, widget=long_text())
    failure = forms.CharField(label=_("What did not work, and why"), max_length=2000, widget=long_text())
    differently = forms.CharField(
        label=_("What would be done differently"), required=False, max_length=2000, widget=long_text()
    )
