"""Steps that choose methods: treatment, weights, aggregation, robustness."""

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from .. import choices
from ..models import Benchmark, BenchmarkNode
from ..recipes import MOST_DRAWS
from ..services.points import WHOLE
from .benchmarks import MethodField, StepForm


class TreatmentForm(StepForm):
    screen = forms.IntegerField(
        label=gettext_lazy("Per cent of the indicators a region needs"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Regions with fewer figures are left out and said so. Two thirds are usual."),
    )
    imputation = MethodField(choices.IMPUTATION, label=gettext_lazy("What becomes of gaps"))
    treatment = MethodField(choices.TREATMENT, label=gettext_lazy("What becomes of extreme figures"))
    normalisation = MethodField(choices.NORMALISATION, label=gettext_lazy("The common scale"))

    def begun(self, benchmark: Benchmark) -> dict:
        held = {name: benchmark.recipe.get(name) for name in ("imputation", "treatment", "normalisation")}
        return {**held, "screen": round(100 * benchmark.recipe.get("screen", 0))}

    def deeds(self) -> dict:
        typed = {name: self.cleaned_data[name] for name in ("imputation", "treatment", "normalisation")}
        return {"recipe": {**typed, "screen": self.cleaned_data["screen"] / 100}}


class NumbersForm(StepForm):
    """A number for every place in the hierarchy, in fields `prefix_pk`."""

    start = ""

    def __init__(self, *args, nodes: list[BenchmarkNode], **kwargs) -> None:
        self.nodes = [node for node in nodes if node.parent_id]
        super().__init__(*args, **kwargs)
        for node in self.nodes:
            self.fields[f"{self.start}_{node.pk}"] = self.field(node)

    def field(self, node: BenchmarkNode) -> forms.Field:
        raise NotImplementedError

    def numbers(self) -> dict:
        return {node.pk: self.cleaned_data[f"{self.start}_{node.pk}"] for node in self.nodes}

    def rows(self) -> list[tuple[BenchmarkNode, forms.BoundField]]:
        return [(node, self[f"{self.start}_{node.pk}"]) for node in self.nodes]


class WeightsForm(NumbersForm):
    start = "weight"
    weights = MethodField(choices.WEIGHTS, label=gettext_lazy("Where weights come from"))

    def field(self, node: BenchmarkNode) -> forms.Field:
        return forms.FloatField(label=node.label, min_value=0, max_value=1_000_000, widget=number(step="any"))

    def begun(self, benchmark: Benchmark) -> dict:
        held = {f"weight_{node.pk}": short(node.weight) for node in self.nodes}
        return {"weights": benchmark.recipe.get("weights"), **held}

    def clean(self) -> dict:
        typed = super().clean()
        groups: dict[int | None, list[BenchmarkNode]] = {}
        for node in self.nodes:
            groups.setdefault(node.parent_id, []).append(node)
        for beside in groups.values():
            given = [typed.get(f"weight_{node.pk}") for node in beside]
            if None not in given and not any(given) and typed.get("weights") == "original":
                self.add_error(
                    f"weight_{beside[0].pk}", _("At least one weight beside each other has to be above zero.")
                )
        return typed

    def deeds(self) -> dict:
        return {"recipe": {"weights": self.cleaned_data["weights"]}}


class PointsForm(NumbersForm):
    """The points of one person."""

    start = "points"

    def __init__(self, *args, given: dict[int, int], **kwargs) -> None:
        self.given = given
        super().__init__(*args, **kwargs)

    def field(self, node: BenchmarkNode) -> forms.Field:
        return forms.IntegerField(label=node.label, min_value=0, max_value=WHOLE, widget=number(step="1"))

    def begun(self, benchmark: Benchmark) -> dict:
        return {f"points_{node.pk}": self.given.get(node.pk) for node in self.nodes}


def short(weight: float) -> float | int:
    """Without decimals where it has none."""
    return int(weight) if weight.is_integer() else weight


def number(**attrs) -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "decimal", **attrs})


class AggregationForm(StepForm):
    """A method for every level above the indicators, from the lowest up."""

    def __init__(self, *args, levels: int, **kwargs) -> None:
        self.levels = max(1, levels)
        super().__init__(*args, **kwargs)
        for level in range(1, self.levels + 1):
            self.fields[f"level_{level}"] = MethodField(choices.AGGREGATION, label=self.label(level))

    def label(self, level: int) -> str:
        if self.levels == 1:
            return _("From the indicators to the index")
        if level == 1:
            return _("From the indicators to their groups")
        if level == self.levels:
            return _("From the highest groups to the index")
        return _("From groups of level %(level)s to the next") % {"level": level}

    def begun(self, benchmark: Benchmark) -> dict:
        held = list(benchmark.recipe.get("aggregation") or ["amean"])
        each = held * self.levels if len(held) == 1 else [*held, *held[-1:] * self.levels]
        return {f"level_{level}": each[level - 1] for level in range(1, self.levels + 1)}

    def clean(self) -> dict:
        typed = super().clean()
        scale = str(self.benchmark.recipe.get("normalisation", ""))
        for level in range(1, self.levels + 1):
            if typed.get(f"level_{level}") in ("gmean", "hmean") and not has_only_positive(scale):
                told = _("This mean needs scores above zero. Choose the scale 1 to 100 in the step “Treatment” first.")
                self.add_error(f"level_{level}", told)
        return typed

    def deeds(self) -> dict:
        chosen = [self.cleaned_data[f"level_{level}"] for level in range(1, self.levels + 1)]
        return {"recipe": {"aggregation": chosen[:1] if len(set(chosen)) == 1 else chosen}}


def has_only_positive(scale: str) -> bool:
    return scale.startswith("minmax:1:") or scale in ("rank", "borda", "fraction_of_max")


class RobustnessForm(StepForm):
    runs = forms.IntegerField(
        label=gettext_lazy("How often it is computed again with other choices"),
        min_value=0,
        max_value=MOST_DRAWS,
        help_text=gettext_lazy("A thousand gives steady intervals; a hundred does not."),
    )
    weights = forms.IntegerField(
        label=gettext_lazy("Weights vary by up to this many per cent"), min_value=0, max_value=100
    )
    normalisation = forms.MultipleChoiceField(
        label=gettext_lazy("Other scales"), required=False, widget=forms.CheckboxSelectMultiple
    )
    treatment = forms.MultipleChoiceField(
        label=gettext_lazy("Other treatment of extreme figures"), required=False, widget=forms.CheckboxSelectMultiple
    )
    aggregation = forms.MultipleChoiceField(
        label=gettext_lazy("Other ways of bringing together"), required=False, widget=forms.CheckboxSelectMultiple
    )
    top = forms.IntegerField(
        label=gettext_lazy("Size of the leading group"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("How often each region is among the first is counted for so many places."),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Number the chance begins with"),
        min_value=0,
        max_value=2**31,
        help_text=gettext_lazy("The same number gives the same draws, so that everything can be computed again."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = self.benchmark.recipe
        for name, found in (("normalisation", choices.NORMALISATION), ("treatment", choices.TREATMENT)):
            self.fields[name].choices = [pair for pair in choices.options(found) if pair[0] != own.get(name)]
        self.fields["aggregation"].choices = choices.options(choices.AGGREGATION)

    def begun(self, benchmark: Benchmark) -> dict:
        held = {**choices.PRESETS["default"]["robustness"], "seed": 1, **benchmark.robustness}
        return {name: held[name] for name in self.base_fields if name in held}

    def deeds(self) -> dict:
        return {"robustness": {name: self.cleaned_data[name] for name in self.base_fields if name != "seen"}}
