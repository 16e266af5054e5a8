"""The step that chooses what is varied, and how often."""

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from .. import choices
from ..models import Benchmark
from ..presets import PRESETS
from ..recipes import LINEAR, MOST_DRAWS
from ..selectors import benchmarks as selectors
from ..varying import BASES, clashes
from .benchmarks import StepForm
from .methods import POWER, parted, short

GOALPOSTS = "goalposts"
BASE_NAMES = {
    256: gettext_lazy("256: quick, wide intervals"),
    1024: gettext_lazy("1,024: four times as long, intervals half as wide"),
    4096: gettext_lazy("4,096: sixteen times as long, for what is published"),
}


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
    weight_methods = forms.MultipleChoiceField(
        label=gettext_lazy("Other origins of weights"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Instead of weights that vary by per cent: put 0 there."),
    )
    concentration = forms.FloatField(
        label=gettext_lazy("Concentration of weights"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy(
            "Instead of per cent: weights beside each other are drawn together, so that they always sum to the same."
            " 10 scatters them far, 1,000 hardly at all. Empty: not so."
        ),
    )
    imputation = forms.MultipleChoiceField(
        label=gettext_lazy("Other ways to fill gaps"), required=False, widget=forms.CheckboxSelectMultiple
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
    power = forms.FloatField(
        label=gettext_lazy("Exponent of the power mean"),
        required=False,
        min_value=-10,
        max_value=10,
        help_text=gettext_lazy("Only where a power mean is among the other ways; not 0."),
    )
    by_level = forms.BooleanField(
        label=gettext_lazy("Every level is brought together in one of these ways by itself"), required=False
    )
    left_out = forms.BooleanField(
        label=gettext_lazy("One indicator may be left out of a repetition, each as often as the others"), required=False
    )
    base = forms.TypedChoiceField(
        label=gettext_lazy("Samples for what moves the ranks"),
        coerce=int,
        choices=list(BASE_NAMES.items()),
        widget=forms.RadioSelect,
        required=False,
        empty_value=BASES[0],
        help_text=gettext_lazy(
            "So many computations for each thing that is varied, and as many twice more. Which regions are left out for"
            " want of figures is never varied: ranks of other regions could not be compared."
        ),
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
            self.fields[name].choices = [pair for pair in offered(found) if pair[0] != own.get(name)]
        self.fields["aggregation"].choices = offered(choices.AGGREGATION)
        gaps = choices.options(choices.IMPUTATION)
        self.fields["imputation"].choices = [pair for pair in gaps if pair[0] not in (LINEAR, own.get("imputation"))]
        self.fields["weight_methods"].choices = [
            pair for pair in choices.options(choices.WEIGHTS) if pair[0] not in ("budget", own.get("weights"))
        ]

    def clean(self) -> dict:
        typed = super().clean()
        if POWER in (typed.get("aggregation") or ()) and not typed.get("power") and "power" not in self.errors:
            self.add_error("power", _("Please give an exponent other than 0."))
        if not self.errors:
            for name, words in clashes(self.benchmark.recipe, self.chosen(typed), self.nodes()).items():
                self.add_error(name, words)
        return typed

    def nodes(self):
        return selectors.nodes(self.benchmark)

    def begun(self, benchmark: Benchmark) -> dict:
        held = {**PRESETS["default"]["robustness"], "seed": 1, "base": BASES[0], **benchmark.robustness}
        parts = [parted(choices.AGGREGATION, one) for one in held.get("aggregation") or ()]
        powers = [float(told) for name, told in parts if name == POWER and told]
        told = {"aggregation": [name for name, _told in parts], "power": short(powers[0]) if powers else None}
        if held.get("concentration"):
            told["concentration"] = short(float(held["concentration"]))
        return {name: held[name] for name in self.base_fields if name in held} | told

    def chosen(self, typed: dict) -> dict:
        """As it is stored: the exponent beside its mean."""
        found = {name: typed[name] for name in self.base_fields if name not in ("seen", "power")}
        power = f"{POWER}:{typed.get('power') or 1:g}"
        found["aggregation"] = [power if one == POWER else one for one in found["aggregation"]]
        return found | {"concentration": found["concentration"] or 0}

    def deeds(self) -> dict:
        return {"robustness": self.chosen(self.cleaned_data)}


def offered(known) -> list[tuple]:
    """What needs no number, with goalposts, which indicators have themselves, and the power mean, whose exponent is asked."""
    alone = dict(choices.options(known))
    return [(code, one.name) for code, one in known.items() if code in alone or code in (GOALPOSTS, POWER)]
