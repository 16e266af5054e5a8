"""Structural peers: how far regions are from each other by what they are, and how sure the list of the nearest is.

Our own formula on the principle of Navarro et al. (2014, S3 Working Paper 03/2014): structural variables alone. With z
scaled to 0–1 and u the weights of the variables S that both regions have,
  euclidean    d(r,s) = sqrt(Σ_S u (z_r − z_s)² / Σ_S u)
  manhattan    d(r,s) = Σ_S u |z_r − z_s| / Σ_S u
  mahalanobis  as euclidean, on the variables made uncorrelated (ZCA-cor); with equal weights on complete data that is
               Mahalanobis' distance divided by the root of the number of variables.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .scaling import Scaled

METHODS = ("euclidean", "manhattan", "mahalanobis")
SHARE = 0.65  # of the weights two regions have to share
TOP = 10
DIGITS = 10  # distances equal in these digits are ties, in the order of codes
SINGULAR = 1e-6  # smallest over largest eigenvalue of the correlations, below which they are shrunk
FLOOR = 0.01  # smallest eigenvalue after shrinking


@dataclass(frozen=True)
class Distances:
    """Symmetric, zero on the diagonal, NaN where two regions share too little; `shared` is the share of weights both have.

    `shrinkage` is 0 where correlations were taken as they are.
    """

    method: str
    values: pd.DataFrame
    shared: pd.DataFrame
    shrinkage: float = 0.0


@dataclass(frozen=True)
class Stability:
    """How far two distances agree for each region: share of the nearest `top` in both, Spearman over all regions."""

    top: int
    overlap: dict[tuple[str, str], pd.Series] = field(default_factory=dict)
    spearman: dict[tuple[str, str], pd.Series] = field(default_factory=dict)


def distances(scaled: Scaled, method: str = "euclidean", share: float = SHARE) -> Distances:
    if method not in METHODS:
        raise ValueError(f"Unknown distance {method}: one of {', '.join(METHODS)}.")
    values, weights = scaled.values.to_numpy(float), scaled.weights.to_numpy(float)
    common = shared_weights(values, weights)
    shrinkage = 0.0
    if method == "mahalanobis":
        correlation, shrinkage = correlations(values)
        found = whitened(values, weights, correlation)
    else:
        found = summed(values, weights, 2 if method == "euclidean" else 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = found / common
    if method != "manhattan":
        found = np.sqrt(found)
    found = np.where(common >= share - 1e-12, found, np.nan)
    np.fill_diagonal(found, 0.0)
    frame = {"index": scaled.values.index, "columns": scaled.values.index}
    return Distances(method, pd.DataFrame(found, **frame), pd.DataFrame(common, **frame), shrinkage)


def shared_weights(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    known = np.isfinite(values).astype(float)
    return np.round((known * weights) @ known.T, 12)


def summed(values: np.ndarray, weights: np.ndarray, power: int) -> np.ndarray:
    total = np.zeros((len(values), len(values)))
    for column, weight in zip(values.T, weights, strict=True):
        total += weight * np.nan_to_num(np.abs(column[:, None] - column[None, :])) ** power
    return total


def correlations(values: np.ndarray) -> tuple[np.ndarray, float]:
    """Pairwise complete; shrunk towards no correlation as far as it takes to be inverted safely, with the intensity."""
    count = values.shape[1]
    found = pd.DataFrame(values).corr(min_periods=3).fillna(0.0).to_numpy().copy()
    np.fill_diagonal(found, 1.0)
    roots = np.linalg.eigvalsh(found)
    if not count or roots[0] > SINGULAR * roots[-1]:
        return found, 0.0
    # 1 is an eigenvalue of the target, so the smallest becomes (1 − λ) roots[0] + λ
    least = (FLOOR - roots[0]) / (1 - roots[0])
    intensity = float(min(1.0, max(least, optimal_shrinkage(values, found))))
    return (1 - intensity) * found + intensity * np.eye(count), intensity


def optimal_shrinkage(values: np.ndarray, found: np.ndarray) -> float:
    """Schäfer and Strimmer (2005): variance of the correlations over their squares, off the diagonal."""
    spread = np.nanstd(values, axis=0, ddof=1)
    z = np.nan_to_num((values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1.0))
    units = len(z)
    products = z[:, :, None] * z[:, None, :]
    variance = units / (units - 1) ** 3 * ((products - products.mean(axis=0)) ** 2).sum(axis=0)
    off = ~np.eye(found.shape[0], dtype=bool)
    squares = (found[off] ** 2).sum()
    return float(np.clip(variance[off].sum() / squares, 0, 1)) if squares else 1.0


def whitened(values: np.ndarray, weights: np.ndarray, correlation: np.ndarray) -> np.ndarray:
    """Weighted squares between regions; each pair uncorrelated on the variables that it shares."""
    spread = np.nanstd(values, axis=0, ddof=1)
    z = values / spread
    patterns, belongs = np.unique(np.isfinite(values), axis=0, return_inverse=True)
    belongs = belongs.ravel()
    total = np.zeros((len(values), len(values)))
    turns = {}
    for first, second in np.argwhere(np.triu(np.ones((len(patterns), len(patterns)), dtype=bool))):
        both = patterns[first] & patterns[second]
        if not both.any():
            continue
        if both.tobytes() not in turns:
            turns[both.tobytes()] = inverse_root(correlation[np.ix_(both, both)])
        turn, here, there = turns[both.tobytes()], np.flatnonzero(belongs == first), np.flatnonzero(belongs == second)
        left, right = z[np.ix_(here, both)] @ turn, z[np.ix_(there, both)] @ turn
        part = ((left[:, None, :] - right[None, :, :]) ** 2) @ weights[both]
        total[np.ix_(here, there)] = part
        total[np.ix_(there, here)] = part.T
    return total


def inverse_root(correlation: np.ndarray) -> np.ndarray:
    roots, vectors = np.linalg.eigh(correlation)
    return (vectors / np.sqrt(np.maximum(roots, SINGULAR * roots[-1]))) @ vectors.T


def order(values: np.ndarray) -> np.ndarray:
    """For each region the positions of the others from near to far; itself and what cannot be compared at the end."""
    rounded = np.round(values, DIGITS)
    rounded = np.where(np.isfinite(rounded), rounded, np.inf)
    np.fill_diagonal(rounded, np.inf)
    return np.argsort(rounded, axis=1, kind="stable")


def allowed(found: Distances, groups=None, include_own: bool = True) -> np.ndarray:
    """Which pairs may be peers: comparable, not a region with itself, and of other groups where own ones are left out."""
    values = found.values.to_numpy()
    pairs = np.isfinite(values) & ~np.eye(len(values), dtype=bool)
    if groups is not None and not include_own:
        own = np.asarray(list(groups), dtype=object)
        pairs &= own[:, None] != own[None, :]
    return pairs


def nearest(found: Distances, region: str, number: int = TOP, groups=None, include_own: bool = True) -> pd.DataFrame:
    """The nearest regions of one: columns `distance` and `shared`, near to far, ties in the order of codes."""
    place = found.values.index.get_loc(region)
    may = allowed(found, groups, include_own)[place]
    table = pd.DataFrame({"distance": found.values.loc[region], "shared": found.shared.loc[region]})[may]
    table = table.assign(near=table["distance"].round(DIGITS), code=table.index.astype(str))
    return table.sort_values(["near", "code"])[["distance", "shared"]].head(number)


def stability(results, top: int = TOP, groups=None, include_own: bool = True) -> Stability:
    """How far each pair of distances tells the same for every region; NaN where a region has fewer than two others."""
    told = Stability(top)
    names = list(results)
    ranks = {name: ranked(found, allowed(found, groups, include_own)) for name, found in results.items()}
    index = results[names[0]].values.index if names else []
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            one, other = ranks[first], ranks[second]
            told.overlap[first, second] = pd.Series(overlap(one, other, top), index=index)
            told.spearman[first, second] = pd.Series(spearman(one, other), index=index)
    return told


def ranked(found: Distances, may: np.ndarray) -> np.ndarray:
    """Average ranks of the distances in each row, NaN where there is none."""
    values = np.where(may, np.round(found.values.to_numpy(), DIGITS), np.inf)
    return np.where(may, rankdata(values, axis=1), np.nan)


def overlap(one: np.ndarray, other: np.ndarray, top: int) -> np.ndarray:
    near, far = one <= cut(one, top), other <= cut(other, top)
    size = np.minimum(np.isfinite(one).sum(axis=1), top)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(size > 0, np.minimum((near & far).sum(axis=1), size) / size, np.nan)


def cut(ranks: np.ndarray, top: int) -> np.ndarray:
    """The rank up to which a region is among the nearest `top`; ties on the border are all in."""
    filled = np.sort(np.where(np.isfinite(ranks), ranks, np.inf), axis=1)
    return filled[:, min(top, filled.shape[1]) - 1][:, None]


def spearman(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    both = np.isfinite(one) & np.isfinite(other)
    one, other = np.where(both, one, np.nan), np.where(both, other, np.nan)
    left = one - np.nansum(one, axis=1, keepdims=True) / np.maximum(both.sum(axis=1, keepdims=True), 1)
    right = other - np.nansum(other, axis=1, keepdims=True) / np.maximum(both.sum(axis=1, keepdims=True), 1)
    size = np.sqrt(np.nansum(left**2, axis=1) * np.nansum(right**2, axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(size > 0, np.nansum(left * right, axis=1) / size, np.nan)
