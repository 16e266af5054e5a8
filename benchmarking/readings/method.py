"""How a run was computed, step by step in words with formulas, and from which data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from .. import choices
from ..charts.lettering import figure
from ..models import Run
from ..selectors import readings as selectors
from ..statistics.recipe import KURTOSIS, SKEWNESS
from . import addresses, rooms
from .drawings import name_of
from .pages import tree


@dataclass(frozen=True)
class Explained:
    """A step: what was chosen, what that means, and how it is computed."""

    step: str
    chosen: str
    means: str = ""
    formula: str = ""


FORMULAS: Mapping[str, str] = {
    "minmax": "I = (x − min) / (max − min) · (b − a) + a",
    "zscore": "I = (x − mean) / standard deviation",
    "rank": "I = rank(x)",
    "percentile": "I = (rank(x) − 1) / (n − 1)",
    "distance_to_max": "I = 1 − (max − x) / (max − min)",
    "fraction_of_max": "I = x / max",
    "distance_to_target": "I = 1 − (target − x) / (target − min)",
    "distance_to_target:cap": "I = 1 − max(0, target − x) / (target − min)",
    "distance_to_reference": "I = 1 − (x(r₀) − x) / (x(r₀) − min)",
    "goalposts": "I = 100 · min(1, max(0, (x − a) / (b − a)))",
    "amean": "S = Σ w·I / Σ w",
    "gmean": "S = exp(Σ w·ln I / Σ w)",
    "hmean": "S = Σ w / Σ (w / I)",
    "power": "S = (Σ w·I^p / Σ w)^(1/p)",
    "median": "S = median(I)",
    "ampi": "S = M − σ · (σ / M)",
    "copeland": "S(r) = Σₛ sign(o(r,s) − ½), o(r,s) = Σ w·[I(r) > I(s)] + ½·[=]",
    "winsorise": f"|skewness| ≥ s ∧ kurtosis ≥ k (s = {SKEWNESS:g}, k = {KURTOSIS:g} where not chosen) → x := next x, "
    "one point at a time; else ln(x − min + 0.01·(max − min))",
    "log": "x := ln(x − min + 0.01·(max − min))",
    "sd": "x := mean ± k · standard deviation",
    "borda": "I = rank(x) − 1",
    "mean": "x := mean(x)",
    "median_of_gaps": "x := median(x)",
    "mean_group:country": "x := mean(x | country)",
    "median_group:country": "x := median(x | country)",
    "mean_group:nuts.1": "x := mean(x | NUTS 1)",
    "median_group:nuts.1": "x := median(x | NUTS 1)",
    "within_aggregate": "x := min + mean(I beside it) · (max − min)",
    "linear": "x := x₀ + (x₁ − x₀) · (t − t₀) / (t₁ − t₀)",
    "boxcox": "x := ((x − min + 1)^λ − 1) / λ, λ = argmax likelihood",
    "original": "w = given",
    "equal": "w = 1 / n",
    "budget": "w = mean of the points / 100",
    "pca": "w ∝ loadings of the first component, correlations of the group",
    "optimised": "C · w = s: equal correlation of each with the sum",
    "bod": "max Σ w·I(r), Σ w·I(s) ≤ 1 ∀s, w ≥ 0",
    "entropy": "w ∝ 1 + Σ p·ln p / ln n, p = I / Σ I",
}


def formula(code: Any) -> str:
    return FORMULAS.get(str(code)) or FORMULAS.get(str(code).partition(":")[0], "")


def explained(step: str, known: Mapping[str, choices.Choice], code: Any) -> Explained:
    choice = choices.choice_of(known, code)
    of_gaps = known is choices.IMPUTATION and code == "median"
    told = FORMULAS["median_of_gaps"] if of_gaps else formula(code)
    return Explained(step, choices.name_of(known, code or "–"), str(choice.means) if choice else "", told)


def steps(run: Run) -> list[Explained]:
    """Every choice in the order in which it is applied."""
    recipe = run.recipe
    years = run.years or [0, 0]
    told = [
        Explained(
            _("Figures"),
            _("Of %(year)s, or of one of the %(n)s years before it where that year has none")
            % {"year": years[0], "n": years[1]},
        ),
        Explained(
            _("Coverage"),
            _("A region needs %(n)s %% of the indicators to be ranked")
            % {"n": figure(100 * recipe.get("screen", 0), 0)},
        ),
        *(Explained(name, chosen) for name, chosen in choices.coverage_in_words(recipe)),
        explained(_("Gaps"), choices.IMPUTATION, recipe.get("imputation")),
        explained(_("Outliers"), choices.TREATMENT, recipe.get("treatment")),
        explained(_("Common scale"), choices.NORMALISATION, recipe.get("normalisation")),
        explained(_("Weights"), choices.WEIGHTS, recipe.get("weights")),
    ]
    if recipe.get("ends") == "treated":
        turned = _("Turned into logarithms or powers along with the figures")
        told.insert(-1, Explained(_("Targets and goalposts"), turned))
    told += [explained(_("Bringing together"), choices.AGGREGATION, one) for one in recipe.get("aggregation", ())]
    return [*told, robustness(run)]


def robustness(run: Run) -> Explained:
    runs = run.robustness.get("runs", 0)
    told = ngettext("Computed again %(n)s time", "Computed again %(n)s times", runs) % {"n": figure(runs)}
    return Explained(
        _("Uncertainty"),
        told if runs else _("Not analysed"),
        _(
            "The whole computation is repeated with other choices, drawn at random. The interval of a rank holds nine of ten"
            " repetitions."
        ),
        "[q₀.₀₅(rank), q₀.₉₅(rank)]",
    )


def data_rows(run: Run) -> list[list[str]]:
    return [
        [
            str(one.get("data_set", "")),
            str(one.get("number", "")),
            str(one.get("sha256", ""))[:16] or "–",
            str(one.get("digest", ""))[:16] or "–",
        ]
        for one in run.inputs
    ]


def weight_rows(run: Run) -> list[list[Any]]:
    """The hierarchy with its weights, deeper places set in."""
    return [
        ["\u2003" * depth + name_of(node), direction(node), node.unit or "–", figure(node.weight), percent(node)]
        for depth, node in tree(selectors.nodes(run))
    ]


def direction(node) -> str:
    if not node.is_indicator:
        return "–"
    return _("more is better") if node.direction >= 0 else _("less is better")


def percent(node) -> str:
    return "–" if node.effective_weight is None else f"{figure(100 * node.effective_weight, 1)}\u00a0%"


def weight_head() -> list[str]:
    return [_("Name"), _("Direction"), _("Unit"), _("Weight"), _("Share of the index")]


def data_head() -> list[str]:
    return [_("Data set"), _("Version"), _("SHA-256 of the file"), _("SHA-256 of the figures")]


def context(run: Run) -> dict[str, Any]:
    return {
        "steps": steps(run),
        "varied": choices.robustness_in_words(run.robustness),
        "weights": {"head": weight_head(), "rows": weight_rows(run)},
        "data": {"head": data_head(), "rows": data_rows(run)},
        "reports": rooms.reports(run),
        "report_page": addresses.page(run, "reading_method"),
    }
