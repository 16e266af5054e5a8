"""Figures of several years: one year is taken out of them, or gaps in it are filled from the years around it."""

import pandas as pd

from .problems import StatisticsError

TIME = "Time"


def is_panel(data):
    return TIME in data and data[TIME].nunique() > 1


def chosen_year(data, year):
    """The year that is asked for, or the latest; it must have rows."""
    times = pd.to_numeric(data[TIME], errors="coerce")
    if times.isna().any():
        row = data.index[times.isna()][0]
        raise StatisticsError("no_number", table="data", row=row, column=TIME, value=data.loc[[row], TIME].iloc[0])
    if year is not None and not (times == year).any():
        raise StatisticsError("unknown_year", table="data", column=TIME, value=year)
    return times.max() if year is None else year


def refuse_twice(data):
    """Two rows of a unit in the same year."""
    twice = pd.MultiIndex.from_arrays([data.index, data[TIME]]).duplicated()
    if twice.any():
        raise StatisticsError("duplicate_unit", table="data", row=data.index[twice][0])


def rows_of(data, year):
    """The rows of a year under their units."""
    return data[pd.to_numeric(data[TIME]) == year]


def interpolated(figures, times, year):
    """(figures of the year with gaps, the same with gaps filled); `times` holds the year of each row of `figures`.

    Between two years that were measured on the straight line between them, before the first and after the last the nearest.
    """
    series = figures.set_axis(pd.MultiIndex.from_arrays([figures.index, times])).unstack(0).sort_index()
    if year not in series.index:
        series.loc[year] = float("nan")
        series = series.sort_index()
    filled = series.interpolate(method="index", limit_direction="both")
    return tuple(frame.loc[year].unstack(0)[list(figures.columns)] for frame in (series, filled))
