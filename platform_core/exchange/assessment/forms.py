from django import forms
from django.utils.translation import gettext_lazy as _

from platform_core.ground.ui.forms import DayField
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User

from . import selectors
from .models import Criterion, Evaluation, Grid

GATE = [("1", _("met")), ("0", _("not met")), ("", _("I cannot judge this"))]
SCALE = [
    ("4", _("fully")),
    ("3", _("largely")),
    ("2", _("partly")),
    ("1", _("hardly")),
    ("0", _("not at all")),
    ("", _("I cannot judge this")),
]


class ConflictForm(forms.Form):
    has_conflict = forms.TypedChoiceField(
        label=_("Have you, or has your organisation, an interest in what is judged?"),
        choices=[("no", _("No, I can judge it")), ("yes", _("Yes, I step back"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why_conflict = forms.CharField(
        label=_("Which interest"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("has_conflict") and not typed.get("why_conflict", "").strip():
            self.add_error("why_conflict", _("Please say which; those who conclude read it."))
        return typed


class EvaluationForm(forms.Form):
    """One choice and one reason for each criterion of the grid, and what it stands on where evidence is offered."""

    def __init__(self, *args, evaluation: Evaluation, **kwargs) -> None:
        begun = {"remark": evaluation.remark}
        for score in evaluation.scores.all():
            begun[f"value_{score.criterion_id}"] = "" if score.value is None else str(score.value)
            begun[f"reason_{score.criterion_id}"] = score.reason
            begun[f"evidence_{score.criterion_id}"] = [row.key for row in score.evidence.all()]
        super().__init__(*args, initial=begun, **kwargs)
        grid = evaluation.assessment.grid
        self.criteria, self.offered = list(grid.criteria.all()), selectors.evidence_of(evaluation.assessment)
        scale = scale_of(grid)
        for criterion in self.criteria:
            self.add_criterion(criterion, GATE if criterion.kind == Criterion.Kind.GATE else scale)
        self.fields["remark"] = forms.CharField(
            label=_("Remark on the whole"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
        )

    def add_criterion(self, criterion: Criterion, scale: list[tuple[str, str]]) -> None:
        self.fields[f"value_{criterion.pk}"] = forms.ChoiceField(
            label=criterion.question, choices=scale, required=False, widget=forms.RadioSelect
        )
        if pieces := self.offered.get(criterion.code):
            self.fields[f"evidence_{criterion.pk}"] = forms.MultipleChoiceField(
                label=_("What it stands on"),
                choices=[(piece.key, str(piece.words)) for piece in pieces],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields[f"reason_{criterion.pk}"] = forms.CharField(
            label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    def parts(self) -> list[tuple[str, list]]:
        """The parts of the grid, or the kinds of criteria, with their fields, in the order of the grid."""
        found: dict[str, list] = {}
        for criterion in self.criteria:
            names = [f"{name}_{criterion.pk}" for name in ("value", "evidence", "reason")]
            fields = [self[name] for name in names if name in self.fields]
            found.setdefault(str(criterion.part) or criterion.get_kind_display(), []).extend(fields)
        return list(found.items())

    def scores(self) -> dict[int, tuple[int | None, str]]:
        typed = self.cleaned_data
        return {
            criterion.pk: (
                int(value) if (value := typed[f"value_{criterion.pk}"]) else None,
                typed[f"reason_{criterion.pk}"],
            )
            for criterion in self.criteria
        }

    def evidence(self) -> dict[int, list[str]]:
        names = {criterion.pk: f"evidence_{criterion.pk}" for criterion in self.criteria}
        return {pk: self.cleaned_data[name] for pk, name in names.items() if name in self.fields}


def scale_of(grid: Grid) -> list[tuple[str, str]]:
    """The grid's own steps, the highest first, or those of every grid without."""
    steps = [(str(step.value), f"{step.value} · {step.name}") for step in grid.steps.all()]
    return [*reversed(steps), SCALE[-1]] if steps else SCALE


class ConcludeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Conclusion"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Published with the scores. Where evaluators disagree, say what you made of it."),
    )

    def __init__(self, *args, outcomes, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(outcome.code, outcome.name) for outcome in outcomes]


class AppointForm(forms.Form):
    """Who evaluates, and by when."""

    evaluators = forms.ModelMultipleChoiceField(
        label=_("Evaluators"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever has an interest is not offered. Each says for herself whether there is another conflict."),
    )
    due_on = DayField(label=_("Evaluate by"))

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evaluators"].queryset = people

    def clean_due_on(self):
        if self.cleaned_data["due_on"] < platform_day():
            raise forms.ValidationError(_("This day is over."))
        return self.cleaned_data["due_on"]
