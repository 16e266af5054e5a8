"""Cluster mapping: in which sectors a region is large, specialised, focused and productive.

Frames: regions in rows, sectors in columns, employment in persons, NaN where a cell is missing or suppressed; such a cell
is never taken as zero. A sector's share of the whole is taken over the regions that report it, so that a suppressed cell
changes no quotient of others.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .concentration import indices
from .editions import EVERYWHERE, TOP, Edition, Threshold

DIGITS = 12  # significant digits in which values equal each other


@dataclass(frozen=True)
class Whole:
    """What regions are held against: employment of a region in all sectors, and each sector's share of the whole.

    `estimated` marks regions that report some sectors only and no total: theirs is what they report, over the share these
    sectors have in the whole, so that a suppressed sector is not taken as empty.
    """

    totals: pd.Series
    shares: pd.Series
    estimated: pd.Series


@dataclass(frozen=True)
class Mapping:
    """By cell: `lq`, `size` (share of the sector's employment), `focus` (share of the region's), `productivity` (1 as the
    sector), `small`; `passed` and `judged` by measure; `stars` is the number of measures passed.
    """

    edition: Edition
    employment: pd.DataFrame
    measures: dict[str, pd.DataFrame]
    small: pd.DataFrame
    passed: dict[str, pd.DataFrame]
    regions: pd.DataFrame

    @property
    def stars(self) -> pd.DataFrame:
        total = sum((table.fillna(0) for table in self.passed.values()), 0 * self.employment.fillna(0))
        return total.where(self.employment.notna())

    @property
    def judged(self) -> pd.DataFrame:
        return sum(
            (table.notna().astype(int) for table in self.passed.values()), 0 * self.employment.fillna(0).astype(int)
        )


def whole_of(employment: pd.DataFrame, totals=None, reference: pd.Series | None = None) -> Whole:
    """`totals` by region where they are known; `reference` employment by sector of an area to compare with."""
    summed = employment.sum(axis=1, min_count=1)
    given = pd.Series(totals, dtype=float).reindex(employment.index) if totals is not None else summed * np.nan
    estimated = given.isna() & employment.isna().any(axis=1)
    shares = pooled(employment, given.fillna(summed)) if reference is None else reference.reindex(employment.columns)
    shares = shares / shares.sum()
    covered = employment.notna().mul(shares, axis=1).sum(axis=1).replace(0, np.nan)
    total = given.fillna((summed / covered).where(estimated, summed))
    return Whole(total, pooled(employment, total) if reference is None else shares, estimated)


def pooled(employment: pd.DataFrame, totals: pd.Series) -> pd.Series:
    """Each sector's share, over the regions that report it."""
    reporting = employment.notna().mul(totals, axis=0).sum()
    return employment.sum(min_count=1) / reporting.replace(0, np.nan)


def location_quotients(employment: pd.DataFrame, whole: Whole | None = None) -> pd.DataFrame:
    """(e_rc / e_r) / (E_c / E); NaN where the cell is missing or the sector is nowhere."""
    whole = whole or whole_of(employment)
    share = employment.div(whole.totals.replace(0, np.nan), axis=0)
    return share.div(whole.shares.replace(0, np.nan), axis=1)


def mapped(employment: pd.DataFrame, edition: Edition, output=None, totals=None, reference=None) -> Mapping:
    """`output` is what productivity is measured by, such as value added, in the same cells."""
    whole = whole_of(employment, totals, reference)
    measures = {
        "specialisation": location_quotients(employment, whole),
        "size": employment / employment.sum(min_count=1).replace(0, np.nan),
        "focus": employment.div(whole.totals.replace(0, np.nan), axis=0),
    }
    if output is not None:
        measures["productivity"] = productivity(employment, output)
    small = (employment < edition.small) & employment.notna()
    judged_by = {"size": employment}
    passed = {
        name: passes(judged_by.get(name, measures[name]), edition.of(name), small)
        for name in edition.measures
        if name in measures
    }
    regions = indices(employment, whole.shares).assign(total=whole.totals, estimated=whole.estimated)
    return Mapping(edition, employment, measures, small, passed, regions)


def productivity(employment: pd.DataFrame, output: pd.DataFrame) -> pd.DataFrame:
    """Output for each person employed, over that of the sector in the regions where both are known."""
    output = output.reindex(index=employment.index, columns=employment.columns)
    both = employment.notna() & output.notna() & (employment > 0)
    of_sector = output.where(both).sum(min_count=1) / employment.where(both).sum(min_count=1)
    return (output.where(both) / employment.where(both)).div(of_sector.replace(0, np.nan), axis=1)


def passes(values: pd.DataFrame, threshold: Threshold, small: pd.DataFrame) -> pd.DataFrame:
    """1 and 0, NaN where there is nothing to judge. A small cell is never a strength, whatever its quotient."""
    found = in_top(values, threshold) if threshold.rule == TOP else values >= threshold.value
    return (found & ~small).astype(float).where(values.notna())


def in_top(values: pd.DataFrame, threshold: Threshold) -> pd.DataFrame:
    """Among the highest share of those known, rounded up; ties at the border are all in."""
    table = significant(values.to_numpy(float))
    axis = None if threshold.scope == EVERYWHERE else 0
    place = rankdata(np.where(np.isfinite(table), -table, np.inf), method="min", axis=axis).reshape(table.shape)
    known = np.isfinite(table).sum(axis=axis)
    border = np.ceil(np.round(known * threshold.value, 9))
    return pd.DataFrame(np.isfinite(table) & (place <= border), index=values.index, columns=values.columns)


def significant(table: np.ndarray) -> np.ndarray:
    """Rounded to significant digits, so that the order of sums does not decide ties."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.abs(table))))
        return np.where(np.isfinite(table) & (table != 0), np.round(table * scale) / scale, table)
