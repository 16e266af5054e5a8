"""What can be chosen in a benchmark, in words: what each choice means, and where its method is described."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from .statistics.recipe import KURTOSIS, SKEWNESS


@dataclass(frozen=True)
class Choice:
    code: str
    name: Promise | str
    means: Promise | str


def by_code(choices: tuple[Choice, ...]) -> dict[str, Choice]:
    return {choice.code: choice for choice in choices}


IMPUTATION = by_code(
    (
        Choice(
            "none",
            _("Leave gaps as they are"),
            _(
                "A region is compared on what is known of it. Nothing is invented, but a gap is like an average of the rest."
            ),
        ),
        Choice(
            "mean",
            _("Mean of all regions"),
            _("A gap becomes the mean of the indicator. The region moves towards the middle there."),
        ),
        Choice(
            "median",
            _("Median of all regions"),
            _("A gap becomes the median of the indicator, which a few extreme regions do not move."),
        ),
        Choice(
            "mean_group:country",
            _("Mean of the regions of its country"),
            _("A gap is filled from the country's other regions. Where the whole country is missing, it stays a gap."),
        ),
        Choice(
            "mean_group:nuts.1",
            _("Mean of its major region (NUTS 1)"),
            _(
                "A gap is filled from the neighbours in one part of the country. Where these have no figure, it stays a gap."
            ),
        ),
        Choice(
            "within_aggregate",
            _("From the indicators of the same group"),
            _("A gap becomes what the region's other indicators beside it say. Good where they move together."),
        ),
        Choice(
            "linear",
            _("From the years around it"),
            _(
                "A gap becomes what lies on the straight line between the years before and after it, as many of either as"
                " the benchmark looks back; at the ends the nearest year counts. Figures of the year itself are never"
                " replaced."
            ),
        ),
        Choice(
            "median_group:country",
            _("Median of the regions of its country"),
            _("As the mean of the country, without being moved by one extreme region such as a capital."),
        ),
        Choice(
            "median_group:nuts.1",
            _("Median of its major region (NUTS 1)"),
            _("As the mean of the major region, without being moved by one extreme region such as a capital."),
        ),
    )
)
TREATMENT = by_code(
    (
        Choice(
            "none",
            _("Leave extreme figures as they are"),
            _("One capital or one small region can decide the scale for all others."),
        ),
        Choice(
            "winsorise:3",
            _("Move at most 3 extreme figures, else take logarithms"),
            _(
                "Only where an indicator is strongly skewed with heavy tails: extremes get the value of the next region, one"
                " at a time. Where three are not enough, all figures become logarithms."
            ),
        ),
        Choice(
            "winsorise:5",
            _("Move at most 5 extreme figures, else take logarithms"),
            _("As with three, patient with two more. The usual choice."),
        ),
        Choice(
            "winsorise",
            _("Move at most so many extreme figures, else take logarithms"),
            _("As with three or five, with the number that is given below."),
        ),
        Choice(
            "log",
            _("Logarithms where strongly skewed"),
            _("Keeps the order of all regions and shortens long tails. Distances are then shares, not amounts."),
        ),
        Choice(
            "boxcox",
            _("Box–Cox where strongly skewed"),
            _("The power that makes the figures most even is sought. Hard to explain to readers."),
        ),
        Choice(
            "sd:3",
            _("Cut at three standard deviations from the mean"),
            _("Simple to say; the extremes themselves widen the deviation they are judged by."),
        ),
        Choice(
            "sd:2",
            _("Cut at two standard deviations from the mean"),
            _("Strict: about one figure in twenty is moved even where nothing is wrong."),
        ),
        Choice("sd", _("Cut at so many standard deviations from the mean"), _("With the number that is given below.")),
    )
)
NORMALISATION = by_code(
    (
        Choice(
            "minmax:0:100",
            _("Between the lowest and the highest region, 0 to 100"),
            _(
                "The lowest region has 0, the highest 100. Distances between regions are kept; extremes decide the scale."
            ),
        ),
        Choice(
            "minmax:1:100",
            _("Between the lowest and the highest region, 1 to 100"),
            _("As 0 to 100, but nobody has nothing, so that geometric means can be built."),
        ),
        Choice(
            "minmax:70:130",
            _("Between the lowest and the highest region, 70 to 130"),
            _("As 0 to 100, far from zero: the scale of the adjusted Mazziotta–Pareto index."),
        ),
        Choice(
            "zscore:0:1",
            _("Distance from the mean in standard deviations"),
            _("0 is the mean. Good where regions scatter evenly; scores can be negative, so no geometric means."),
        ),
        Choice("rank", _("Rank"), _("Only the order counts. Extremes lose their weight, and so do real distances.")),
        Choice(
            "borda",
            _("Borda: how many regions are behind"),
            _("As ranks, counted from 0: the number of regions a region is ahead of."),
        ),
        Choice(
            "percentile",
            _("Percentile rank"),
            _(
                "The share of regions a region is ahead of. As ranks, on a scale that does not depend on how many there are."
            ),
        ),
        Choice(
            "distance_to_max",
            _("Distance to the best region"),
            _("How close a region comes to the best one there is."),
        ),
        Choice(
            "fraction_of_max",
            _("Share of the best region's figure"),
            _("Half the figure of the best gives half the score. Only for figures with a real zero."),
        ),
        Choice(
            "distance_to_target:cap",
            _("Distance to a target"),
            _("How far a region is from the target of each indicator; beyond it nothing is gained. Needs targets."),
        ),
        Choice(
            "distance_to_target",
            _("Distance to a target, without an end"),
            _("As the distance to a target, but who is beyond it has more than 1. Needs targets."),
        ),
        Choice(
            "distance_to_reference",
            _("Distance to one region"),
            _(
                "1 is the region that is named below, 0 the worst; who is better has more than 1. The named region needs all"
                " figures."
            ),
        ),
        Choice(
            "goalposts",
            _("Between fixed goalposts, 0 to 100"),
            _(
                "The group says for each indicator what counts as 0 and what as 100. Scores can be compared through the"
                " years, since they do not depend on who is in. Needs goalposts."
            ),
        ),
    )
)
WEIGHTS = by_code(
    (
        Choice(
            "original",
            _("As the group gives them"),
            _("The group says what counts how much. The most honest way, if the reasons are written down."),
        ),
        Choice(
            "equal",
            _("All equal, level by level"),
            _("Nobody has to argue. An indicator in a small group still counts more than one in a large group."),
        ),
        Choice(
            "budget",
            _("From points given by several people"),
            _("Each spreads a hundred points; the mean counts, and how far people differ is shown."),
        ),
        Choice(
            "pca",
            _("From principal components"),
            _(
                "Indicators that move together count more. It says what the data share, not what matters; refused where it"
                " would need negative weights."
            ),
        ),
        Choice("entropy", _("From entropy"), _("Indicators in which regions differ much count more.")),
        Choice(
            "optimised",
            _("So that each has the same influence"),
            _("Weights are sought with which everything side by side moves what it makes up equally much."),
        ),
        Choice(
            "bod",
            _("Benefit of the doubt"),
            _(
                "Each region is judged with the weights that are best for it. Shows what nobody can call unfair; many"
                " regions may come first together."
            ),
        ),
    )
)
AGGREGATION = by_code(
    (
        Choice(
            "amean",
            _("Arithmetic mean"),
            _("A weakness in one thing can be made good by strength in another, point for point."),
        ),
        Choice(
            "gmean",
            _("Geometric mean"),
            _("A weakness costs more than a strength brings, so balance is rewarded. Needs scores above zero."),
        ),
        Choice("hmean", _("Harmonic mean"), _("The weakest things count most. Needs scores above zero.")),
        Choice(
            "power",
            _("Power mean"),
            _(
                "With an exponent between the others: 1 is the arithmetic mean, near 0 the geometric, −1 the harmonic; above"
                " 1 strengths count more than weaknesses. Give the exponent below."
            ),
        ),
        Choice(
            "median",
            _("Median"),
            _("What most indicators say; single extremes do not count, nor do weights much."),
        ),
        Choice(
            "ampi",
            _("Adjusted Mazziotta–Pareto"),
            _("The mean, less a penalty for being uneven. Needs means above zero; the scale 70 to 130 belongs to it."),
        ),
        Choice(
            "copeland",
            _("Copeland: region against region"),
            _("Who beats whom on more of the weight. Nothing can be made good by anything else; distances are lost."),
        ),
    )
)
MOST_LEVELS = 6
TOLD_MORE = {"distance_to_reference", "goalposts", "power", "sd", "winsorise"}


def choice_of(choices: Mapping[str, Choice], code: Any) -> Choice | None:
    """What was chosen, also where a number or region belongs to it: `power:0.5`, `distance_to_reference:AT13`."""
    return choices.get(str(code)) or choices.get(str(code).partition(":")[0])


def name_of(choices: Mapping[str, Choice], code: Any) -> str:
    choice, (_head, _mark, told) = choice_of(choices, code), str(code).partition(":")
    if choice is None:
        return str(code)
    if choice.code == code:
        return str(choice.name)
    return gettext("%(method)s (%(told)s)") % {"method": choice.name, "told": told.replace(":", "–")}


def options(choices: Mapping[str, Choice]) -> list[tuple[str, Any]]:
    """Those that can be taken as they are, without a number, region or goalposts of their own."""
    return [(choice.code, choice.name) for choice in choices.values() if choice.code not in TOLD_MORE]


def recipe_in_words(recipe: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every choice of method beside what it is, in the reader's language."""
    return [
        (gettext("Regions need"), gettext("%(n)s %% of the indicators") % {"n": round(100 * recipe.get("screen", 0))}),
        *coverage_in_words(recipe),
        (gettext("Gaps"), name_of(IMPUTATION, recipe.get("imputation"))),
        (gettext("Outliers"), name_of(TREATMENT, recipe.get("treatment"))),
        (gettext("Common scale"), name_of(NORMALISATION, recipe.get("normalisation"))),
        (gettext("Weights"), name_of(WEIGHTS, recipe.get("weights"))),
        (gettext("Bringing together"), " → ".join(name_of(AGGREGATION, one) for one in recipe.get("aggregation", ()))),
    ]


def coverage_in_words(recipe: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Rules of coverage beside that of regions, and other limits of what is skewed, where they were chosen."""
    told = []
    if least := recipe.get("indicator_coverage"):
        words = gettext("%(n)s %% of the regions") % {"n": round(100 * least)}
        told.append((gettext("Indicators need"), words))
    if least := recipe.get("node_coverage"):
        words = gettext("%(n)s %% of what they are made of") % {"n": round(100 * least)}
        told.append((gettext("Groups need"), words))
    if {"skewness", "kurtosis"} & set(recipe):
        words = gettext("skewness %(skewness)s and kurtosis %(kurtosis)s")
        limits = {"skewness": recipe.get("skewness", SKEWNESS), "kurtosis": recipe.get("kurtosis", KURTOSIS)}
        told.append((gettext("Strongly skewed from"), words % {name: f"{value:g}" for name, value in limits.items()}))
    return told


def robustness_in_words(chosen: Mapping[str, Any]) -> list[tuple[str, str]]:
    def named(known: Mapping[str, Choice], name: str) -> str:
        return ", ".join(name_of(known, one) for one in chosen.get(name, ()))

    gaps, weights = named(IMPUTATION, "imputation"), named(WEIGHTS, "weight_methods")
    means, spread = named(AGGREGATION, "aggregation"), chosen.get("concentration")
    if means and chosen.get("by_level"):
        means = gettext("%(means)s, each level by itself") % {"means": means}
    noise = gettext("Weights vary by up to"), gettext("%(n)s %%") % {"n": chosen.get("weights", 0)}
    return [
        (gettext("Computed again"), gettext("%(n)s times with other choices") % {"n": chosen.get("runs", 0)}),
        (gettext("Weights vary together, with concentration"), f"{spread:g}") if spread else noise,
        (gettext("Other scales"), named(NORMALISATION, "normalisation") or "–"),
        (gettext("Other treatment of outliers"), named(TREATMENT, "treatment") or "–"),
        (gettext("Other ways of bringing together"), means or "–"),
        *([(gettext("Other ways to fill gaps"), gaps)] if gaps else []),
        *([(gettext("Other origins of weights"), weights)] if weights else []),
        *([(gettext("Left out"), gettext("one indicator at a time"))] if chosen.get("left_out") else []),
        (gettext("Size of the leading group"), str(chosen.get("top", 0))),
        *([(gettext("Samples for what moves the ranks"), str(chosen["base"]))] if chosen.get("base") else []),
    ]
