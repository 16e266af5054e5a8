"""What can be varied together with what, and how often that has to be computed again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .computing import metadata
from .models import Benchmark, BenchmarkNode
from .recipes import recipe_of, structure
from .robustness import base_of, choices_of
from .statistics.hierarchy import Hierarchy
from .statistics.problems import StatisticsError

BASES = (256, 1024, 4096)
FOUND = ("pca", "entropy", "optimised")
DOUBT = "bod"
PENALISED = "ampi"


def needs_positive(method: str) -> bool:
    name, _mark, power = method.partition(":")
    return name in ("gmean", "hmean") or (name == "power" and float(power or 0) < 0)


def refuses_negative(method: str) -> bool:
    return head(method) in ("power", PENALISED)


def is_refused(method: str, scale: str) -> bool:
    """Whether a mean meets scores on this scale that it cannot take, whatever the figures."""
    negative = refuses_negative(method) and head(scale) == "zscore"
    return negative or (needs_positive(method) and not has_only_positive(scale))


def has_only_positive(scale: str) -> bool:
    return scale.startswith(("minmax:1:", "minmax:70:")) or scale in ("rank", "fraction_of_max")


def refusal(method: str) -> str:
    """Why a mean does not go with the scale, and which does."""
    if head(method) == PENALISED:
        return _(
            "The adjusted Mazziotta–Pareto index divides by the mean of the scores, which has to be above zero. Choose the"
            " scale 70 to 130, with which it was published, in the step “Treatment” first."
        )
    return _("This mean needs scores above zero. Choose the scale 1 to 100 in the step “Treatment” first.")


def head(method: Any) -> str:
    return str(method or "").partition(":")[0]


def clashes(recipe: Mapping[str, Any], chosen: Mapping[str, Any], nodes: Iterable[BenchmarkNode]) -> dict[str, str]:
    """What does not fit together, in words by the name of the choice: every repetition has to be possible."""
    indicators = [node for node in nodes if node.indicator]
    checks = (
        several_ways(chosen),
        found_weights(recipe, chosen),
        means(recipe, chosen),
        doubt(recipe, chosen),
        scales(recipe, chosen, indicators),
    )
    return {name: words for found in reversed(checks) for name, words in found.items()}


def several_ways(chosen: Mapping[str, Any]) -> dict[str, str]:
    if chosen.get("weight_methods") and chosen.get("weights"):
        return {"weights": _("Weights vary by per cent or come from elsewhere, not both: put 0 here.")}
    if chosen.get("concentration") and (chosen.get("weights") or chosen.get("weight_methods")):
        return {
            "concentration": _(
                "Weights vary in one way only: by per cent, by concentration, or by coming from elsewhere. Leave this empty,"
                " or take the others away."
            )
        }
    return {}


def found_weights(recipe: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, str]:
    if head(recipe.get("weights")) not in (*FOUND, DOUBT):
        return {}
    told = _("The weights of this benchmark are found in the figures, so there is nothing to vary around: put 0 here.")
    return {name: told for name in ("weights", "concentration") if chosen.get(name)}


def means(recipe: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, str]:
    """Means that need scores above zero, with scales that have others."""
    others, scale = chosen.get("aggregation") or (), str(recipe.get("normalisation"))
    used = (*others, *own_means(recipe))
    for one in others:
        if is_refused(one, scale):
            return {"aggregation": refusal(one)}
    if any(is_refused(one, other) for one in used for other in chosen.get("normalisation") or ()):
        told = _(
            "A geometric, a harmonic, such a power mean or the adjusted Mazziotta–Pareto index needs scores above zero:"
            " with these scales some are not."
        )
        return {"normalisation": told}
    return {}


def own_means(recipe: Mapping[str, Any]) -> Sequence[str]:
    """Benefit of the doubt uses none of those that are kept beside it."""
    return () if head(recipe.get("weights")) == DOUBT else recipe.get("aggregation") or ()


def doubt(recipe: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, str]:
    """Benefit of the doubt is a way of bringing together itself, and takes no scores below zero; entropy neither."""
    weights = {head(one) for one in (recipe.get("weights"), *(chosen.get("weight_methods") or ()))}
    found = {}
    together = {*own_means(recipe), *(chosen.get("aggregation") or ())}
    if DOUBT in weights and together - {"amean"}:
        name = "aggregation" if chosen.get("aggregation") else "weight_methods"
        found[name] = _(
            "Benefit of the doubt brings indicators together itself: it goes with the arithmetic mean and no other."
        )
    own = head(recipe.get("normalisation")) == "zscore"
    if weights & {DOUBT, "entropy"} and (own or "zscore" in map(head, chosen.get("normalisation") or ())):
        name = "weight_methods" if own else "normalisation"
        found[name] = _("Benefit of the doubt and entropy need scores that are not below zero.")
    return found


def scales(recipe: Mapping[str, Any], chosen: Mapping[str, Any], indicators: Sequence[BenchmarkNode]) -> dict[str, str]:
    wanted = {head(one) for one in chosen.get("normalisation") or ()}
    if "goalposts" in wanted and any(None in (node.lower, node.upper) for node in indicators):
        return {"normalisation": _("Some indicators have no goalposts. Give them in the step “Indicators” first.")}
    if "distance_to_target" in wanted and any(node.target is None for node in indicators):
        return {"normalisation": _("Some indicators have no target. Give them in the step “Indicators” first.")}
    return {}


def computations(benchmark: Benchmark) -> tuple[int, int, int] | None:
    """(repetitions, things varied, computations for the sensitivity); None while there is nothing to compute."""
    chosen = benchmark.robustness
    try:
        tree = Hierarchy.read(metadata(structure(benchmark)))
        varied = len(choices_of(recipe_of(benchmark.recipe, benchmark.year), chosen, tree).factors(("1",)))
    except StatisticsError:
        return None
    runs = int(chosen.get("runs") or 0)
    if not runs or not varied:
        return None
    return runs, varied, base_of(chosen, runs) * (varied + 2)
