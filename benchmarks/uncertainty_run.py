"""One measurement of uncertainty and sensitivity: `uncertainty_run WHAT ROUNDS UNITS INDICATORS RUNS`; prints JSON.

Alternating with the floor: for as many runs one product of weights and figures, and ranks by sorting.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarking.statistics import composite, sensitivity, uncertainty
from benchmarking.statistics.draws import Choices, treatment_of
from benchmarking.statistics.recipe import Recipe

RECIPE, PIECE = Recipe(), 1000
TREATMENTS, SCALES = ("none", "winsorise:5", "log"), ("minmax:1:100", "zscore:100:10", "rank")
CHOICES = {
    "uncertainty": Choices(
        treatment=TREATMENTS, normalisation=SCALES, noise=0.25, aggregation=("amean", "gmean", "hmean")
    ),
    "mixed levels": Choices(
        treatment=TREATMENTS, normalisation=SCALES, noise=0.25, aggregation_by_level=(("amean", "gmean"),) * 3
    ),
    "sobol": Choices(
        imputation=("none", "mean"),
        treatment=TREATMENTS,
        normalisation=SCALES,
        noise=0.25,
        aggregation_by_level=(("amean", "gmean"),) * 3,
        left_out=("", "i0", "i1"),
    ),
}


def figures(units: int, indicators: int):
    """Skewed figures of pillars of five indicators, two domains and the index."""
    codes = [f"i{place}" for place in range(indicators)]
    values = np.random.default_rng(1).lognormal(0, 0.7, (units, indicators))
    data = pd.DataFrame(values, index=[f"R{place}" for place in range(units)], columns=codes)
    pillars = -(-indicators // 5)
    rows = [(code, f"p{place // 5}") for place, code in enumerate(codes)]
    rows += [(f"p{place}", f"d{place % 2}") for place in range(pillars)] + [
        ("d0", "Index"),
        ("d1", "Index"),
        ("Index", ""),
    ]
    return data, pd.DataFrame(rows, columns=["iCode", "Parent"])


def floor(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """In pieces that suit the processor, so that the floor does not wait for memory."""
    ranks = np.empty((len(weights), len(values)), np.int16)
    for first in range(0, len(weights), PIECE):
        scores = weights[first : first + PIECE] @ values.T
        order = np.argsort(-scores, axis=1)
        places = np.arange(1, len(values) + 1, dtype=np.int16)[None]
        np.put_along_axis(ranks[first : first + PIECE], order, places, axis=1)
    return ranks


def product(what: str, data, metadata, runs: int):
    if what == "sobol":
        return sensitivity.sobol(data, metadata, RECIPE, CHOICES[what], runs // 10, 1)
    found = uncertainty.analyse(data, metadata, RECIPE, CHOICES[what], runs, 1)
    return found.quantiles(), found.top(10)


def resident() -> float:
    """Megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def highest() -> float:
    """The most megabytes it ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def grown(what: str, data, metadata, runs: int) -> dict[str, float]:
    begun = resident()
    product(what, data, metadata, runs)
    return {"began": begun, "grew": highest() - begun}


def measure(what: str, rounds: int, data, metadata, runs: int) -> dict[str, list[float]]:
    random = np.random.default_rng(2)
    values, weights = random.random(data.shape), random.random((runs, data.shape[1]))
    spent: dict[str, list[float]] = {"own": [], "floor": []}
    for _ in range(rounds + 1):
        spent["own"].append(timed(product, what, data, metadata, runs))
        spent["floor"].append(timed(floor, values, weights))
    return {name: seconds[1:] for name, seconds in spent.items()}  # the first round imports


def timed(work, *inputs) -> float:
    begun = time.process_time()
    work(*inputs)
    return time.process_time() - begun


def compared(data, metadata, runs: int) -> dict[str, float]:
    """Largest difference from building run by run, and how many ranks differ."""
    apart, wrong = 0.0, 0
    found = uncertainty.analyse(data, metadata, RECIPE, CHOICES["mixed levels"], runs, 1, keep_scores=True)
    for place, draw in enumerate(found.draws.frame.to_dict("records")):
        changed = RECIPE.changed(
            treatment=treatment_of(draw["winmax"]),
            normalisation=draw["normalisation"],
            aggregation=tuple(draw["aggregation"].split(",")),
            weights="given",
            given=tuple(found.draws.sets.loc[draw["weight_set"]].items()),
        )
        built = composite.build(data, metadata, changed)
        scores = built.scores["Index"].to_numpy()
        apart = max(apart, float((np.abs(found.scores[place] - scores) / np.maximum(1, np.abs(scores))).max()))
        wrong += int((found.ranks[place] != built.ranks["Index"].to_numpy()).sum())
    return {"apart": apart, "wrong": wrong}


def main(what: str, rounds: int, units: int, indicators: int, runs: int) -> None:
    data, metadata = figures(units, indicators)
    if what == "compare":
        print(json.dumps(compared(data, metadata, runs)))
    elif rounds:
        print(json.dumps(measure(what, rounds, data, metadata, runs)))
    else:
        print(json.dumps(grown(what, data, metadata, runs)))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:6]))
