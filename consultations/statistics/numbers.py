"""Figures of a number question."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import binom

from .ordinal import bootstrap_means

FEW = 1000  # distinct values whose resampling is still quick


@dataclass(frozen=True)
class NumberFigures:
    base: int
    mean: float | None = None
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None
    minimum: float | None = None
    maximum: float | None = None


def describe(values, threshold=1):
    """Figures in the unit of the answers. A figure is None unless `threshold` answers stand behind it.

    That is: that many answers for the mean, in each half for the median, in each quarter for the quartiles, and that
    many answers equal to an extreme, which else would be the figure of a few respondents.
    """
    given = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
    given = np.sort(given[~np.isnan(given)])
    base = len(given)
    if base < threshold or base == 0:
        return NumberFigures(base)
    lower, median, upper = np.quantile(given, [0.25, 0.5, 0.75]).tolist()
    halves, quarters = base >= 2 * threshold, base >= 4 * threshold
    return NumberFigures(
        base=base,
        mean=float(given.mean()),
        lower_quartile=lower if quarters else None,
        median=median if halves else None,
        upper_quartile=upper if quarters else None,
        minimum=float(given[0]) if given[threshold - 1] == given[0] else None,
        maximum=float(given[-1]) if given[-threshold] == given[-1] else None,
    )


@dataclass(frozen=True)
class RobustFigures:
    """Interval of the mean by resampling and of the median by order statistics; spread that outliers do not move."""

    mean_low: float | None = None
    mean_high: float | None = None
    median_low: float | None = None
    median_high: float | None = None
    interquartile_range: float | None = None
    median_deviation: float | None = None
    trimmed_mean: float | None = None


def robust(values, threshold=1):
    """Figures in the unit of the answers; each is None unless `threshold` answers stand on either side of what it tells.

    The trimmed mean leaves out a tenth at each end: with the mean it tells the mean of these, so they must be many too.
    """
    given = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
    given = np.sort(given[~np.isnan(given)])
    base = len(given)
    if base < max(threshold, 2):
        return RobustFigures()
    _mean, low, high = histogram_mean(given)
    lower, median, upper = np.quantile(given, [0.25, 0.5, 0.75]).tolist()
    quarters, end, tenth = base >= 4 * threshold, median_end(base), base // 10
    sure = quarters and end > threshold
    return RobustFigures(
        mean_low=low,
        mean_high=high,
        median_low=float(given[end - 1]) if sure else None,
        median_high=float(given[base - end]) if sure else None,
        interquartile_range=upper - lower if quarters else None,
        median_deviation=float(np.median(np.abs(given - median))) if quarters else None,
        trimmed_mean=float(given[tenth : base - tenth].mean()) if tenth >= threshold else None,
    )


def median_end(size, confidence=0.95):
    """The interval of the median runs from the k-th smallest to the k-th largest of so many answers; 0: there is none."""
    return max(0, int(binom.ppf((1 - confidence) / 2, size, 0.5)))


def histogram_mean(values, confidence=0.95):
    """Mean and its interval: by resampling the distinct values, or by the normal law if they are very many."""
    distinct, count = np.unique(values, return_counts=True)
    if len(distinct) <= FEW:
        mean, low, high = bootstrap_means(count[None], distinct, confidence=confidence)
        return float(mean[0]), float(low[0]), float(high[0])
    mean = float(np.mean(values))
    reach = float(ndtri((1 + confidence) / 2) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return mean, mean - reach, mean + reach
