"""What the statistics say in codes, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from platform_core.ground.ui.components.numbers import in_words

from . import problems
from .statistics.problems import StatisticsError

PROBLEMS = {
    "no_units_left": gettext_lazy(
        "No region has enough figures. Choose more data, fewer indicators, or ask for a smaller part of them."
    ),
    "all_missing": gettext_lazy("Nobody has a figure of %(column)s in these years. Take it out, or choose other data."),
    "missing_indicator": gettext_lazy("The data chosen hold no figures of %(column)s."),
    "unknown_denominator": gettext_lazy("The data chosen hold no figures of %(value)s, by which others are divided."),
    "zero_denominator": gettext_lazy("%(column)s is zero in %(row)s, so %(value)s cannot be divided by it."),
    "nothing_left": gettext_lazy("No indicator has figures of enough regions."),
    "needs_column": gettext_lazy(
        "%(row)s has no target or no goalposts. Scores that are measured by them need them for each indicator."
    ),
    "reference_missing": gettext_lazy("%(row)s, with which all are compared, has no figure of %(column)s."),
    "reference_is_worst": gettext_lazy(
        "The region all are compared with is the last in %(column)s, so there is no distance to measure by."
    ),
    "unknown_unit": gettext_lazy("%(value)s, with which all are compared, is not among the regions that are left."),
    "goalposts_equal": gettext_lazy("Both goalposts of %(column)s are the same."),
    "not_positive": gettext_lazy(
        "%(row)s has a score of zero or below in %(column)s, so this mean cannot be built. Choose the scale 1 to 100, or"
        " the arithmetic mean."
    ),
    "not_positive:ampi": gettext_lazy(
        "The mean score of %(row)s in %(column)s is zero or below. The adjusted Mazziotta–Pareto index divides by it, and"
        " its penalty would become a reward. Choose the scale 70 to 130, with which it was published (Mazziotta and Pareto"
        " 2016), or the arithmetic mean."
    ),
    "negative_weight": gettext_lazy("The weight of %(row)s would be negative."),
    "no_weight": gettext_lazy("All weights below %(row)s are zero."),
    "pca_negative": gettext_lazy(
        "Principal components would give negative weights: %(value)s. These indicators move against the others of their"
        " group. Look at their direction, put them elsewhere, or choose other weights."
    ),
    "too_few_units": gettext_lazy("Only %(count)s regions have all figures of %(value)s: too few for this method."),
    "constant": gettext_lazy("%(column)s is the same in all regions, so it tells nothing apart."),
    "aggregation_levels": gettext_lazy(
        "The hierarchy has other levels than the choice of means says. Keep the step “Aggregation” once more."
    ),
    "bod_aggregates": gettext_lazy(
        "Benefit of the doubt brings indicators together itself; choose the arithmetic mean."
    ),
    "bod_unsolved": gettext_lazy("No weights within the bounds exist for %(row)s."),
    "other_peers": gettext_lazy("The study of peers %(value)s was computed anew since. Please start a new run."),
    "empty_group": gettext_lazy("A group of regions is empty, so its gaps cannot be filled."),
}
CAUTIONS = {
    "unit_left_out": gettext_lazy("%(unit)s is left out: too few figures."),
    "indicator_left_out": gettext_lazy("%(indicator)s is left out: too few regions have it."),
    "still_missing": gettext_lazy("%(indicator)s still has gaps: %(count)s."),
    "untreatable": gettext_lazy("%(indicator)s has too few figures to say whether some are extreme."),
    "still_skewed": gettext_lazy("%(indicator)s stays strongly skewed: a few regions decide its scale."),
    "runs_the_wrong_way": gettext_lazy(
        "In %(indicator)s less is better; a share of the largest figure says the opposite."
    ),
    "redundant": gettext_lazy(
        "%(first)s and %(second)s say nearly the same (correlation %(correlation)s): together they count twice."
    ),
    "against_parent": gettext_lazy(
        "%(node)s moves against its group (correlation %(correlation)s). Is its direction right, does it belong there?"
    ),
    "foreign_to_parent": gettext_lazy(
        "%(node)s has little to do with its group (correlation %(correlation)s): it hardly moves the result."
    ),
    "many_first": gettext_lazy("%(share)s of the regions share the first place: the index does not tell them apart."),
}
NAMED = ("indicator", "node", "first", "second", "unit", "column", "row")


def problem(found) -> str:
    """Why figures cannot be brought together; `found` is the error itself."""
    return told(PROBLEMS, found.code, found.place, {}) or problems.problem_text(found)


def stored_problem(stored: Mapping[str, Any], names: Mapping[str, str]) -> str:
    again = StatisticsError(stored["code"], **stored["place"])
    return told(PROBLEMS, again.code, again.place, names) or problems.problem_text(again)


def caution(stored: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return told(CAUTIONS, stored["code"], stored["place"], names) or stored["code"]


def told(words: Mapping[str, Any], code: str, place: Mapping[str, Any], names: Mapping[str, str]) -> str:
    own = f"{code}:{place.get('method')}"
    code = own if own in words else code
    if code not in words:
        return ""
    shown = {
        name: names.get(str(value), value) if name in NAMED else number(name, value) for name, value in place.items()
    }
    try:
        return str(words[code]) % Filled(shown)
    except (TypeError, ValueError):
        return str(words[code])


class Filled(dict):
    """What a place does not say is a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def number(name: str, value: Any) -> str:
    if name == "share" and isinstance(value, (int, float)):
        return f"{round(100 * value)} %"
    if name == "correlation" and isinstance(value, (int, float)):
        return in_words(round(value, 2)) if abs(value) >= 1 else f"{value:.2f}"
    return str(value)
