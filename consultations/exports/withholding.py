"""Which values of open data are taken away, so that nothing the published figures hide follows from both together.

A column is read as tables: its values, and its values by each profile question that the open data hold. Hidden are cells
the page of the results hides, cells of fewer than `least` rows, and others with them; then it is tried whether what is
known of the rows taken away settles a small cell all the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron, vstack

from ..questions import SEVERAL_TYPES
from ..statistics.suppression import small, suppress_counts, suppress_table
from .columns import COUNT, NOT_SHOWN, NUMBER, Column, Missing

TRIES = 12


@dataclass(frozen=True)
class Told:
    """Of one column everybody reads these values, and these pairs of a profile question's answer and a value."""

    options: Collection[Any]
    tables: Mapping[str, Collection[tuple[Any, Any]]]


def told_in(figures: Mapping[str, Any]) -> dict[str, Told]:
    """What published figures tell, by the name of the column."""
    found = {}
    for code, entry in figures["questions"].items():
        parts = {code: entry} if "options" in entry else {}
        parts |= {f"{code}.{row['code']}": row for row in entry.get("rows", ()) if "options" in row}
        for name, part in parts.items():
            found |= ticks_told(name, part) if entry["type"] in SEVERAL_TYPES else {name: choice_told(part)}
    return found


def choice_told(part: Mapping[str, Any]) -> Told:
    cells = {
        profile: {
            (str(row["code"]), str(cell["code"]))
            for row in table["rows"]
            for cell in row["cells"]
            if not cell["suppressed"]
        }
        for profile, table in part.get("crosstabs", {}).items()
    }
    return Told({str(option["code"]) for option in part["options"] if not option["suppressed"]}, cells)


def ticks_told(name: str, part: Mapping[str, Any]) -> dict[str, Told]:
    """Each option is a column of its own; who did not tick it follows from who did."""
    whole, found = choice_told(part), {}
    for option in (str(option["code"]) for option in part["options"]):
        tables = {
            profile: {(row, is_so) for row, code in cells if code == option for is_so in (True, False)}
            for profile, cells in whole.tables.items()
        }
        found[f"{name}.{option}"] = Told({True, False} if option in whole.options else (), tables)
    return found


@dataclass(frozen=True)
class Division:
    """A table of one column: the group of each row, and which cells are read on the page or hidden here."""

    groups: np.ndarray
    known: np.ndarray
    hidden: np.ndarray


@dataclass(frozen=True)
class Reading:
    """The values of one column over all rows, as they were given; those never asked are no part of it."""

    column: Column
    values: Sequence[Any]
    profiles: Mapping[str, Sequence[Any]]
    told: Told | None
    least: int

    @cached_property
    def names(self) -> list[Any]:
        return list(dict.fromkeys(plain(value) for value in self.values if value is not NOT_SHOWN))

    @cached_property
    def places(self) -> np.ndarray:
        """The place of each row's value among `names`, -1 where the question was not shown."""
        order = {name: place for place, name in enumerate(self.names)}
        return np.array([order.get(plain(value), -1) for value in self.values], dtype=int)

    @property
    def is_measured(self) -> bool:
        return self.column.kind in (COUNT, NUMBER) and self.column.of != "rating"

    @cached_property
    def divisions(self) -> list[Division]:
        others = {name: values for name, values in self.profiles.items() if name != self.column.name}
        return [self.division("", [""] * len(self.values)), *(self.division(*item) for item in others.items())]

    def division(self, profile: str, given: Sequence[Any]) -> Division:
        names = list(dict.fromkeys(given))
        order = {name: place for place, name in enumerate(names)}
        groups = np.array([order[name] for name in given], dtype=int)
        table = self.table(groups, len(names))
        page = None
        if self.told is not None:
            page = {("", value) for value in self.told.options} if not profile else self.told.tables.get(profile)
        if page is None:
            hidden = self.hidden_here(table, is_whole=not profile)
            return Division(groups, ~hidden, hidden)
        few = small(table, self.least)
        known = np.array([[(group, value) in page for value in self.names] for group in names], dtype=bool)
        known = known.reshape(table.shape) | (self.unlisted(names) & ~few)
        return Division(groups, known, few | ~known)

    def unlisted(self, groups: Sequence[Any]) -> np.ndarray:
        """Cells of those who gave no answer: no page names them."""
        rows = np.array([isinstance(group, Missing) for group in groups], dtype=bool)
        columns = np.array([isinstance(value, Missing) for value in self.names], dtype=bool)
        return rows[:, None] | columns[None, :]

    def table(self, groups: np.ndarray, height: int, rows: np.ndarray | None = None) -> np.ndarray:
        asked = self.places >= 0 if rows is None else rows
        table = np.zeros((height, len(self.names)), dtype=int)
        np.add.at(table, (groups[asked], self.places[asked]), 1)
        return table

    def hidden_here(self, table: np.ndarray, *, is_whole: bool) -> np.ndarray:
        """What the rule of the statistics hides where no page does it."""
        if self.is_measured or not table.size:
            return small(table, self.least)
        whole = suppress_counts(table.sum(axis=0), self.least).options
        if is_whole:
            return whole[None, :]
        return suppress_table(table, self.least, suppress_counts(table.sum(axis=1), self.least).options, whole).cells

    def in_hidden_cells(self) -> np.ndarray:
        asked, taken = self.places >= 0, np.zeros(len(self.places), dtype=bool)
        for division in self.divisions:
            taken[asked] |= division.hidden[division.groups[asked], self.places[asked]]
        return taken

    def widened(self, taken: np.ndarray) -> np.ndarray:
        """More rows, until nobody or at least `least` are taken of each group, and no small cell is left."""
        asked = self.places >= 0
        while True:
            more = taken.copy()
            for division in self.divisions:
                left = asked & ~more
                few = small(self.table(division.groups, len(division.known), left), self.least)
                more[left] |= few[division.groups[left], self.places[left]]
                number = np.bincount(division.groups[more & asked], minlength=len(division.known))
                for group in np.flatnonzero((number > 0) & (number < self.least)):
                    left = asked & ~more & (division.groups == group)
                    more |= self.most_frequent(left, self.least - number[group])
            if (more == taken).all():
                return taken
            taken = more

    def most_frequent(self, rows: np.ndarray, number: int) -> np.ndarray:
        """So many rows with the most frequent value, the last of them; all, where fewer than `least` would stay."""
        found = np.zeros_like(rows)
        if rows.any():
            held = np.flatnonzero(rows & (self.places == np.bincount(self.places[rows]).argmax()))
            found[held[-number:] if len(held) - number >= self.least else held] = True
        return found

    def is_safe(self, taken: np.ndarray) -> bool:
        """Whether no small cell that the page hides is settled by it and by all that is left in the open data."""
        if self.is_measured or not taken.any():
            return True
        return all_vary(self, taken)


def plain(value: Any) -> Any:
    return str(int(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def ticks_taken(
    question: Mapping[str, Any], readings: Sequence[Reading], taken: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Rows taken away of every option of one list, and those that what stands beside them settles all the same.

    Where fewer ticks are left than somebody had to give, the whole list of the row goes.
    """
    ticks = np.array([[value is True for value in reading.values] for reading in readings], dtype=bool)
    gave = np.array([[isinstance(value, bool) for value in reading.values] for reading in readings], dtype=bool)
    found, least, most = np.array(taken, dtype=bool), question.get("min") or 1, question.get("max") or len(readings)
    while True:
        left = (ticks & ~found).sum(axis=0)
        bare = gave.all(axis=0) & found.any(axis=0) & (left < least)
        more = np.array(
            [reading.widened(rows | bare) for reading, rows in zip(readings, found, strict=True)], dtype=bool
        )
        if (more == found).all():
            break
        found = more
    alone = [reading.column.name.rpartition(".")[2] == question.get("exclusive") for reading in readings]
    excluded = (ticks & ~found)[alone].any(axis=0) | (gave.all(axis=0) & (left >= most))
    return found, found & excluded


def all_vary(reading: Reading, taken: np.ndarray) -> bool:
    """Looks for other answers of the rows taken away that fit all that is known, until each small cell has had another
    number. The reader is given the true profile of every row."""
    rows, width = np.flatnonzero(taken), len(reading.names)
    parts = np.column_stack([division.groups[rows] for division in reading.divisions])
    strata, stratum = np.unique(parts, axis=0, return_inverse=True)
    truth = np.zeros((len(strata), width))
    np.add.at(truth, (stratum.ravel(), reading.places[rows]), 1)
    equations, secrets = [kron(eye_array(len(strata)), np.ones((1, width)))], []
    for number, division in enumerate(reading.divisions):
        counts = reading.table(division.groups, len(division.known))
        few = (counts > 0) & (counts < reading.least) & ~division.known
        for group in np.unique(strata[:, number]):
            here = strata[:, number] == group
            equations.append(sums(here, np.flatnonzero(division.known[group]), width))
            secrets.append(sums(here, np.flatnonzero(few[group]), width))
    return vary(vstack([csr_array(one) for one in equations]).tocsr(), np.vstack(secrets), truth.ravel())


def sums(here: np.ndarray, values: np.ndarray, width: int) -> np.ndarray:
    """One row per value: over which variables it is summed."""
    found = np.zeros((len(values), len(here), width))
    found[np.arange(len(values)), :, values] = here
    return found.reshape(len(values), len(here) * width)


def vary(known: csr_array, secrets: np.ndarray, truth: np.ndarray) -> bool:
    """Whether every secret sum takes another whole number somewhere, the known ones staying as they are."""
    settled = np.ones(len(secrets), dtype=bool)
    random, held, right = np.random.default_rng(0), secrets @ truth, known @ truth
    for number in range(TRIES + len(secrets)):
        if not settled.any():
            return True
        weights = random.normal(size=len(secrets)) * settled
        if number >= TRIES:  # one by one
            weights = np.eye(len(secrets))[np.flatnonzero(settled)[0]]
        before = settled.sum()
        for goal in (weights @ secrets, -(weights @ secrets)):
            found = linprog(goal, A_eq=known, b_eq=right, bounds=(0, None), method="highs")
            if found.x is not None:
                settled &= np.abs(secrets @ found.x - held) < 1 - 1e-6
        if number >= TRIES and settled.sum() == before:
            return False
    return not settled.any()
