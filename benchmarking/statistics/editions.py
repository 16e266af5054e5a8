"""Editions of cluster mapping: named sets of thresholds, each with where it comes from."""

import csv
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

MEASURES = ("size", "specialisation", "focus", "productivity")
SMALL = "small"
TOP, LEAST = "top", "least"  # among the highest share of the cells, or at least a value
SECTOR, EVERYWHERE, CELL = "sector", "all", "cell"  # what a share is taken of: the sector, all cells, nothing
PUBLISHED, REPORTED, OURS = "published", "reported", "ours"
OWN = "clusterpolisee-2026"


@dataclass(frozen=True)
class Threshold:
    """`origin` is `published` (seen in the source), `reported` (quoted elsewhere, not checked) or `ours`."""

    measure: str
    rule: str
    value: float
    scope: str
    origin: str
    source: str = ""


@dataclass(frozen=True)
class Edition:
    code: str
    name: str
    thresholds: tuple[Threshold, ...]

    def of(self, measure: str) -> Threshold | None:
        return next((threshold for threshold in self.thresholds if threshold.measure == measure), None)

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(measure for measure in MEASURES if self.of(measure))

    @property
    def small(self) -> float:
        found = self.of(SMALL)
        return found.value if found else 0.0

    def changed(self, **values: float) -> "Edition":
        """The same with other values; each that differs is then ours."""
        return replace(self, thresholds=tuple(other(threshold, values) for threshold in self.thresholds))

    def as_json(self) -> dict:
        return asdict(self)


def other(threshold: Threshold, values: dict[str, float]) -> Threshold:
    value = values.get(threshold.measure, threshold.value)
    return threshold if value == threshold.value else replace(threshold, value=value, origin=OURS, source="")


def from_json(told: dict) -> Edition:
    return Edition(told["code"], told["name"], tuple(Threshold(**threshold) for threshold in told["thresholds"]))


@cache
def editions() -> dict[str, Edition]:
    with Path(__file__).with_name("editions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["edition"]: row["name"] for row in rows}
    return {
        code: Edition(code, name, tuple(read(row) for row in rows if row["edition"] == code))
        for code, name in names.items()
    }


def read(row: dict[str, str]) -> Threshold:
    return Threshold(row["measure"], row["rule"], float(row["value"]), row["scope"], row["origin"], row["source"])
