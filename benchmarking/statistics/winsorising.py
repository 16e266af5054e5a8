"""Draws outliers in to their neighbours, point by point, in all columns at once."""

import numpy as np

from .shape import passes, skewness_and_kurtosis


def winsorised(values, limits, most):
    """(values, marks, which columns pass, which cannot be judged).

    In each round the highest point of a column (the lowest where skewness is negative) becomes the next one; tied points move
    together. A column stops when it passes, when `most` points lie at its drawn-in ends, or when nothing is left to judge by.
    """
    values = values.copy()
    top, bottom = np.zeros(values.shape, bool), np.zeros(values.shape, bool)
    skew, kurtosis = skewness_and_kurtosis(values)
    passed, unknown = passes(skew, kurtosis, *limits)
    going = ~passed & ~unknown & (most > 0)
    while going.any():
        columns = np.flatnonzero(going)
        high = skew[columns] >= 0
        draw(values, top, columns[high], 1)
        draw(values, bottom, columns[~high], -1)
        skew[columns], kurtosis[columns] = skewness_and_kurtosis(values[:, columns])
        passed[columns], unknown[columns] = passes(skew[columns], kurtosis[columns], *limits)
        going = ~passed & ~unknown & (top.sum(axis=0) + bottom.sum(axis=0) < most)
    return values, top.astype(np.int8) - bottom.astype(np.int8), passed, unknown


def draw(values, ends, columns, side):
    """Moves the end of each column, on the high (1) or low (-1) side, in to the next value."""
    if not len(columns):
        return
    turned = np.where(np.isnan(values[:, columns]), -np.inf, values[:, columns] * side)
    at_end = turned == turned.max(axis=0)
    following = np.where(at_end, -np.inf, turned).max(axis=0)
    values[:, columns] = np.where(at_end, following * side, values[:, columns])
    ends[:, columns] = at_end
