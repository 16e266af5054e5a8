"""Skewness and kurtosis of columns, adjusted for small samples (G1 and G2 of Joanes and Gill 1998), gaps left out."""

import numpy as np


def moments(values):
    """(number of values, sums of second, third and fourth powers of deviations) by column; of constants exactly 0.

    Sums are carried with more digits than their terms, as R does, so that columns at a limit fall on the same side.
    """
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    filled = np.where(there, values, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (filled.sum(axis=0, dtype=np.longdouble) / count).astype(float)
    low, high = np.where(there, values, np.inf).min(axis=0), np.where(there, values, -np.inf).max(axis=0)
    away = np.where(there & (low < high), filled - mean, 0.0)
    square = away * away
    powers = square, square * away, square * square
    return count, *(power.sum(axis=0, dtype=np.longdouble).astype(float) for power in powers)


def skewness_and_kurtosis(values):
    """Two arrays, one number per column: NaN for constant columns, for skewness below 3 and for kurtosis below 4 values."""
    n, second, third, fourth = moments(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        skew = np.sqrt(n) * third / second**1.5 * np.sqrt(n * (n - 1.0)) / (n - 2)
        kurtosis = ((n + 1) * (n * fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2.0) * (n - 3))
    return np.where(n >= 3, skew, np.nan), np.where(n >= 4, kurtosis, np.nan)


def passes(skew, kurtosis, skew_limit, kurtosis_limit):
    """Two boolean arrays: which columns pass, and which cannot be judged.

    A column fails when |skewness| and kurtosis both reach their limits (the rule of the Global Innovation Index and COINr).
    """
    with np.errstate(invalid="ignore"):
        passed = (np.abs(skew) < skew_limit) | (kurtosis < kurtosis_limit)
    unknown = ~passed & (np.isnan(skew) | np.isnan(kurtosis))
    return passed, unknown
