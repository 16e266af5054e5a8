"""Outliers: finds indicators whose few extreme values would decide everything, and treats them.

The rule and the order are those of COINr (Becker et al. 2022): winsorise one point at a time, and where that is not enough
take the logarithm of the original figures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from .coverage import refuse_empty
from .shape import passes, skewness_and_kurtosis
from .winsorising import winsorised

HIGH, LOW, TRANSFORMED = 1, -1, 2


@dataclass(frozen=True)
class Treated:
    """`table`: a row per indicator: method, points, skewness and kurtosis before and after, passes.

    `marks`: as `values`, 1 where a high and -1 where a low point was drawn in, 2 where the column was transformed.
    """

    values: pd.DataFrame
    table: pd.DataFrame
    marks: pd.DataFrame


def treat(figures, recipe):
    """Treats the columns of a frame as the recipe's treatment says; columns that cannot be judged stay as they are."""
    refuse_empty(figures)
    method = recipe.method("treatment")
    limits = recipe.skewness, recipe.kurtosis
    before = figures.to_numpy(float)
    values, marks, how = TREATMENTS[method.name](before, limits, *method.arguments)
    return Treated(
        frame(values, figures), table(before, values, marks, how, limits, figures.columns), frame(marks, figures)
    )


def frame(values, like):
    return pd.DataFrame(values, index=like.index, columns=like.columns)


def table(before, after, marks, how, limits, codes):
    shapes = np.array([*skewness_and_kurtosis(before), *skewness_and_kurtosis(after)])
    names = ["skewness_before", "kurtosis_before", "skewness_after", "kurtosis_after"]
    found = pd.DataFrame(shapes.T, index=codes, columns=names)
    found.insert(0, "method", how)
    found.insert(1, "points", (marks != 0).sum(axis=0))
    found["passes"] = passes(shapes[2], shapes[3], *limits)[0]
    return found


def failing(values, limits):
    passed, unknown = passes(*skewness_and_kurtosis(values), *limits)
    return ~passed & ~unknown


def untouched(values, limits):
    return values, np.zeros(values.shape, np.int8), np.full(values.shape[1], "", object)


def winsorise(values, limits, most=np.inf):
    """Winsorises failing columns in at most `most` points; what still fails then is transformed from the original."""
    result, marks, how = untouched(values.copy(), limits)
    fails = np.flatnonzero(failing(values, limits))
    drawn, drawn_marks, passed, unknown = winsorised(values[:, fails], limits, most)
    result[:, fails[passed]], marks[:, fails[passed]] = drawn[:, passed], drawn_marks[:, passed]
    how[fails[passed]], how[fails[unknown]] = "winsorise", "untreatable"
    rest = fails[~passed & ~unknown]
    return transformed(result, marks, how, rest, logarithm(values[:, rest]), "log")


def transformed(values, marks, how, columns, new, name):
    values[:, columns], marks[:, columns], how[columns] = new, np.where(np.isnan(new), 0, TRANSFORMED), name
    return values, marks, how


def logarithm(values):
    """ln(x − min + 0.01 (max − min)) of every column."""
    if not values.shape[1]:
        return values
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    return np.log(lifted(values, low, high))


def lifted(values, low, high):
    return values - low + 0.01 * (high - low)


def log(values, limits):
    """The logarithm of failing columns."""
    result, marks, how = untouched(values.copy(), limits)
    fails = np.flatnonzero(failing(values, limits))
    return transformed(result, marks, how, fails, logarithm(values[:, fails]), "log")


def boxcox(values, limits, power=None):
    """Box and Cox (1964) for failing columns, shifted to begin at 1; without a power, the most likely one of each column."""
    result, marks, how = untouched(values.copy(), limits)
    fails = np.flatnonzero(failing(values, limits))
    shifted = values[:, fails] - np.nanmin(values[:, fails], axis=0) + 1 if len(fails) else values[:, fails]
    new = [boxcoxed(column, power) for column in shifted.T]
    return transformed(result, marks, how, fails, np.array(new).T if new else shifted, "boxcox")


def boxcoxed(column, power):
    chosen = likeliest(column[~np.isnan(column)], power)
    return stats.boxcox(np.where(np.isnan(column), 1.0, column), chosen) + np.where(np.isnan(column), np.nan, 0)


def likeliest(there, power):
    return power if power is not None else float(stats.boxcox_normmax(there, method="mle"))


def deviations(values, limits, k):
    """Draws whatever lies beyond k standard deviations of the mean in to there, in every column (as the EIS does)."""
    middle, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0, ddof=1)
    low, high = middle - k * spread, middle + k * spread
    marks = (values > high).astype(np.int8) - (values < low).astype(np.int8)
    how = np.where((marks != 0).any(axis=0), "sd", "").astype(object)
    return np.clip(values, low, high), marks, how


TREATMENTS: dict[str, Callable] = {
    "none": untouched,
    "winsorise": winsorise,
    "log": log,
    "boxcox": boxcox,
    "sd": deviations,
}
