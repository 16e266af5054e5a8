"""Structural variables made comparable: skew taken out, scaled to 0–1, weighted within blocks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import skew

LIMIT = 1.0  # |skewness| from which a variable is treated
LIFT = 0.01  # share of the range added before the logarithm, so that the smallest value keeps one
STRUCTURAL, PERFORMANCE, ENABLING = "structural", "performance", "enabling"


class NotStructuralError(ValueError):
    """Indicators declared to be something else were asked for as structural ones; `codes` names them."""

    def __init__(self, codes) -> None:
        self.codes = tuple(codes)
        super().__init__(", ".join(self.codes))


@dataclass(frozen=True)
class Variable:
    """A structural variable, the block it belongs to and its weight within it."""

    code: str
    block: str = ""
    weight: float = 1.0
    role: str = STRUCTURAL


@dataclass(frozen=True)
class Treatment:
    """What was done to a variable: nothing, `log` (long tail of large values) or `log_mirrored` (of small ones)."""

    code: str
    rule: str
    skew_before: float
    skew_after: float


@dataclass(frozen=True)
class Scaled:
    """Values in 0–1, NaN where missing, with the effective weights (sum 1) of the variables that vary."""

    values: pd.DataFrame
    weights: pd.Series
    treatments: tuple[Treatment, ...]
    constant: tuple[str, ...]


def check_roles(variables) -> None:
    """Peers are found by what a region is, never by what it achieves or can change soon (Navarro et al. 2014)."""
    wrong = [variable.code for variable in variables if variable.role != STRUCTURAL]
    if wrong:
        raise NotStructuralError(wrong)


def scaled(frame: pd.DataFrame, variables, blocks=None, limit: float = LIMIT) -> Scaled:
    """`blocks` gives the weight of each block, 1 where it names none."""
    check_roles(variables)
    kept, treatments = {}, []
    for variable in variables:
        values, treatment = treated(frame[variable.code].to_numpy(float), variable.code, limit)
        treatments.append(treatment)
        known = values[np.isfinite(values)]
        if len(known) and np.ptp(known) > 0:
            kept[variable.code] = min_max(values)
    varying = [variable for variable in variables if variable.code in kept]
    return Scaled(
        values=pd.DataFrame(kept, index=frame.index),
        weights=effective(varying, blocks or {}),
        treatments=tuple(treatments),
        constant=tuple(variable.code for variable in variables if variable.code not in kept),
    )


def treated(values: np.ndarray, code: str, limit: float) -> tuple[np.ndarray, Treatment]:
    """The logarithm where it brings the skewness nearer to zero, else the values as they are."""
    values = np.where(np.isfinite(values), values, np.nan)
    before = skewness(values)
    if not abs(before) > limit:
        return values, Treatment(code, "none", before, before)
    changed = lifted_log(values) if before > 0 else -lifted_log(-values)
    after = skewness(changed)
    if abs(after) >= abs(before):
        return values, Treatment(code, "none", before, before)
    return changed, Treatment(code, "log" if before > 0 else "log_mirrored", before, after)


def lifted_log(values: np.ndarray) -> np.ndarray:
    low, high = np.nanmin(values), np.nanmax(values)
    return np.log(values - low + LIFT * (high - low))


def skewness(values: np.ndarray) -> float:
    """Sample-adjusted (G1), the same in any unit; 0 with fewer than three values or where they do not vary."""
    known = values[np.isfinite(values)]
    if len(known) < 3 or np.ptp(known) == 0:
        return 0.0
    return float(skew((known - known.mean()) / np.ptp(known), bias=False))


def min_max(values: np.ndarray) -> np.ndarray:
    low, high = np.nanmin(values), np.nanmax(values)
    return (values - low) / (high - low)


def effective(variables, blocks) -> pd.Series:
    """Share of each variable: the share of its block among the blocks times its share within the block."""
    table = pd.DataFrame(
        {
            "block": [variable.block for variable in variables],
            "weight": [float(variable.weight) for variable in variables],
        },
        index=[variable.code for variable in variables],
    )
    if table.empty:
        return pd.Series(dtype=float)
    if (table["weight"] < 0).any() or any(weight < 0 for weight in blocks.values()):
        raise ValueError("Weights are never negative.")
    within = table["weight"] / table.groupby("block")["weight"].transform("sum")
    of_block = table["block"].map(lambda block: float(blocks.get(block, 1)))
    shares = (within * of_block).fillna(0.0)
    if shares.sum() == 0:
        raise ValueError("At least one weight is above zero.")
    return shares / shares.sum()
