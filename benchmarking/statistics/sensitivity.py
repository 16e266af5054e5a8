"""Which choice moves the ranks: variance-based indices of first and total order.

Design of Saltelli (Comput. Phys. Commun. 145, 2002): N(d + 2) runs of matrices A, B and A with column i of B. First order
after Saltelli et al. (Comput. Phys. Commun. 181, 2010), total order after Jansen (Comput. Phys. Commun. 117, 1999). What is
explained is the mean of |rank − rank by the recipe| over all units, and the rank of each unit.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .branches import Branches
from .draws import Draws, chosen, disturbed, frame_of, generator, wide
from .hierarchy import Hierarchy
from .problems import StatisticsError
from .running import nothing, run
from .uncertainty import nominal_of

CELLS = 1 << 20


@dataclass(frozen=True)
class Sensitivity:
    """`indices`: a row per factor: First, FirstLow, FirstHigh, Total, TotalLow, TotalHigh, Idle (a code of why, or '').

    `units`: First and Total of the rank of every unit, columns (factor, index). `shift`: mean |rank − nominal rank| of the
    runs that drew freely, its `mean` and `variance`. `base`: N.
    """

    indices: pd.DataFrame
    units: pd.DataFrame
    mean: float
    variance: float
    base: int
    runs: int


def sobol(
    data,
    metadata,
    recipe,
    choices,
    base=1024,
    seed=0,
    weight_sets=None,
    groups=None,
    node=None,
    replications=500,
    confidence=0.9,
    pool=None,
    between=nothing,
):
    """A Sensitivity. Arguments as for `uncertainty.analyse`; `base`: N; `pool`: how many sets of disturbed weights there are
    to draw from (as many as base, if not told). Raises StatisticsError."""
    tree = metadata if isinstance(metadata, Hierarchy) else Hierarchy.read(metadata)
    branches = Branches(data, tree, recipe, groups)
    draws, factors = design(choices, base, seed, recipe, branches.tree, weight_sets, pool or base)
    ranks = ranks_of(branches, draws, node, between)
    nominal = nominal_of(branches, recipe, node)["Rank"].fillna(0).to_numpy(np.int16)
    names = [factor.name for factor in factors]
    answers = shifts(ranks, nominal).reshape(len(names) + 2, base)
    first, total, variance = estimated(answers)
    table = pd.DataFrame({"First": first, "Total": total}, index=pd.Index(names, name="Factor"))
    table = table.join(intervals(answers, replications, seed, confidence, table.index))
    table["Idle"] = [
        reason(factor, answers, place, branches.idle(draws.frame)) for place, factor in enumerate(factors, 2)
    ]
    free = answers[:2]
    return Sensitivity(
        table, by_unit(ranks, base, names, branches.units), float(free.mean()), variance, base, answers.size
    )


def design(choices, base, seed, recipe, tree, weight_sets, pool):
    """(draws of all N(d + 2) runs: A, B, then A with one column of B after the other; the factors)."""
    if base < 2:
        raise StatisticsError("too_few_runs", value=base)
    factors = choices.factors(map(str, range(1, pool + 1)))
    if not factors:
        raise StatisticsError("no_factors")
    random = generator(seed)
    both = random.random((2, base, len(factors)))
    sets = disturbed(choices, pool, random, recipe, tree) if choices.disturbs else wide(weight_sets, tree)
    places = {}
    for column, factor in enumerate(factors):
        one, other = (chosen(both[half, :, column], factor) for half in (0, 1))
        blocks = [one, other, *(other if place == column else one for place in range(len(factors)))]
        places[factor.name] = np.concatenate(blocks)
    frame = frame_of(factors, places, base * (len(factors) + 2), recipe, tree)
    return Draws(frame, sets), factors


def ranks_of(branches, draws, node, between=nothing):
    """A design with holes explains nothing, so every run must be possible."""
    ran = run(branches, draws, node, between=between)
    refused = ran.refused != ""
    if refused.any():
        codes = ", ".join(sorted(set(ran.refused[refused])))
        raise StatisticsError("refused_runs", value=codes, runs=int(refused.sum()), all=len(refused))
    return ran.ranks


def shifts(ranks, nominal):
    """Mean |rank − nominal| of every run over the units that both rank."""
    rows = max(1, CELLS // len(nominal))
    return np.concatenate([shift(ranks[first : first + rows], nominal) for first in range(0, len(ranks), rows)])


def shift(ranks, nominal):
    there = (ranks > 0) & (nominal > 0)
    return np.where(there, np.abs(ranks - nominal), 0).sum(axis=1, dtype=np.int64) / np.maximum(there.sum(axis=1), 1)


def estimated(answers):
    """(first order, total order, variance) from the answers of A, B and each A with a column of B; the last axis is N."""
    one, other, mixed = answers[0], answers[1], answers[2:]
    free = np.concatenate([one, other], axis=-1)
    variance = float(free.var(ddof=1))
    first = ((other - free.mean()) * (mixed - one)).mean(axis=-1)
    total = ((one - mixed) ** 2).mean(axis=-1) / 2
    return divided(first, variance), divided(total, variance), variance


def divided(part, whole):
    """Where nothing varies nothing can be explained."""
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=np.asarray(whole) > 0)


def intervals(answers, replications, seed, confidence, index):
    """Percentile bootstrap. A resample takes whole rows of the design, and finds mean and variance anew."""
    names = ["FirstLow", "FirstHigh", "TotalLow", "TotalHigh"]
    if not replications:
        return pd.DataFrame(np.nan, index=index, columns=names)
    base = answers.shape[1]
    counts = resampled(base, replications, seed + 1)
    one, other, mixed = answers[0], answers[1], answers[2:]
    mean = counts @ (one + other) / 2
    variance = (counts @ (one**2 + other**2) / 2 - mean**2) * (2 * base / (2 * base - 1))
    gain = mixed - one
    first = counts @ (other * gain).T - mean[:, None] * (counts @ gain.T)
    total = counts @ ((gain**2).T / 2)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low_high = [ends(divided(part, variance[:, None]), tails) for part in (first, total)]
    return pd.DataFrame(np.concatenate(low_high).T, index=index, columns=names)


def ends(found, tails):
    """Quantiles of what could be told; NaN where no resample tells anything."""
    told = ~np.isnan(found).all(axis=0)
    return np.where(told, np.nanquantile(np.where(told, found, 0.0), tails, axis=0), np.nan)


def resampled(base, replications, seed):
    """How often each row comes in each resample, as parts of 1."""
    rows = generator(seed).integers(base, size=(replications, base))
    rows += np.arange(0, rows.size, base)[:, None]
    return np.bincount(rows.ravel(), minlength=rows.size).reshape(rows.shape) / base


def reason(factor, answers, place, idle):
    """Why a factor can have no effect; `no_effect` if it had none though nothing is known to stand in its way."""
    if len(factor.alternatives) == 1:
        return "one_alternative"
    if factor.name in idle:
        return idle[factor.name]
    return "no_effect" if np.array_equal(answers[place], answers[0]) else ""


def by_unit(ranks, base, names, units):
    """First and total order of the rank of every unit."""
    blocks = ranks.reshape(-1, base, len(units))
    one, other = blocks[0].astype(float), blocks[1].astype(float)
    middle = (one.mean(axis=0) + other.mean(axis=0)) / 2
    variance = ((one - middle) ** 2 + (other - middle) ** 2).sum(axis=0) / (2 * base - 1)
    other -= middle
    found = {}
    for name, block in zip(names, blocks[2:], strict=True):
        gain = block - one
        found[name, "First"] = divided(np.einsum("ru,ru->u", other, gain) / base, variance)
        found[name, "Total"] = divided(np.einsum("ru,ru->u", gain, gain) / (2 * base), variance)
    return pd.DataFrame(found, index=units)
