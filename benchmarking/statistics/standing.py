"""Ranks of very many runs, and what is counted of them.

Scores are compared as whole numbers of 1e-10, so that the last digit of a sum, which hangs on the order of its terms, decides
nothing. Best is 1, ties take the smallest, 0 is no rank.
"""

import numpy as np

SCALE = 1e10


def ranked(scores):
    """Ranks (int16) along the rows of `scores`, runs × units; what it is given is overwritten."""
    units = scores.shape[1]
    bits = max(units - 1, 1).bit_length()
    widest = 2.0 ** (62 - bits)
    low, high = scores.min(initial=0), scores.max(initial=0)
    missing = np.isnan(scores) if np.isnan(high) else None
    if missing is not None:
        low, high = np.nanmin(scores, initial=0), np.nanmax(scores, initial=0)
    np.multiply(scores, -SCALE, out=scores)
    np.rint(scores, out=scores)
    small = max(-low, high) * SCALE < widest
    if missing is not None:
        scores[missing] = widest if small else np.inf
    order, tied = packed(scores, bits) if small else sorted_by(scores)
    ranks = np.empty(scores.size, np.int16)
    order += np.arange(0, scores.size, units)[:, None]
    ranks[order.ravel()] = places(tied).ravel()
    ranks = ranks.reshape(scores.shape)
    if missing is not None:
        ranks[missing] = 0
    return ranks


def packed(scores, bits):
    """The order of every row and which of it equal their forerunner: score and unit sorted as one number."""
    keys = scores.astype(np.int64)
    keys <<= bits
    keys |= np.arange(scores.shape[1])
    keys.sort(axis=1)
    order = keys & (2**bits - 1)
    keys >>= bits
    return order, keys[:, 1:] == keys[:, :-1]


def sorted_by(scores):
    order = np.argsort(scores, axis=1, kind="stable")
    there = np.take_along_axis(scores, order, axis=1)
    return order, there[:, 1:] == there[:, :-1]


def places(tied):
    found = np.zeros((len(tied), tied.shape[1] + 1), np.int16)
    np.multiply(~tied, np.arange(1, found.shape[1], dtype=np.int16), out=found[:, 1:])
    np.maximum.accumulate(found, axis=1, out=found)
    found += 1
    return found


def acceptability(ranks, rows=4096):
    """How often each unit had each rank: units × (units + 1), the first column for no rank."""
    units = ranks.shape[1]
    width = units + 1
    found = np.zeros(units * width, np.int64)
    start = np.arange(units) * width
    for first in range(0, len(ranks), rows):
        found += np.bincount((ranks[first : first + rows] + start).ravel(), minlength=len(found))
    return found.reshape(units, width)


def quantiles(counts, parts):
    """Of the ranks of every unit (units × parts), between two ranks in proportion (type 7 of Hyndman and Fan 1996)."""
    reached = counts[:, 1:].cumsum(axis=1)
    last = np.maximum(reached[:, -1:], 1) - 1
    place = last * np.asarray(parts, dtype=float)
    below = np.floor(place)
    low, high = at(reached, below), at(reached, np.minimum(below + 1, last))
    found = low + (place - below) * (high - low)
    return np.where(reached[:, -1:] > 0, found, np.nan)


def at(reached, place):
    """The rank that stands at a place among the sorted ranks of a unit."""
    return (reached[:, None, :] <= place[:, :, None]).sum(axis=2) + 1.0


def dominance(ranks, cells=1 << 22):
    """(in how many runs the unit of the row stands before that of the column, how many rank both)."""
    told = np.ascontiguousarray(np.where(ranks == 0, np.int16(np.iinfo(np.int16).max), ranks).T)
    units, runs = told.shape
    wins = np.zeros((units, units))
    block = max(1, cells // max(units * runs, 1))
    for first in range(0, units, block):
        before = np.packbits(told[first : first + block, None, :] < told[None], axis=2)
        wins[first : first + block] = np.bitwise_count(before).sum(axis=2, dtype=np.int64)
    there = (ranks > 0).astype(float)
    return wins - there.T @ (1 - there), there.T @ there
