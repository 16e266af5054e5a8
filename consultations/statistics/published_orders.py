"""Ordered answers of several groups as plain, JSON-ready dictionaries, from what is published of their cross-table."""

import numpy as np

from .crosstabs import UNSTATED
from .intervals import wilson
from .likert import medians
from .ordinal import compared, three_ways
from .publication import rounded, settled

EFFECTS = {"mann_whitney": "cliffs_delta", "kruskal": "epsilon_squared"}


def ordered_groups(table):
    """`groups`: the rows none of whose cells is hidden, with `base`, `mean`, `median` and `top_two` of the steps 1, 2 …;
    `comparison`: see `published_comparison`. `left_out`: the codes of the other rows that are not empty."""
    stated = np.array([code != UNSTATED for code in table.rows])
    filled = stated & table.counts[:, :-1].any(axis=1)
    closed = table.safe.cells[:, :-1].any(axis=1) | table.hidden_rows | table.hidden_columns.any()
    codes = np.array(table.rows, dtype=object)
    chosen, counts = codes[filled & ~closed].tolist(), table.counts[filled & ~closed, :-1]
    return {
        "groups": [figures_of(*row) for row in zip(chosen, counts, medians(counts), strict=True)] if chosen else [],
        "comparison": published_comparison(counts, chosen),
        "left_out": codes[filled & closed].tolist(),
    }


def figures_of(code, count, median):
    base = int(count.sum())
    return {
        "code": code,
        "base": base,
        "mean": rounded(count @ np.arange(1, len(count) + 1) / base),
        "median": rounded(median),
        "top_two": top_share(int(count[-2:].sum()), base),
    }


def top_share(top, base):
    low, high = wilson(top, base)
    return {"count": top, "share": rounded(top / base), "low": rounded(low), "high": rounded(high)}


def published_comparison(counts, codes):
    """Mann-Whitney of two groups, Kruskal-Wallis of more, with effect size; None of fewer."""
    found = compared(counts)
    if found is None:
        return None
    return {
        "method": found.method,
        "statistic": rounded(found.statistic),
        "p": rounded(found.p),
        "effect": {"name": EFFECTS[found.method], "value": rounded(found.effect)},
        "groups": codes,
    }


def diverging(count, hidden, whole):
    """Shares below, at and above the middle of the scale, where the published counts settle them."""
    ways = zip(("negative", "neutral", "positive"), three_ways(len(count)), strict=True)
    sums = {name: settled(lambda row, part=part: int(row[part].sum()), count, hidden) for name, part in ways}
    return {name: None if number is None or not whole else rounded(number / whole) for name, number in sums.items()}
