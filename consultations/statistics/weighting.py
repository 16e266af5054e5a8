"""Weights that give groups the share they were aimed at: how figures would look, never how they are."""

from dataclasses import dataclass

import numpy as np

TRIM = 5.0
ROUNDS = 200
CLOSE = 1e-9


@dataclass(frozen=True)
class Weights:
    """A weight per cell with mean 1 over the answers; Kish's effective number and design effect (1965)."""

    weight: np.ndarray
    effective: float
    design_effect: float
    trimmed: bool
    converged: bool


def kish(count, weight):
    """Effective number of answers, (Σw)²/Σw², of as many answers per weight."""
    count, weight = np.asarray(count, dtype=float), np.asarray(weight, dtype=float)
    squares = (count * weight**2).sum()
    return float((count * weight).sum() ** 2 / squares) if squares else float("nan")


def rake(count, margins, trim=TRIM):
    """Weights of the cells of a table so that each of its axes gets its target shares (Deming and Stephan 1940).

    `margins`: an array per axis, 0 or NaN where there is no target or nobody to weigh. Cells with weights above `trim` times
    or below 1/`trim` of the mean are cut back, once, after the last round.
    """
    count = np.asarray(count, dtype=float)
    weight, converged = np.ones(count.shape), False
    wanted = [aimed(count, axis, target) for axis, target in enumerate(margins)]
    for _round in range(ROUNDS):
        before = weight
        for axis, target in enumerate(wanted):
            weight = weight * factors(count * weight, axis, target)
        if np.allclose(weight, before, rtol=CLOSE, atol=0):
            converged = True
            break
    return finished(count, weight, trim, converged)


def aimed(count, axis, target):
    """Target shares of an axis, as parts of 1, of the places where somebody answered."""
    target = np.where(sums(count, axis) > 0, np.nan_to_num(np.asarray(target, dtype=float)), 0)
    return target / target.sum() if target.any() else target


def sums(count, axis):
    return count.sum(axis=tuple(other for other in range(count.ndim) if other != axis))


def factors(weighted, axis, target):
    held = sums(weighted, axis)
    share = np.divide(target * held.sum(), held, out=np.ones(len(held)), where=(held > 0) & (target > 0))
    shape = np.ones(weighted.ndim, dtype=int)
    shape[axis] = len(share)
    return share.reshape(shape)


def finished(count, weight, trim, converged):
    mean = (count * weight).sum() / count.sum() if count.any() else 1.0
    cut = np.clip(weight / mean, 1 / trim, trim)
    trimmed = bool((count[cut != weight / mean] > 0).any())
    cut = cut * (count.sum() / (count * cut).sum()) if count.any() else cut
    effective = kish(count, cut)
    return Weights(cut, effective, float(count.sum() / effective), trimmed, converged)
