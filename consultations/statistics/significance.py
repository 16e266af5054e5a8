"""Probabilities without a distribution table: replications with fixed margins, and many tests at once."""

import numpy as np
from scipy.stats import random_table

REPLICATIONS = 2000
SEED = 2027  # figures must come out the same whenever they are computed again


def tables_alike(table, replications=REPLICATIONS, seed=SEED):
    """Random tables with the margins of this one (replications × rows × columns), as if rows told nothing of columns.

    Two columns are drawn at once by the multivariate hypergeometric distribution, more by Patefield's algorithm
    (Applied Statistics 30, 1981).
    """
    table = np.asarray(table)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    if len(columns) == 2:
        chance = np.random.default_rng(seed)
        first = chance.multivariate_hypergeometric(rows, columns[0], size=replications, method="marginals")
        return np.stack([first, rows - first], axis=2)
    return random_table(rows, columns, seed=seed).rvs(replications, method="patefield")


def monte_carlo(table, expected, chi2, replications=REPLICATIONS, seed=SEED):
    """Share of tables with the same margins whose chi-square is at least as large (Hope 1968: the table itself counts).

    As margins are fixed, Σ(n-e)²/e and Σn²/e order tables alike.
    """
    found = (tables_alike(table, replications, seed).reshape(replications, -1) ** 2.0) @ (1 / expected.ravel())
    limit = (chi2 + expected.sum()) * (1 - 1e-9)
    return float((1 + (found >= limit).sum()) / (replications + 1))


def holm(probabilities):
    """Probabilities of a batch of tests corrected by Holm's step-down procedure (Scand. J. Stat. 6, 1979)."""
    given = np.asarray(probabilities, dtype=float)
    order, size = np.argsort(given, kind="stable"), len(given)
    stepped = np.maximum.accumulate((size - np.arange(size)) * given[order])
    found = np.empty(size)
    found[order] = np.minimum(stepped, 1)
    return found
