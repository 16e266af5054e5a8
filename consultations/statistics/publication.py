"""Figures of one question as plain, JSON-ready dictionaries: hidden counts, and what would give them away, are None."""

import math

import numpy as np

from .intervals import wilson
from .suppression import suppress_counts

DIGITS = 6


def rounded(number):
    return None if number is None or not math.isfinite(number) else round(float(number), DIGITS)


def unless(hidden, number):
    return None if hidden else number


def concealed(reach, options, threshold, shown_hidden):
    """Hide counts of one question. If `shown` may not be told, "not shown" and "not answered" are one hidden rest."""
    rest = reach.not_answered + (reach.not_shown if shown_hidden else 0)
    return suppress_counts(options, threshold, reach.dont_know, rest, hide_rest=shown_hidden)


def published_reach(reach, hidden, shown_hidden):
    """How far the question came, and which public number its shares are shares of."""
    return {
        "responses": reach.responses,
        "shown": unless(shown_hidden, reach.shown),
        "not_answered": unless(hidden.rest or shown_hidden, reach.not_answered),
        "dont_know": unless(hidden.dont_know, reach.dont_know),
        "base": unless(hidden.base, reach.base),
        "share_of": share_of(hidden, shown_hidden),
    }


def share_of(hidden, shown_hidden):
    if not hidden.base:
        return "base"
    return "responses" if shown_hidden else "shown"


def total(reach, hidden, shown_hidden):
    return getattr(reach, share_of(hidden, shown_hidden))


def published_options(codes, count, whole, hidden):
    """One entry per option: count, share of `whole` and its interval."""
    low, high = wilson(count, whole)
    share = np.asarray(count) / whole if whole else np.full(len(codes), np.nan)
    return [
        {
            "code": code,
            "count": unless(secret, number),
            "share": unless(secret, rounded(part)),
            "low": unless(secret, rounded(bottom)),
            "high": unless(secret, rounded(top)),
            "suppressed": secret,
        }
        for code, number, part, bottom, top, secret in zip(
            codes, np.asarray(count).tolist(), share.tolist(), low.tolist(), high.tolist(), hidden.tolist(), strict=True
        )
    ]


def settled(statistic, count, hidden):
    """A statistic of one row of counts if the published counts settle it, else None.

    It is taken with all hidden answers at the lowest and then at the highest hidden code; both must agree.
    """
    places = np.flatnonzero(hidden)
    if not len(places):
        return statistic(count)
    low, high = np.where(hidden, 0, count), np.where(hidden, 0, count)
    low[places[0]] = high[places[-1]] = count[hidden].sum()
    return statistic(low) if statistic(low) == statistic(high) else None
