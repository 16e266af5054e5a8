"""Steps that choose methods: treatment, weights, aggregation, robustness."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _, gettext_lazy

from .. import choices
from ..charts.lettering import figure
from ..models import Benchmark, BenchmarkNode
from ..selectors import sources
from ..services.points import WHOLE
from ..statistics.recipe import KURTOSIS, SKEWNESS
from ..varying import is_refused, refusal
from .benchmarks import MethodField, StepForm

REFERENCE, POWER, BOUNDED = "distance_to_reference", "power", "bod"
TOLD = {"winsorise": "points", "sd": "deviations"}
LIMITS = {"skewness": SKEWNESS, "kurtosis": KURTOSIS}
SHARES = ("indicator_coverage", "node_coverage")
OF_DOUBT = gettext_lazy("Only for the benefit of the doubt: without bounds a region may be judged by one thing alone.")


def told_usual(limit: float) -> str:
    return _("%(n)s is usual.") % {"n": figure(limit)}


usually = lazy(told_usual, str)


def share_field(label, told=OF_DOUBT) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=0, max_value=100, help_text=told)


class TreatmentForm(StepForm):
    screen = forms.IntegerField(
        label=gettext_lazy("Per cent of the indicators a region needs"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Regions with fewer figures are left out and said so. Two thirds are usual."),
    )
    indicator_coverage = share_field(
        gettext_lazy("Per cent of the regions an indicator needs"),
        gettext_lazy("Indicators known of fewer are left out. Nothing: all stay."),
    )
    node_coverage = share_field(
        gettext_lazy("Per cent of its parts a group needs"),
        gettext_lazy("A region with fewer gets no score there. Nothing: one is enough."),
    )
    imputation = MethodField(choices.IMPUTATION, label=gettext_lazy("What becomes of gaps"))
    treatment = MethodField(choices.TREATMENT, label=gettext_lazy("What becomes of extreme figures"))
    points = forms.IntegerField(
        label=gettext_lazy("How many extreme figures are moved at most"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Only where the number is given here."),
    )
    deviations = forms.FloatField(
        label=gettext_lazy("At how many standard deviations it is cut"),
        required=False,
        min_value=0.5,
        max_value=10,
        help_text=gettext_lazy("Only where the number is given here."),
    )
    skewness = forms.FloatField(
        label=gettext_lazy("Strongly skewed from this skewness"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=usually(SKEWNESS),
    )
    kurtosis = forms.FloatField(
        label=gettext_lazy("… and this kurtosis"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=usually(KURTOSIS),
    )
    normalisation = MethodField(choices.NORMALISATION, label=gettext_lazy("The common scale"))
    reference = forms.ChoiceField(
        label=gettext_lazy("Region all are compared with"),
        required=False,
        help_text=gettext_lazy("Only where the scale is the distance to one region."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = sources.names_of(self.benchmark.areas.values_list("code", flat=True))
        self.fields["reference"].choices = [("", "–"), *((code, f"{one.name} ({code})") for code, one in known.items())]

    def begun(self, benchmark: Benchmark) -> dict:
        recipe = benchmark.recipe
        treatment, number_told = parted(choices.TREATMENT, recipe.get("treatment"))
        held = {"imputation": recipe.get("imputation"), "treatment": treatment}
        if number_told:
            held[TOLD[treatment]] = short(float(number_told))
        held |= {name: short(float(recipe.get(name, usual))) for name, usual in LIMITS.items()}
        held |= {name: short(100 * float(recipe[name])) for name in SHARES if recipe.get(name)}
        scale, reference = parted(choices.NORMALISATION, benchmark.recipe.get("normalisation"))
        told = {"normalisation": scale, "reference": reference}
        return {**held, **told, "screen": round(100 * benchmark.recipe.get("screen", 0))}

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("normalisation") == REFERENCE and not typed.get("reference") and "reference" not in self.errors:
            self.add_error("reference", _("Please choose the region."))
        needed = TOLD.get(typed.get("treatment", ""))
        if needed and not typed.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Please give the number."))
        return typed

    def deeds(self) -> dict:
        typed = {name: self.cleaned_data[name] for name in ("imputation", "treatment", "normalisation")}
        if typed["normalisation"] == REFERENCE:
            typed["normalisation"] = f"{REFERENCE}:{self.cleaned_data['reference']}"
        if needed := TOLD.get(typed["treatment"]):
            typed["treatment"] += f":{self.cleaned_data[needed]:g}"
        return {"recipe": {**typed, **self.unusual(), "screen": self.cleaned_data["screen"] / 100}}

    def unusual(self) -> dict:
        """Shares and limits that are not as usual, and those kept before: recipes without them stay the same."""
        usual = dict.fromkeys(SHARES, 0.0) | LIMITS
        given = {name: self.cleaned_data.get(name) for name in usual}
        found = {name: usual[name] if value is None else value for name, value in given.items()}
        found |= {name: found[name] / 100 for name in SHARES}
        return {name: value for name, value in found.items() if value != usual[name] or name in self.benchmark.recipe}


def parted(known, code) -> tuple[str, str]:
    """A method as it is offered, and what belongs to it: `power` and `0.5`."""
    if code in known:
        return code, ""
    name, _mark, told = str(code or "").partition(":")
    return name, told


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
    least = share_field(gettext_lazy("Least share of an indicator in a region’s score, in per cent"))
    most = share_field(gettext_lazy("Greatest share of an indicator in a region’s score, in per cent"))

    def field(self, node: BenchmarkNode) -> forms.Field:
        return forms.FloatField(label=node.label, min_value=0, max_value=1_000_000, widget=number(step="any"))

    def begun(self, benchmark: Benchmark) -> dict:
        held = {f"weight_{node.pk}": short(node.weight) for node in self.nodes}
        kind, told = parted(choices.WEIGHTS, benchmark.recipe.get("weights"))
        bounds = zip(("least", "most"), (short(100 * float(part)) for part in told.split(":") if part), strict=False)
        return {"weights": kind, **dict(bounds), **held}

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
        least, most = self.bounds(typed)
        if typed.get("weights") == BOUNDED and not self.errors and not least < most:
            self.add_error("most", _("This has to be above the least share."))
        return typed

    def bounds(self, typed: dict) -> tuple[float, float]:
        least, most = typed.get("least"), typed.get("most")
        return (least or 0) / 100, (100 if most is None else most) / 100

    def deeds(self) -> dict:
        kind, (least, most) = self.cleaned_data["weights"], self.bounds(self.cleaned_data)
        if kind == BOUNDED and (least, most) != (0, 1):
            kind = f"{BOUNDED}:{least:g}:{most:g}"
        return {"recipe": {"weights": kind}}


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
        self.fields["power"] = forms.FloatField(
            label=_("Exponent of the power mean"),
            required=False,
            min_value=-10,
            max_value=10,
            help_text=_("Only where a power mean is chosen; not 0."),
        )

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
        parts = [parted(choices.AGGREGATION, method) for method in each]
        powers = [float(told) for name, told in parts if name == POWER and told]
        begun = {f"level_{level}": parts[level - 1][0] for level in range(1, self.levels + 1)}
        return {**begun, "power": short(powers[0]) if powers else None}

    def clean(self) -> dict:
        typed = super().clean()
        scale = str(self.benchmark.recipe.get("normalisation", ""))
        for level in range(1, self.levels + 1):
            method = with_power(typed, f"level_{level}")
            if is_refused(method, scale):
                self.add_error(f"level_{level}", refusal(method))
        chosen = {typed.get(f"level_{level}") for level in range(1, self.levels + 1)}
        if POWER in chosen and not typed.get("power") and "power" not in self.errors:
            self.add_error("power", _("Please give an exponent other than 0."))
        return typed

    def deeds(self) -> dict:
        chosen = [with_power(self.cleaned_data, f"level_{level}") for level in range(1, self.levels + 1)]
        return {"recipe": {"aggregation": chosen[:1] if len(set(chosen)) == 1 else chosen}}


def with_power(typed: dict, name: str) -> str:
    """The mean of a level, with the exponent that belongs to it."""
    method = typed.get(name) or ""
    return f"{POWER}:{typed.get('power') or 1:g}" if method == POWER else method
