"""Two questions against each other."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import chdtrc
from scipy.stats import fisher_exact

from .significance import monte_carlo

UNSTATED = ""  # the code of those who gave no option: not shown, not answered, don't know


@dataclass(frozen=True)
class Association:
    """Test of independence and strength; `residuals` has the shape of the table, NaN in its empty rows and columns."""

    method: str
    chi2: float
    dof: int
    p: float
    cramers_v: float
    residuals: np.ndarray
    low_expected: int


def cross_counts(rows, height, columns, width):
    """Counts of two arrays of positions; the last row and the last column hold those who chose no option."""
    rows, columns = np.where(rows < 0, height, rows), np.where(columns < 0, width, columns)
    table = np.bincount(rows * (width + 1) + columns, minlength=(height + 1) * (width + 1))
    return table.reshape(height + 1, width + 1)


def crosstab(rows, row_codes, columns, column_codes):
    """Frame of the counts of two arrays of positions; the code of those who chose no option is UNSTATED."""
    table = cross_counts(rows, len(row_codes), columns, len(column_codes))
    return pd.DataFrame(table, index=[*row_codes, UNSTATED], columns=[*column_codes, UNSTATED])


def column_shares(table):
    """Each cell as a share of its column, 0..1; NaN in empty columns."""
    return row_shares(table.T).T


def row_shares(table):
    """Each cell as a share of its row, 0..1; NaN in empty rows."""
    totals = table.sum(axis=1)
    return table.div(totals.where(totals > 0), axis=0)


def cramers_v(chi2, total, rows, columns):
    """Cramér's V with the bias correction of Bergsma (J. Korean Stat. Soc. 42, 2013), 0..1."""
    if total < 2:
        return float("nan")
    strength = max(0.0, chi2 / total - (rows - 1) * (columns - 1) / (total - 1))
    height = rows - (rows - 1) ** 2 / (total - 1)
    width = columns - (columns - 1) ** 2 / (total - 1)
    smaller = min(height, width) - 1
    return float(min(1.0, np.sqrt(strength / smaller))) if smaller > 0 else float("nan")


def expected_counts(table):
    return table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()


def adjusted_residuals(table):
    """Adjusted standardised residuals (Haberman 1973), about normal if rows and columns are independent."""
    total, expected = table.sum(), expected_counts(table)
    row, column = table.sum(axis=1, keepdims=True) / total, table.sum(axis=0, keepdims=True) / total
    return (table - expected) / np.sqrt(expected * (1 - row) * (1 - column))


def association(table):
    """Pearson's chi-square without correction. With an expected count below 5: for 2×2 Fisher's exact test, else the
    probability of chi-square among random tables with the same margins.

    Empty rows and columns are left out of the test; None when fewer than two of either remain.
    """
    table = np.asarray(table)
    rows, columns = table.any(axis=1), table.any(axis=0)
    if rows.sum() < 2 or columns.sum() < 2:
        return None
    used = table[np.ix_(rows, columns)]
    expected, dof = expected_counts(used), (len(used) - 1) * (used.shape[1] - 1)
    chi2 = float(((used - expected) ** 2 / expected).sum())
    method = "chi2" if (expected >= 5).all() else "fisher" if used.shape == (2, 2) else "monte_carlo"
    residuals = np.full(table.shape, np.nan)
    residuals[np.ix_(rows, columns)] = adjusted_residuals(used)
    return Association(
        method=method,
        chi2=chi2,
        dof=dof,
        p=probability(method, used, expected, chi2, dof),
        cramers_v=cramers_v(chi2, used.sum(), *used.shape),
        residuals=residuals,
        low_expected=int((expected < 5).sum()),
    )


def probability(method, table, expected, chi2, dof):
    if method == "monte_carlo":
        return monte_carlo(table, expected, chi2)
    return float(fisher_exact(table).pvalue if method == "fisher" else chdtrc(dof, chi2))
