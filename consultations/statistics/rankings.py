"""Figures of a ranking question, from ballots that may rank only some of the options."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .frequencies import NOT_ANSWERED, NOT_SHOWN
from .intervals import wilson


@dataclass(frozen=True)
class Ranking:
    """`options` is indexed by code: ranked, borda, mean_rank, first, first_share, low, high."""

    base: int
    complete: int
    options: pd.DataFrame
    kendall_w: float | None
    condorcet_winner: str | None


def ballots(answers, shown, code, options):
    """Ranks (responses × options, NaN unranked, gaps closed, ties averaged) and positions: 0 answered, -1, -2."""
    seen = np.asarray(shown, dtype=bool)
    given = answers[[f"{code}.{option}" for option in options]].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    ranks = rankdata(np.where(seen[:, None], given, np.nan), axis=1, nan_policy="omit")
    answered = ~np.isnan(ranks).all(axis=1)
    return ranks, np.select([~seen, answered], [NOT_SHOWN, 0], NOT_ANSWERED)


def borda(ranks):
    """Mean points per ballot: of n options the first gets n-1 points, the next n-2, and so on to 0.

    The options a ballot leaves unranked share the mean of the points it has not given.
    """
    size = ranks.shape[1]
    left = size - (~np.isnan(ranks)).sum(axis=1)
    return np.where(np.isnan(ranks), (left[:, None] - 1) / 2, size - ranks).mean(axis=0)


def kendall_w(ranks):
    """Agreement among complete ballots, 0..1, corrected for ties (Kendall 1948); None if nothing can be compared."""
    judges, size = ranks.shape
    if judges < 2 or size < 2:
        return None
    sums = ranks.sum(axis=0)
    spread = ((sums - sums.mean()) ** 2).sum()
    # A group of t ties has t members with t-1 equal others each, so t³-t = Σ (t²-1) over its members.
    equals = (ranks[:, :, None] == ranks[:, None, :]).sum(axis=2)
    possible = judges**2 * (size**3 - size) - judges * (equals.astype(float) ** 2 - 1).sum()
    return float(12 * spread / possible) if possible > 0 else None


def condorcet_winner(ranks):
    """Index of the option that more ballots put above than below every other, or None. Unranked is below ranked."""
    filled = np.where(np.isnan(ranks), np.inf, ranks)
    above = (filled[:, :, None] < filled[:, None, :]).sum(axis=0)
    beats = (above > above.T).sum(axis=1) == ranks.shape[1] - 1
    return int(np.argmax(beats)) if beats.any() else None


def ranking(ranks, options):
    """All figures of an array of ballots; ballots without any rank do not count."""
    ranks = ranks[~np.isnan(ranks).all(axis=1)]
    base, ranked, first = len(ranks), (~np.isnan(ranks)).sum(axis=0), (ranks == 1).sum(axis=0)
    full = ranks[~np.isnan(ranks).any(axis=1)]
    low, high = wilson(first, base)
    nothing = np.full(len(options), np.nan)
    frame = pd.DataFrame(
        {
            "ranked": ranked,
            "borda": borda(ranks) if base else nothing,
            "mean_rank": np.divide(np.nansum(ranks, axis=0), ranked, out=nothing.copy(), where=ranked > 0),
            "first": first,
            "first_share": first / base if base else nothing,
            "low": low,
            "high": high,
        },
        index=pd.Index(options, name="code"),
    )
    winner = condorcet_winner(ranks) if base else None
    return Ranking(base, len(full), frame, kendall_w(full), None if winner is None else options[winner])
