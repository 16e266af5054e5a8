"""How far the answers can be trusted. The figures are exact: round them before they leave the house."""

import numpy as np


def effective_number(counts):
    """Effective number of groups, 1/Σp² (Laakso and Taagepera 1979): n equal groups give n; NaN without answers."""
    counts = np.asarray(counts, dtype=float)
    return float(counts.sum() ** 2 / (counts**2).sum()) if counts.any() else float("nan")


def largest_share(counts):
    """Share of the largest group, 0..1; NaN without answers."""
    counts = np.asarray(counts, dtype=float)
    return float(counts.max() / counts.sum()) if counts.any() else float("nan")


def straight_lining(battery):
    """Share of respondents who gave the same answer to every row, among those who answered all of at least two rows."""
    complete = battery[battery.notna().all(axis=1)].to_numpy()
    if complete.shape[1] < 2 or not len(complete):
        return float("nan")
    return float((complete == complete[:, :1]).all(axis=1).mean())
