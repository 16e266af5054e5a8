"""Quality of the answers to a battery as plain, JSON-ready dictionaries: whether its rows belong together."""

import numpy as np

from .intervals import wilson
from .publication import rounded, unless
from .reliability import alpha, correlations, omega
from .suppression import suppress_ticks


def battery_quality(question, survey, tallies):
    """`reliability` and `straight_lining`, of those who gave every row a step."""
    steps = np.column_stack([tally.standing for tally in tallies.values()])
    complete = steps[((steps >= 0) & (steps < len(next(iter(tallies.values())).codes))).all(axis=1)]
    closed = any(tally.hidden_options.any() or tally.hidden.base for tally in tallies.values())
    partial = bool(suppress_ticks(len(complete), len(steps), survey.threshold))
    return {
        "reliability": reliability(question["rows"], complete, closed or partial, survey.threshold),
        "straight_lining": straight(complete, partial, survey.threshold),
    }


def reliability(rows, complete, closed, threshold):
    """Withheld with any hidden count, for the variance of a row follows from its counts."""
    if closed or len(complete) < max(threshold, 3) or len(rows) < 2:
        return {"base": None, "alpha": None, "omega": None, "correlations": None, "suppressed": True}
    matrix = correlations(complete).tolist()
    return {
        "base": len(complete),
        "alpha": rounded(alpha(complete)),
        "omega": rounded(omega(complete)),
        "correlations": [[rounded(cell) for cell in line] for line in matrix],
        "suppressed": False,
    }


def straight(complete, partial, threshold):
    """Who gave all rows the same step."""
    base = len(complete)
    count = int((complete == complete[:, :1]).all(axis=1).sum()) if complete.shape[1] > 1 else 0
    secret = partial or complete.shape[1] < 2 or bool(suppress_ticks(count, base, threshold)) or 0 < base < threshold
    low, high = wilson(count, base)
    return {
        "base": unless(partial, base),
        "count": unless(secret, count),
        "share": None if secret or not base else rounded(count / base),
        "low": None if secret else rounded(low),
        "high": None if secret else rounded(high),
        "suppressed": secret,
    }
