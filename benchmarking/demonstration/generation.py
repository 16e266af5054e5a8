"""Invented figures: plausible in size and in how they go together, and about no region at all."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

SEED = 2026
YEARS = (2019, 2020, 2021, 2022, 2023)
GAPS, MARKED, NEIGHBOUR_GAPS = 0.03, 0.06, 0.18
CAPITALS = {"AT13", "BG41", "EL30", "HR05", "HU11", "ITI4", "RO32", "RS11", "SI04", "SK01"}
NEIGHBOURS = {"RS"}


def figures(indicators: Sequence[dict[str, Any]], areas: Sequence[str]) -> pd.DataFrame:
    """One row for each cell: indicator, area, year, value, flag, provenance; the same ones every time."""
    random = np.random.default_rng(SEED)
    strength = strengths(areas, random)
    frames = [frame_of(one, areas, strength, random) for one in indicators]
    return pd.concat(frames, ignore_index=True)


def strengths(areas: Sequence[str], random: np.random.Generator) -> np.ndarray:
    """How strong the invented economy of each area is: its country, whether it holds a capital, and chance."""
    countries = {code: random.normal() for code in sorted({area[:2] for area in areas})}
    base = np.array([0.6 * countries[area[:2]] + 1.2 * (area in CAPITALS) for area in areas])
    made = base + 0.7 * random.normal(size=len(areas))
    return (made - made.mean()) / made.std()


def frame_of(
    one: dict[str, Any], areas: Sequence[str], strength: np.ndarray, random: np.random.Generator
) -> pd.DataFrame:
    shape = (len(areas), len(YEARS))
    loads = one["loads"]
    level = loads * strength + np.sqrt(1 - loads**2) * random.normal(size=len(areas))
    steps = np.arange(len(YEARS)) * one["trend"]
    value = one["mean"] + one["spread"] * level[:, None] + steps + 0.06 * one["spread"] * random.normal(size=shape)
    value = np.exp(value) if one.get("log") else value
    value = np.round(np.maximum(value, one["low"] + 0.05 * random.random(shape)), one["decimals"] + 1)
    flag, kept = flags(areas, shape, random)
    value[np.char.startswith(flag.astype(str), ":")] = np.nan
    rows = pd.DataFrame(
        {
            "indicator": one["code"],
            "area": np.repeat(np.array(areas, dtype=object), len(YEARS)),
            "year": np.tile(YEARS, len(areas)),
            "value": value.ravel(),
            "flag": flag.ravel(),
            "provenance": "",
        }
    )
    return rows[kept.ravel()]


def flags(areas: Sequence[str], shape: tuple[int, int], random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The newest year is often provisional, Croatia breaks with its new regions, some cells are estimated or missing."""
    drawn = random.random(shape)
    flag = np.full(shape, "", dtype=object)
    flag[drawn < MARKED] = "e"
    flag[(drawn >= MARKED) & (drawn < MARKED + 0.02)] = "u"
    flag[:, -1][random.random(shape[0]) < 0.5] = "p"
    flag[[place for place, area in enumerate(areas) if area.startswith("HR")], 2] = "b"
    neighbour = np.array([area[:2] in NEIGHBOURS for area in areas])
    missing = random.random(shape) < np.where(neighbour, NEIGHBOUR_GAPS, GAPS)[:, None]
    said = random.random(shape) < 0.6
    flag[missing & said] = ":"
    return flag, ~(missing & ~said)


def former(cells: pd.DataFrame) -> pd.DataFrame:
    """The version before: a year less, and what was provisional in its newest year was revised since."""
    random = np.random.default_rng(SEED + 1)
    kept = cells[cells["year"] < YEARS[-1]].reset_index(drop=True)
    revised = ((kept["year"] == YEARS[-2]) & (random.random(len(kept)) < 0.2)).to_numpy()
    shifted = kept["value"] * np.where(revised, 1 + 0.03 * random.normal(size=len(kept)), 1)
    kept["value"] = shifted.round(3).where(revised, kept["value"])
    kept["flag"] = kept["flag"].where(~revised | (kept["flag"] != ""), "p")
    return kept
