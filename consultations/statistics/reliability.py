"""How well the rows of a battery measure one thing. Rows are respondents, columns items, no gaps."""

import numpy as np

ROUNDS = 500
CLOSE = 1e-10


def correlations(items):
    """Pearson correlations of the items; NaN of an item that never varies."""
    items = np.asarray(items, dtype=float)
    centred = items - items.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    length[length == 0] = np.nan
    return (centred.T @ centred) / length[:, None] / length[None, :]


def alpha(items):
    """Cronbach's alpha (Psychometrika 16, 1951); None of fewer than two items, two respondents or without variance."""
    items = np.asarray(items, dtype=float)
    respondents, size = items.shape
    if size < 2 or respondents < 2:
        return None
    whole = items.sum(axis=1).var(ddof=1)
    return float(size / (size - 1) * (1 - items.var(axis=0, ddof=1).sum() / whole)) if whole else None


def loadings(matrix):
    """Loadings of one common factor by iterated principal axes, from correlations; None where they do not settle."""
    communality = 1 - 1 / np.diag(np.linalg.pinv(matrix))
    for _round in range(ROUNDS):
        reduced = matrix.copy()
        np.fill_diagonal(reduced, communality)
        values, vectors = np.linalg.eigh(reduced)
        found = vectors[:, -1] * np.sqrt(max(values[-1], 0))
        if (found**2 > 1).any():
            return None
        if np.allclose(found**2, communality, rtol=0, atol=CLOSE):
            return found if found.sum() >= 0 else -found
        communality = found**2
    return None


def omega(items):
    """McDonald's omega of one factor, from correlations (Test Theory, 1999); None where alpha is, or nothing settles."""
    if alpha(items) is None or np.shape(items)[1] < 3:
        return None
    matrix = correlations(items)
    found = None if np.isnan(matrix).any() else loadings(matrix)
    return None if found is None else float(found.sum() ** 2 / (found.sum() ** 2 + (1 - found**2).sum()))
