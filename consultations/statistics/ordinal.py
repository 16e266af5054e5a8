"""Groups compared on an ordered scale, from tables of counts: a row per group, a column per step from low to high."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr

from .significance import REPLICATIONS, SEED


@dataclass(frozen=True)
class Comparison:
    """`effect` is Cliff's delta of two groups (-1..1, above 0: the first lies higher) or epsilon² of more (0..1)."""

    method: str
    statistic: float
    p: float
    effect: float


def midranks(steps):
    """The rank each member of a step shares with the others, from the counts of the steps."""
    return np.cumsum(steps) - (steps - 1) / 2


def ties(steps):
    return float((steps**3 - steps).sum())


def mann_whitney(table):
    """U of the first row, two-sided probability by the normal law with ties and continuity corrected, Cliff's delta."""
    table = np.asarray(table, dtype=float)
    first, second = table.sum(axis=1)
    whole, steps = first + second, table.sum(axis=0)
    u = float(table[0] @ midranks(steps) - first * (first + 1) / 2)
    spread = np.sqrt(first * second / 12 * (whole + 1 - ties(steps) / (whole * (whole - 1))))
    if not spread:
        return Comparison("mann_whitney", u, 1.0, 0.0)
    z = (max(u, first * second - u) - first * second / 2 - 0.5) / spread
    return Comparison("mann_whitney", u, float(min(1, 2 * ndtr(-z))), float(2 * u / (first * second) - 1))


def kruskal(table):
    """Kruskal and Wallis's H corrected for ties (JASA 47, 1952), its chi-square probability, epsilon² = H/(N-1)."""
    table = np.asarray(table, dtype=float)
    groups, steps = table.sum(axis=1), table.sum(axis=0)
    whole = groups.sum()
    correction = 1 - ties(steps) / (whole**3 - whole)
    if correction <= 0:
        return Comparison("kruskal", 0.0, 1.0, 0.0)
    sums = table @ midranks(steps)
    h = (12 / (whole * (whole + 1)) * (sums**2 / groups).sum() - 3 * (whole + 1)) / correction
    return Comparison("kruskal", float(h), float(chdtrc(len(groups) - 1, h)), float(max(0, h) / (whole - 1)))


def compared(table):
    """Mann-Whitney of two groups, Kruskal-Wallis of more; None of fewer. Every group must have answers."""
    return None if len(table) < 2 else mann_whitney(table) if len(table) == 2 else kruskal(table)


def bootstrap_means(table, values, replications=REPLICATIONS, seed=SEED, confidence=0.95):
    """Mean of each row with its percentile interval: low and high of as many resampled rows; NaN without answers."""
    table, values = np.asarray(table), np.asarray(values, dtype=float)
    base = table.sum(axis=1)
    shares = table / np.maximum(base, 1)[:, None]
    shares[base == 0, 0] = 1
    drawn = np.random.default_rng(seed).multinomial(base[:, None], shares[:, None, :], (len(table), replications))
    means = np.where(base[:, None] > 0, (drawn @ values) / np.maximum(base, 1)[:, None], np.nan)
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail], axis=1)
    return np.where(base > 0, (table @ values) / np.maximum(base, 1), np.nan), low, high


def three_ways(size):
    """Steps of a scale below, at and above its middle, as slices; without a middle step nobody is neutral."""
    half = size // 2
    return slice(0, half), slice(half, size - half), slice(size - half, size)
