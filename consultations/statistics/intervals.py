"""Confidence intervals of shares."""

import numpy as np
from scipy.special import ndtri


def wilson(count, total, confidence=0.95):
    """Score interval of count/total (Wilson, JASA 22, 1927): low and high in 0..1, NaN where total is 0.

    Takes numbers or arrays that broadcast. Raises ValueError for a count outside 0..total or a confidence outside 0..1.
    """
    count, total = np.asarray(count, dtype=float), np.asarray(total, dtype=float)
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    if np.any((count < 0) | (count > total)):
        raise ValueError("a count must lie between 0 and its total")
    z = ndtri((1 + confidence) / 2)
    total = np.where(total > 0, total, np.nan)
    centre = (count + z**2 / 2) / (total + z**2)
    reach = z / (total + z**2) * np.sqrt(count * (total - count) / total + z**2 / 4)
    return np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)
