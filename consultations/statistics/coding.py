"""Agreement of two people who gave codes to the same texts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri


@dataclass(frozen=True)
class Agreement:
    """`observed` share of agreement, Cohen's kappa with interval; kappa is None where chance alone explains all."""

    base: int
    observed: float | None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None


def kappa(first, second, confidence=0.95):
    """Cohen's kappa of texts that both coded with one code each (Educ. Psychol. Meas. 20, 1960).

    The interval is that of Fleiss, Cohen and Everitt (Psychol. Bull. 72, 1969). Texts either left out do not count.
    """
    pair = pd.DataFrame({"first": list(first), "second": list(second)}).dropna()
    if pair.empty:
        return Agreement(0, None)
    code, names = pd.factorize(pd.concat([pair["first"], pair["second"]]))
    one, two = np.split(code, 2)
    size, base = len(names), len(pair)
    table = np.bincount(one * size + two, minlength=size * size).reshape(size, size) / base
    rows, columns, observed = table.sum(axis=1), table.sum(axis=0), float(np.trace(table))
    chance = float(rows @ columns)
    if chance >= 1:
        return Agreement(base, observed)
    found = (observed - chance) / (1 - chance)
    reach = ndtri((1 + confidence) / 2) * np.sqrt(variance(table, rows, columns, found, chance) / base)
    return Agreement(base, observed, found, float(max(-1, found - reach)), float(min(1, found + reach)))


def variance(table, rows, columns, found, chance):
    """Large-sample variance of kappa, times the number of texts."""
    diagonal, both = np.diag(table), rows + columns
    agree = (diagonal * (1 - both * (1 - found)) ** 2).sum()
    apart = table * (columns[:, None] + rows[None, :]) ** 2
    differ = (1 - found) ** 2 * (apart.sum() - np.trace(apart))
    return max(0.0, (agree + differ - (found - chance * (1 - found)) ** 2) / (1 - chance) ** 2)


def code_agreement(first, second):
    """Agreement per code where a text may have several: frames of booleans, a row per text, a column per code."""
    codes = [code for code in first.columns if code in second.columns]
    return {code: kappa(first[code], second[code]) for code in codes}
