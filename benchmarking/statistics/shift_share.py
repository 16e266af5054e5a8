"""Shift-share: what part of a change in employment a region owes to the whole, to its mix of sectors, and to itself.

Frames: regions in rows, sectors in columns, NaN where a cell is missing. A cell counts only where both years have it;
the whole that regions are held against is the sum of these cells, or `reference` (two series by sector).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

DUNN = ("national", "mix", "regional")
ESTEBAN = ("national", "mix", "competitive", "allocation", "born")
GERFIN = ("mix_factor", "regional_factor", "total_factor")


@dataclass(frozen=True)
class Cells:
    """Both years on the cells that both have, with the whole by sector and its growth factors."""

    before: pd.DataFrame
    after: pd.DataFrame
    whole_before: pd.Series
    whole_after: pd.Series

    @property
    def factor(self) -> float:
        return float(self.whole_after.sum() / self.whole_before.sum()) if self.whole_before.sum() else np.nan

    @property
    def factors(self) -> pd.Series:
        return self.whole_after / self.whole_before.replace(0, np.nan)


def cells(before: pd.DataFrame, after: pd.DataFrame, reference=None) -> Cells:
    before, after = before.align(after, join="inner")
    both = before.notna() & after.notna()
    before, after = before.where(both), after.where(both)
    if reference is None:
        return with_whole(before, after, before.sum(), after.sum())
    return with_whole(before, after, *(series.reindex(before.columns) for series in reference))


def with_whole(before, after, first: pd.Series, last: pd.Series) -> Cells:
    """Sectors that the whole did not have in the first year have no growth, so nothing can be held against it."""
    usable = (first > 0) & last.notna()
    first, last = first[usable], last[usable]
    return Cells(before.loc[:, usable], after.loc[:, usable], first, last)


def dunn(found: Cells) -> dict[str, pd.DataFrame]:
    """By cell, in jobs: `national` e(G − 1), `mix` e(G_c − G), `regional` e′ − e G_c; they add up to the change."""
    return {
        "national": found.before * (found.factor - 1),
        "mix": found.before.mul(found.factors - found.factor, axis=1),
        "regional": found.after - found.before.mul(found.factors, axis=1),
        "change": found.after - found.before,
    }


def esteban_marquillas(found: Cells) -> dict[str, pd.DataFrame]:
    """Dunn's regional part split by the homothetic employment ê = e_r E_c/E: `competitive` ê(g − G_c), `allocation`
    (e − ê)(g − G_c). Jobs in a sector that the region did not have at first have no rate of growth and stand in `born`.
    """
    plain = dunn(found)
    total = found.before.sum(axis=1, min_count=1)
    # the whole over the sectors each region has, so that its ê add up to its own employment
    spread = found.before.notna().mul(found.whole_before, axis=1)
    homothetic = spread.mul(total / spread.sum(axis=1), axis=0).where(found.before.notna())
    gap = (found.after / found.before.where(found.before > 0)).sub(found.factors, axis=1)
    known = found.before.notna()
    new = known & (found.before == 0)
    return {
        "national": plain["national"],
        "mix": plain["mix"],
        "competitive": (homothetic * gap).mask(new, 0.0).where(known),
        "allocation": ((found.before - homothetic) * gap).mask(new, 0.0).where(known),
        "born": found.after.where(new, 0.0).where(known),
        "change": plain["change"],
    }


def by_region(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.DataFrame({name: table.sum(axis=1, min_count=1) for name, table in parts.items()})


def gerfin(found: Cells) -> pd.DataFrame:
    """Factors by region (Gerfin 1964): `mix_factor` × `regional_factor` = `total_factor`, growth over that of the whole."""
    first, last = found.before.sum(axis=1, min_count=1), found.after.sum(axis=1, min_count=1)
    expected = found.before.mul(found.factors, axis=1).sum(axis=1, min_count=1)
    first, expected = first.replace(0, np.nan), expected.replace(0, np.nan)
    return pd.DataFrame(
        {
            "mix_factor": expected / first / found.factor,
            "regional_factor": last / expected,
            "total_factor": last / first / found.factor,
        }
    )


def covered(before: pd.DataFrame, after: pd.DataFrame, found: Cells) -> pd.Series:
    """Share of the cells of each region that both years have."""
    return found.before.notna().sum(axis=1) / len(before.columns.union(after.columns))
