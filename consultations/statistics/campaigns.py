"""Answers that were probably not given one by one: the same texts, the same ticks everywhere, many at one time.

They are set apart and told beside the others, never left out: to campaign is allowed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import poisson

from .significance import SEED, holm
from .similarity import near_identical

FEWEST = 8  # closed questions that must be answered alike
SMALLEST = 5  # answers
WINDOW = 7  # days on each side with which a day is compared
SURE = 0.001
TIMES = 3


@dataclass(frozen=True)
class Campaigns:
    """Per response its group of equal texts and of equal ticks (-1: none), and whether it came in a burst."""

    texts: np.ndarray
    vectors: np.ndarray
    burst: np.ndarray
    days: pd.DataFrame

    @property
    def member(self):
        return (self.texts >= 0) | (self.vectors >= 0)

    @property
    def origins(self):
        """A burst alone is no campaign: a newsletter makes one too."""
        return np.where(self.member, "campaign", "own")


def campaigns(texts, closed, days=None, smallest=SMALLEST, fewest=FEWEST):
    """`texts`: a list of columns of free text; `closed`: frame of the closed answers; `days`: when each was sent."""
    grouped = [large_groups(near_identical(column), smallest) for column in texts]
    table = bursts(days) if days is not None else bursts(pd.Series([], dtype="datetime64[ns]"))
    sent = pd.Series(days if days is not None else [None] * len(closed)).to_numpy()
    marked = table.index[table["burst"]] if len(table) else []
    return Campaigns(
        joined(grouped, len(closed)),
        large_groups(same_vectors(closed, fewest), smallest),
        pd.Series(sent).isin(marked).to_numpy(dtype=bool),
        table,
    )


def joined(grouped, size):
    """One number per response: that of the first question in which it is in a group."""
    found, offset = np.full(size, -1), 0
    for group in grouped:
        fresh = (found < 0) & (group >= 0)
        found[fresh] = group[fresh] + offset
        offset += int(group.max(initial=-1)) + 1
    return found


def large_groups(group, smallest):
    """The groups of at least so many, numbered anew; the others are none."""
    size = np.bincount(group[group >= 0], minlength=1)
    kept = (group >= 0) & (size[np.maximum(group, 0)] >= smallest)
    found = np.full(len(group), -1)
    found[kept] = pd.factorize(group[kept])[0]
    return found


def same_vectors(closed, fewest=FEWEST):
    """Groups of responses that gave the same closed answers throughout, to at least so many questions; -1: none.

    A question in several columns counts once: its columns are named "code.part".
    """
    if not closed.shape[1] or not len(closed):
        return np.full(len(closed), -1)
    codes = np.column_stack([pd.factorize(closed[column])[0] for column in closed])
    question = pd.factorize(pd.Index(closed.columns).str.split(".").str[0])[0]
    given = (codes >= 0).astype(np.float32) @ (question[:, None] == np.arange(question.max() + 1))
    enough = (given > 0).sum(axis=1) >= fewest
    weight = np.random.default_rng(SEED).integers(0, 2**63, codes.shape[1], dtype=np.uint64)
    mixed = ((codes + 2).astype(np.uint64) * weight).sum(axis=1, dtype=np.uint64)
    found = np.full(len(closed), -1)
    found[enough] = pd.factorize(mixed[enough])[0]
    return large_groups(found, 2)


def bursts(days, window=WINDOW):
    """Days with improbably many answers: `count`, `expected` (median of the days around), `p` (Poisson, corrected by
    Holm), `burst`. Index: every day from the first to the last."""
    counted = pd.Series(pd.to_datetime(days)).dt.normalize().value_counts().sort_index()
    if counted.empty:
        return pd.DataFrame({"count": [], "expected": [], "p": [], "burst": np.zeros(0, dtype=bool)})
    counted = counted.reindex(pd.date_range(counted.index[0], counted.index[-1]), fill_value=0)
    expected = counted.rolling(2 * window + 1, center=True, min_periods=1).median().clip(lower=1)
    p = holm(poisson.sf(counted.to_numpy() - 1, expected.to_numpy()))
    burst = (p < SURE) & (counted >= TIMES * expected)
    return pd.DataFrame({"count": counted, "expected": expected, "p": p, "burst": burst})
