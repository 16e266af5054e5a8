"""Figures of a battery of rating rows."""

import numpy as np
import pandas as pd

from .frequencies import counts, positions
from .intervals import wilson

SCALE = ["1", "2", "3", "4", "5"]


def battery_counts(answers, shown, code, rows, scale=SCALE):
    """One row per battery row: a count per scale code, and the list of their reaches."""
    tallies = [counts(positions(answers[f"{code}.{row}"], shown, scale), len(scale)) for row in rows]
    frame = pd.DataFrame([count for count, _ in tallies], index=pd.Index(rows, name="row"), columns=list(scale))
    return frame, [reach for _, reach in tallies]


def medians(count):
    """Median step (1 = first scale code, halves possible) per row of a counts array; NaN without answers."""
    running, base = np.cumsum(count, axis=1), np.sum(count, axis=1)
    lower = (running < ((base + 1) // 2)[:, None]).sum(axis=1)
    upper = (running < (base // 2 + 1)[:, None]).sum(axis=1)
    return np.where(base > 0, (lower + upper) / 2 + 1, np.nan)


def ratings(answers, shown, code, rows, scale=SCALE):
    """Per battery row: reach, counts and shares per code, median step, top-two-box share with interval.

    Shares are of base, which leaves "don't know" out.
    """
    count, reaches = battery_counts(answers, shown, code, rows, scale)
    base = count.sum(axis=1)
    top = count.iloc[:, -2:].sum(axis=1)
    low, high = wilson(top, base)
    return pd.DataFrame(
        {
            "base": base,
            "dont_know": [reach.dont_know for reach in reaches],
            "not_answered": [reach.not_answered for reach in reaches],
            **{f"count_{step}": count[step] for step in scale},
            **{f"share_{step}": count[step] / base.where(base > 0) for step in scale},
            "median": medians(count.to_numpy()),
            "top_two": top / base.where(base > 0),
            "top_two_low": low,
            "top_two_high": high,
        }
    )
