"""A workload, its floor, its budget, and the table of them all."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.load import Measured, Request, alternate, load, ratio, visit

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS", "5"))
CLIENTS = int(os.environ.get("CLIENTS", "4"))
WARM = 30  # addresses of a workload asked once before it is measured


@dataclass(frozen=True)
class Side:
    port: int
    requests: Sequence[Request]

    def prepare(self) -> None:
        """What is read, compiled or kept once is so before anything is measured."""
        visit(self.port, self.requests[:WARM], clients=CLIENTS)

    def run(self) -> Measured:
        return load(self.port, self.requests, seconds=SECONDS, clients=CLIENTS)


@dataclass(frozen=True)
class Workload:
    """`budget`: least ratios with the most queries each holds for, of which one must be met; empty where none is set."""

    name: str
    product: Side
    floor: Side
    budget: tuple[tuple[float, int], ...] = ()
    queries: int = 0

    @property
    def needed(self) -> float:
        possible = [least for least, most in self.budget if self.queries <= most]
        return min(possible, default=float("inf") if self.budget else 0)


def compare(workload: Workload) -> bool:
    """Measures both sides in turn and prints their line; whether the budget holds and every answer was right."""
    for side in (workload.product, workload.floor):
        side.prepare()
    rounds = list(alternate(ROUNDS, workload.product.run, workload.floor.run))
    found, rates = ratio(rounds), [median(side.rate for side in sides) for sides in zip(*rounds, strict=True)]
    wrong = sum((side.wrong for sides in rounds for side in sides), start=Measured().wrong)
    held = found >= workload.needed and not wrong
    budget = f"{workload.needed:.2f}" if workload.budget else "-"
    cells = f"{rates[0]:10.1f} {rates[1]:10.1f} {found:7.2f} {budget:>7} {workload.queries or '-':>8}"
    latency = median(sides[0].at(0.95) for sides in rounds)
    print(f"{workload.name:30} {cells} {latency:8.1f}  {'ok' if held else 'MISSED'} {dict(wrong) or ''}", flush=True)
    return held


def table(workloads: Sequence[Workload]) -> bool:
    print(f"{'workload':30} {'product/s':>10} {'floor/s':>10} {'ratio':>7} {'budget':>7} {'queries':>8} {'p95 ms':>8}")
    held = [compare(workload) for workload in workloads]
    return all(held)
