"""Numbers, dates, regions and what is only counted as plain, JSON-ready dictionaries, alone and by profile question."""

from dataclasses import asdict
from datetime import date

import numpy as np
import pandas as pd

from .crosstabs import cross_counts
from .numbers import describe, robust
from .parts import as_given, numbers_of
from .publication import published_options, published_reach, rounded, unless
from .published_groups import by_profiles, groups_of, published_group
from .published_orders import published_comparison
from .published_rows import whole_of

GROUPED = ("mean", "median", "lower_quartile", "upper_quartile")


def reach_of(tally):
    return published_reach(tally.reach, tally.hidden, tally.shown_hidden)


def given_reach(tally):
    """Reach where nothing but whether people answered is counted."""
    return reach_of(as_given(tally))


def bins(tally):
    return published_options(tally.codes, tally.count, whole_of(tally), tally.hidden_options)


def number_figures(question, survey, tally):
    """`bins` begin at their code and end at the next; the first and last also hold what lies outside."""
    values = pd.Series(np.where(survey.seen[question["code"]], numbers_of(question, survey.answers), np.nan))
    figures = plain(describe(values, survey.threshold)) | plain(robust(values, survey.threshold))
    return {
        **reach_of(tally),
        **{name: unless(tally.hidden.base, figure) for name, figure in figures.items()},
        "bins": bins(tally),
        **by_profiles(
            survey, question["code"], lambda profile: number_groups(survey, profile, tally, values.to_numpy())
        ),
    }


def plain(figures):
    return {name: rounded(figure) for name, figure in asdict(figures).items() if name != "base"}


def number_groups(survey, profile, tally, values):
    groups = groups_of(survey, profile, tally)
    rows = [published_group(group, **grouped(group, values, survey.threshold)) for group in groups]
    return {"rows": rows, "comparison": number_comparison(groups, values)}


def grouped(group, values, threshold):
    found = plain(describe(pd.Series(values[group.member]), threshold)) if group.told else {}
    return {name: found.get(name) for name in GROUPED}


def number_comparison(groups, values):
    """Of the groups that are told; numbers are compared by rank, so equal ones make one column."""
    told = [group for group in groups if group.told]
    if len(told) < 2:
        return None
    row = np.full(len(values), -1)
    for place, group in enumerate(told):
        row[group.member] = place
    distinct, column = np.unique(values[row >= 0], return_inverse=True)
    table = cross_counts(row[row >= 0], len(told), column, len(distinct))[:-1, :-1]
    return published_comparison(table, [group.code for group in told])


def date_figures(question, survey, tally):
    """`periods` begin at their code (year-month) and end before the next; figures are days."""
    dates = pd.to_datetime(survey.answers[question["code"]], format="%Y-%m-%d").where(survey.seen[question["code"]])
    days = (dates - pd.Timestamp(1970, 1, 1)).dt.days
    figures = asdict(describe(days, survey.threshold))
    told = {name: unless(tally.hidden.base, day_of(figure)) for name, figure in figures.items() if name != "base"}
    del told["mean"]
    return {**reach_of(tally), **told, "periods": bins(tally), **given_groups(question, survey, tally)}


def day_of(days):
    return None if days is None else date.fromordinal(int(days) + date(1970, 1, 1).toordinal()).isoformat()


def given_figures(question, survey, tally):
    return {**given_reach(tally), **given_groups(question, survey, tally)}


def given_groups(question, survey, tally):
    """How many of each group answered."""

    def figures(profile):
        rows = [published_group(group) for group in groups_of(survey, profile, tally)]
        return {"rows": [{**row, "suppressed": row["base"] is None} for row in rows]}

    return by_profiles(survey, question["code"], figures)


def region_figures(question, survey, tally):
    """`options` are the regions that were named, `countries` their sums."""
    whole, groups = whole_of(tally), tally.groups
    return {
        **reach_of(tally),
        "options": published_options(tally.codes, tally.count, whole, tally.hidden_options),
        "countries": published_options(groups.codes, groups.count, whole, groups.hidden),
        **given_groups(question, survey, tally),
    }
