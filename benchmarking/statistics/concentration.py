"""How specialised regions are as a whole: indices over the shares of sectors in a region's employment.

Frames: regions in rows, sectors in columns, NaN where a cell is missing or suppressed (never zero). A region is judged on
the sectors it reports: its shares and those it is compared with are both taken over these, and `known` says what part of
the whole of all regions they make up.
"""

import numpy as np
import pandas as pd

INDICES = ("krugman", "hhi", "hachman", "entropy", "evenness")


def shares_of(employment: pd.DataFrame) -> pd.DataFrame:
    return employment.div(employment.sum(axis=1, min_count=1).replace(0, np.nan), axis=0)


def compared_with(employment: pd.DataFrame, reference: pd.Series) -> pd.DataFrame:
    """For each region the shares of the reference over the sectors that the region reports."""
    spread = employment.notna().astype(float).mul(reference.reindex(employment.columns), axis=1)
    spread = spread.where(employment.notna())
    return spread.div(spread.sum(axis=1, min_count=1).replace(0, np.nan), axis=0)


def indices(employment: pd.DataFrame, reference: pd.Series) -> pd.DataFrame:
    """krugman Σ|s − S| (0 as the reference … 2), hhi Σs² (Herfindahl, Hirschman), hachman 1/Σ(s²/S) (1 as the reference),
    entropy −Σ s ln s, evenness entropy over its maximum, `known` share of the reference in the sectors reported.
    """
    share, whole = shares_of(employment), compared_with(employment, reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(share.where(share > 0))
        many = employment.notna().sum(axis=1)
        entropy = -(share * logs.fillna(0.0)).sum(axis=1, min_count=1)
        return pd.DataFrame(
            {
                "krugman": (share - whole).abs().sum(axis=1, min_count=1),
                "hhi": (share**2).sum(axis=1, min_count=1),
                "hachman": 1 / (share**2 / whole.replace(0, np.nan)).sum(axis=1, min_count=1),
                "entropy": entropy + 0.0,
                "evenness": entropy / np.log(many.where(many > 1)),
                "known": employment.notna().mul(reference.reindex(employment.columns), axis=1).sum(axis=1)
                / reference.sum(),
            }
        )
