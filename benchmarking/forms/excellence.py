from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.exchange.assessment.models import Criterion
from platform_core.ground.texts.fields import printable
from platform_core.materials.drafts.forms import UnchangedForm

from ..models import SelfAssessment
from ..selectors.excellence_groups import Compared


class SelfForm(UnchangedForm):
    """A level, what shows it and an address, for every indicator of the set."""

    def __init__(self, *args, found: SelfAssessment, **kwargs) -> None:
        begun: dict = {}
        for score in found.scores.all():
            begun[f"value_{score.criterion_id}"] = "" if score.value is None else str(score.value)
            begun[f"text_{score.criterion_id}"] = score.text
            begun[f"link_{score.criterion_id}"] = score.link
        super().__init__(*args, initial=begun, **kwargs)
        self.criteria = list(found.grid.criteria.all())
        levels = [(str(step.value), f"{step.value} · {step.name}") for step in found.grid.steps.all()]
        for criterion in self.criteria:
            self.add(criterion, levels)

    def add(self, criterion: Criterion, levels: list[tuple[str, str]]) -> None:
        self.fields[f"value_{criterion.pk}"] = forms.ChoiceField(
            label=criterion.question, choices=levels, required=False, widget=forms.RadioSelect
        )
        self.fields[f"text_{criterion.pk}"] = forms.CharField(
            label=_("What shows it"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields[f"link_{criterion.pk}"] = forms.URLField(
            label=_("Address"), required=False, max_length=500, assume_scheme="https"
        )

    def parts(self) -> list[tuple[str, list]]:
        found: dict[str, list] = {}
        for criterion in self.criteria:
            fields = [self[f"{name}_{criterion.pk}"] for name in ("value", "text", "link")]
            found.setdefault(str(criterion.part), []).extend(fields)
        return list(found.items())

    def answers(self) -> dict[int, tuple[int | None, str, str]]:
        typed = self.cleaned_data
        return {
            one.pk: (
                int(value) if (value := typed[f"value_{one.pk}"]) else None,
                typed[f"text_{one.pk}"],
                typed[f"link_{one.pk}"],
            )
            for one in self.criteria
        }


class GroupForm(forms.Form):
    """Which organisations to compare with; it stands in the address."""

    group = forms.ChoiceField(label=_("Compare with"), required=False)

    def asked(self) -> str:
        return printable(self.data.get("group", ""))[:60]

    def offer(self, told: Compared) -> None:
        self.fields["group"].choices = told.choices()
        self.initial = {"group": told.chosen.code}
        self.is_bound = False
