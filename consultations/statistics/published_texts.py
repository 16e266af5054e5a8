"""What is told of free texts before anybody has read them: how many, how long, in which languages, by whom."""

import numpy as np
import pandas as pd

from .numbers import describe
from .publication import rounded, unless
from .published_groups import groups_of, published_group
from .published_numbers import given_groups, given_reach

LENGTHS = ("lower_quartile", "median", "upper_quartile")


def text_figures(question, survey, tally):
    """`words` are quartiles of the length in words; `languages` in which the questionnaire was answered."""
    column = survey.answers[question["code"]].where(survey.seen[question["code"]])
    lengths = column.str.count(r"\S+") if tally.reach.base else pd.Series(np.nan, index=column.index)
    described = describe(lengths, survey.threshold)
    return {
        **given_reach(tally),
        "words": {name: unless(tally.hidden.base, rounded(getattr(described, name))) for name in LENGTHS},
        "languages": languages(survey, tally),
        **given_groups(question, survey, tally),
    }


def languages(survey, tally):
    if survey.languages is None:
        return []
    groups = groups_of(survey, survey.languages, tally)
    return [{**published_group(group), "suppressed": group.base is None} for group in groups]
