"""How far raters agree on an order: weighted kappa of two, Krippendorff's alpha of any number with gaps."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import ndtri


@dataclass(frozen=True)
class Agreement:
    """`base`: what at least two rated; `observed`: weighted share of agreement, where it applies.

    `value` is None where everybody gave one and the same rating throughout: chance alone explains that.
    """

    base: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    observed: float | None = None


def nominal(first, second):
    return (first != second).astype(float)


def linear(first, second):
    return np.abs(first - second)


def quadratic(first, second):
    return (first - second) ** 2


DISTANCES = {"nominal": nominal, "linear": linear, "quadratic": quadratic}


def weighted_kappa(first, second, weights="quadratic", confidence=0.95) -> Agreement:
    """Cohen's weighted kappa (Psychol. Bull. 70, 1968) of what both rated, the interval after Fleiss, Cohen and Everitt
    (Psychol. Bull. 72, 1969).

    Ratings are numbers, NaN where one was not given; `weights`: nominal, linear, quadratic, or a matrix of agreement
    (1 on the diagonal) between the ratings 0, 1, 2 …
    """
    pair = np.array([first, second], dtype=float)
    pair = pair[:, ~np.isnan(pair).any(axis=0)]
    base = pair.shape[1]
    if not base:
        return Agreement(0)
    scale, codes = coded(pair, weights)
    size = len(scale)
    table = np.bincount(codes[0] * size + codes[1], minlength=size * size).reshape(size, size) / base
    return kappa_of(table, closeness(scale, weights), base, confidence)


def coded(pair, weights):
    if not isinstance(weights, str):
        return np.arange(len(weights)), pair.astype(int)
    scale, codes = np.unique(pair, return_inverse=True)
    return scale, codes.reshape(pair.shape)


def closeness(scale, weights):
    if not isinstance(weights, str):
        return np.asarray(weights, dtype=float)
    apart = DISTANCES[weights](scale[:, None], scale[None, :])
    return 1 - apart / (apart.max() or 1)


def kappa_of(table, close, base, confidence):
    rows, columns, observed = table.sum(axis=1), table.sum(axis=0), float((close * table).sum())
    chance = float(rows @ close @ columns)
    if chance >= 1 - 1e-12:
        return Agreement(base, observed=observed)
    found = (observed - chance) / (1 - chance)
    reach = (close @ columns)[:, None] + (rows @ close)[None, :]
    spread = (table * (close - reach * (1 - found)) ** 2).sum() - (found - chance * (1 - found)) ** 2
    error = np.sqrt(max(0.0, spread) / base) / (1 - chance) * ndtri((1 + confidence) / 2)
    return Agreement(base, found, float(max(-1, found - error)), float(min(1, found + error)), observed)


def pairwise_kappas(ratings, weights="quadratic", confidence=0.95) -> dict[tuple[int, int], Agreement]:
    """Of every two raters; `ratings` has a row per rater and a column per thing rated."""
    ratings = np.asarray(ratings, dtype=float)
    return {
        (one, two): weighted_kappa(ratings[one], ratings[two], weights, confidence)
        for one, two in combinations(range(len(ratings)), 2)
    }


def alpha(ratings, level="ordinal", replications=0, seed=0, confidence=0.95) -> Agreement:
    """Krippendorff's alpha (Content Analysis, 2004; Computing Krippendorff's Alpha-Reliability, 2011).

    `ratings` has a row per rater and a column per thing rated, NaN where a rating is missing; things rated once say
    nothing. `level`: nominal, ordinal, interval, ratio. With `replications` the interval is the percentile bootstrap
    over the things rated.
    """
    scale, counts = tallied(ratings)
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        return Agreement(0)
    pairs = coincidences(counts)
    found = float(alphas(pairs.sum(axis=0)[None], scale, level)[0])
    if np.isnan(found):
        return Agreement(len(counts))
    return Agreement(len(counts), found, *resampled(pairs, scale, level, replications, seed, confidence))


def tallied(ratings):
    """The values that occur, and how often each was given to each thing."""
    ratings = np.asarray(ratings, dtype=float)
    scale = np.unique(ratings[~np.isnan(ratings)])
    return scale, (ratings[:, :, None] == scale).sum(axis=0).astype(float)


def coincidences(counts):
    """Of each thing: how often two raters gave it this and that value, each of its ratings counting once."""
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    return pairs / (counts.sum(axis=1) - 1)[:, None, None]


def alphas(pairs, scale, level):
    """Of each of several tables of coincidences; NaN where only one value was given."""
    margins = pairs.sum(axis=2)
    apart = differences(scale, margins, level)
    expected = (margins[:, :, None] * margins[:, None, :] * apart).sum(axis=(1, 2))
    observed = (pairs * apart).sum(axis=(1, 2)) * (margins.sum(axis=1) - 1)
    return 1 - np.divide(observed, expected, out=np.full(len(expected), np.nan), where=expected > 0)


def differences(scale, margins, level):
    """Squared, between any two values, for each table."""
    one, two = scale[:, None], scale[None, :]
    if level == "ordinal":
        middle = margins.cumsum(axis=1) - margins / 2
        return (middle[:, :, None] - middle[:, None, :]) ** 2
    if level == "ratio":
        total = one + two
        return np.divide(one - two, total, out=np.zeros_like(total), where=total != 0)[None] ** 2
    return {"nominal": nominal, "interval": quadratic}[level](one, two)[None]


def resampled(pairs, scale, level, replications, seed, confidence):
    if not replications:
        return None, None
    units = len(pairs)
    drawn = np.random.Generator(np.random.PCG64(seed)).multinomial(units, np.full(units, 1 / units), size=replications)
    again = (drawn @ pairs.reshape(units, -1)).reshape(replications, len(scale), len(scale))
    found = alphas(again, scale, level)
    if np.isnan(found).all():
        return None, None
    return tuple(np.nanquantile(found, [(1 - confidence) / 2, (1 + confidence) / 2]).tolist())
