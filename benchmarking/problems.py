"""What statistics found wrong (`statistics.problems`) or worth knowing (`statistics.cautions`), in words."""

from django.utils.translation import gettext as _, gettext_lazy, pgettext

STEPS = {
    "imputation": gettext_lazy("imputation"),
    "treatment": gettext_lazy("treatment of outliers"),
    "normalisation": gettext_lazy("normalisation"),
    "weights": gettext_lazy("weights"),
    "aggregation": gettext_lazy("aggregation"),
    "ends": gettext_lazy("targets and goalposts"),
    "screen": gettext_lazy("coverage of units"),
    "screen_on": gettext_lazy("coverage of units"),
    "indicator_coverage": gettext_lazy("coverage of indicators"),
    "node_coverage": gettext_lazy("coverage of aggregates"),
}
PROBLEMS = {
    "aggregation_levels": gettext_lazy(
        "“%(value)s”: give one method of aggregation or one for each level, here %(levels)s."
    ),
    "all_missing": gettext_lazy("There is not a single value."),
    "all_refused": gettext_lazy("None of the %(runs)s runs fits the figures: %(value)s."),
    "beyond_figures": gettext_lazy(
        "%(value)s lies beyond all figures, which go from %(lowest)s to %(highest)s: it would move the scale itself."
    ),
    "bod_aggregates": gettext_lazy(
        "Benefit of the doubt is its own aggregation; it cannot be joined with “%(value)s”."
    ),
    "bod_unsolved": gettext_lazy("Benefit of the doubt could not be solved: %(value)s"),
    "children_of_indicator": gettext_lazy(
        "“%(value)s” is at level 1 and is named as a parent: indicators have no children."
    ),
    "choices_exclude": gettext_lazy("Only one of these can be varied: %(value)s."),
    "circular": gettext_lazy("The parents go round in a circle and never reach the index."),
    "concentration": gettext_lazy("“%(value)s” is no concentration: it is a number from 1 up."),
    "constant": gettext_lazy("All values are the same, so this normalisation or weighting cannot tell units apart."),
    "direction": gettext_lazy("“%(value)s” is neither 1 (more is better) nor -1 (less is better)."),
    "duplicate_code": gettext_lazy("“%(value)s” is there twice."),
    "duplicate_unit": gettext_lazy("The unit is there twice."),
    "empty": gettext_lazy("There are no rows."),
    "empty_code": gettext_lazy("The code is missing."),
    "empty_group": gettext_lazy("No unit has a group."),
    "end_below": gettext_lazy(
        "The figures become logarithms or powers from %(lowest)s up, and %(value)s lies too far below for one. Choose an"
        " end nearer to the figures, or another treatment of outliers."
    ),
    "goalposts_equal": gettext_lazy("Both goalposts are the same."),
    "level": gettext_lazy("“%(value)s” is not a level: levels are 1, 2, 3 …, indicators at 1."),
    "maximum_is_zero": gettext_lazy("The maximum is 0, so there are no fractions of it."),
    "missing_column": gettext_lazy("The column is missing."),
    "missing_indicator": gettext_lazy("The metadata names this column, and it is missing."),
    "needs_column": gettext_lazy("The normalisation needs a number here for every indicator."),
    "negative_weight": gettext_lazy("“%(value)s” is not a weight: weights are numbers from 0 up."),
    "no_children": gettext_lazy("Nothing is below “%(value)s”, so it cannot be put together."),
    "no_factors": gettext_lazy("Nothing is varied."),
    "no_index": gettext_lazy("Nothing stands above “%(value)s”: a composite is made of something."),
    "no_indicators": gettext_lazy("There are no indicators."),
    "no_number": gettext_lazy("“%(value)s” is not a number. Numbers are written 1234.5; gaps are left empty or NA."),
    "no_units_left": gettext_lazy("No unit has at least this part of the indicators: %(value)s."),
    "no_weight": gettext_lazy("The weights of %(value)s sum to 0."),
    "not_a_number": gettext_lazy("“%(part)s” in “%(value)s” (%(step)s) is not a number."),
    "not_a_share": gettext_lazy("%(step)s: “%(value)s” is not a part between 0 and 1."),
    "nothing_left": gettext_lazy("No indicator is left."),
    "parent_not_above": gettext_lazy("The parent “%(value)s” does not stand at a higher level."),
    "reference_is_worst": gettext_lazy("The reference has the worst value, so there is no distance to measure by."),
    "reference_missing": gettext_lazy("The reference has no value."),
    "refused_runs": gettext_lazy("%(runs)s of %(all)s runs do not fit the figures: %(value)s."),
    "repeated": gettext_lazy("“%(value)s” is there twice."),
    "several_tops": gettext_lazy("More than one node has no parent: %(value)s. Only the index has none."),
    "target_is_worst": gettext_lazy("The target is the worst value, so there is no distance to measure by."),
    "too_few_runs": gettext_lazy("“%(value)s” is too few runs."),
    "too_few_units": gettext_lazy("Only %(count)s units have values of all of %(value)s: too few."),
    "unknown_choice": gettext_lazy("Nothing is known of %(value)s."),
    "unknown_code": gettext_lazy("“%(value)s” is not a code of the metadata."),
    "unknown_column": gettext_lazy("There should be no such column."),
    "unknown_denominator": gettext_lazy("There is no column “%(value)s” to divide by."),
    "unknown_group": gettext_lazy("There is no such column of groups."),
    "unknown_method": gettext_lazy("There is no method “%(value)s” of %(step)s. There are: %(known)s."),
    "unknown_parent": gettext_lazy("The parent “%(value)s” is not a code of the metadata."),
    "unknown_type": gettext_lazy("“%(value)s” is not one of Indicator, Aggregate, Group, Denominator, Other."),
    "unknown_unit": gettext_lazy("There is no unit “%(value)s”."),
    "unknown_year": gettext_lazy("There are no figures of %(value)s."),
    "weights_not_disturbed": gettext_lazy("Weights of “%(value)s” are found in the figures and cannot be disturbed."),
    "wrong_arguments": gettext_lazy("“%(value)s” is not how %(step)s is written: %(form)s."),
    "zero_denominator": gettext_lazy("The denominator of %(value)s is 0."),
}
WHERE = {
    "row": gettext_lazy("row %(row)s"),
    "column": gettext_lazy("column %(column)s"),
}
CAUTIONS = {
    "against_parent": gettext_lazy(
        "%(node)s runs against what it is part of (correlation %(correlation).2f): a gain there lowers the score."
    ),
    "foreign_to_parent": gettext_lazy(
        "%(node)s has little to do with what it is part of (correlation %(correlation).2f)."
    ),
    "indicator_left_out": gettext_lazy("%(indicator)s is left out: measured in too few units."),
    "many_first": gettext_lazy(
        "%(share).0f%% of the units share the first place: this composite does not tell them apart."
    ),
    "redundant": gettext_lazy("%(first)s and %(second)s say nearly the same (correlation %(correlation).2f)."),
    "runs_the_wrong_way": gettext_lazy(
        "%(indicator)s counts the wrong way: less of it is better, and its fraction of the maximum grows as it gets worse."
    ),
    "still_missing": gettext_lazy(
        "%(indicator)s: %(count)s values are still missing; the others of the unit count for them."
    ),
    "still_skewed": gettext_lazy("%(indicator)s has outliers that were not treated away."),
    "unit_left_out": gettext_lazy("%(unit)s is left out: too few of its indicators have values."),
    "untreatable": gettext_lazy(
        "%(indicator)s has outliers, and without them all values would be the same: it was left as it is."
    ),
}


def problem_text(problem):
    """The sentence of a StatisticsError, without its place."""
    place = told(problem.place)
    if problem.code == "pca_negative":
        return pca_text(place)
    if problem.code == "not_positive":
        return not_positive_text(place)
    return str(PROBLEMS[problem.code]) % place


def told(place):
    return {**place, "step": STEPS.get(place.get("step"), place.get("step")), "value": place.get("value", "")}


def pca_text(place):
    """Why weights from principal components are refused, and what to do instead."""
    listed = place["value"] + (_(" and %(more)s more") % place if place["more"] else "")
    return _(
        "Principal components would give negative weights: %(listed)s. These indicators run against the others of their "
        "group, so a better value would lower the score. Turn their direction, move or drop them, or choose other weights."
    ) % {"listed": listed}


def not_positive_text(place):
    if place["method"] == "ampi":
        return penalised_text(place)
    needs = {
        "gmean": _("A geometric mean needs figures above 0"),
        "hmean": _("A harmonic mean needs figures above 0"),
        "power": _("A power mean needs figures above 0 (from 0 for powers above 0)"),
        "entropy": _("Weights from entropy need figures from 0 up"),
        "bod": _("Benefit of the doubt needs figures from 0 up"),
    }[place["method"]]
    return pgettext(
        "statistics",
        "%(row)s has %(value)s in %(column)s. %(needs)s: choose another normalisation, such as minmax:1:100.",
    ) % {
        **place,
        "needs": needs,
    }


def penalised_text(place):
    """Why the penalty of AMPI cannot be taken off such a mean, and on which scale it can."""
    return (
        _(
            "The mean of %(row)s in %(column)s is %(value)s. The adjusted Mazziotta–Pareto index divides by it, so "
            "it has to be above 0: below, the penalty would be a reward. Choose another normalisation: minmax:70:130 is "
            "usual (Mazziotta and Pareto 2016)."
        )
        % place
    )


def caution_text(caution):
    """The sentence of a Caution; shares become percentages."""
    place = {name: value * 100 if name == "share" else value for name, value in caution.place.items()}
    return str(CAUTIONS[caution.code]) % place
