"""Profile questions whose answers imply those of another: each kind of organisation belongs to one audience.

The finer table divides the rows of the coarser one, so both together are one network, and the finer one is hidden so that
nothing hidden of either can be computed from both.
"""

from dataclasses import dataclass, replace

import numpy as np

from .disclosure import Network
from .suppression import HiddenCells, HiddenCounts, checked, protect, small
from .tallies import Tally


@dataclass(frozen=True)
class Nesting:
    """`group`: the place in the coarser question of each answer to the finer one, then of those who gave none, who are
    divided by group. `row`: the place of each response among all these. `hidden_rows`: whose totals are hidden."""

    parent: Tally
    group: np.ndarray
    row: np.ndarray
    hidden_rows: np.ndarray

    @property
    def groups(self):
        return len(self.parent.codes) + 1


def nest_profiles(tallies, profile, threshold):
    """The tallies of profile questions, each within the finest of the others it is nested in, the coarse ones first."""
    found: dict[str, Tally] = {}
    for name in sorted(profile, key=lambda code: (np.count_nonzero(tallies[code].count), profile.index(code))):
        parents = [coarser for coarser in found.values() if group_of(tallies[name], coarser) is not None]
        found[name] = nested(tallies[name], parents[-1], threshold) if parents else tallies[name]
    return found


def places(tally):
    """The place of each response among the answers, last those who gave none."""
    size = len(tally.codes)
    return np.where(tally.standing < 0, size, np.minimum(tally.standing, size))


def group_of(finer, coarser):
    """The group of each answer to the finer question; None where an answer occurs in several groups, or in one only, or
    where one of the questions was not shown to everybody."""
    size, groups = len(finer.codes), len(coarser.codes) + 1
    table = np.bincount(places(finer) * groups + places(coarser), minlength=(size + 1) * groups).reshape(-1, groups)
    several = (table[:-1] > 0).sum(axis=1).max(initial=0) > 1
    if several or table[:-1].any(axis=0).sum() < 2 or finer.reach.not_shown or coarser.reach.not_shown:
        return None
    return table[:-1].argmax(axis=1)


def nested(finer, coarser, threshold):
    """The finer tally, with what is hidden of it, given what is of the coarser."""
    size, groups = len(finer.codes), len(coarser.codes) + 1
    own, group = places(finer), np.append(group_of(finer, coarser), np.arange(groups))
    row = np.where(own < size, own, size + places(coarser))
    count = np.bincount(row, minlength=size + groups)
    hidden, rows = suppress_nested_counts(count, group, size, finer.reach.dont_know, coarser.hidden_totals, threshold)
    return replace(finer, hidden=hidden, hidden_options=hidden.options, within=Nesting(coarser, group, row, rows))


def suppress_nested_counts(count, group, size, dont_know, hidden_groups, threshold):
    """`count`: of each answer, then per group of those who gave none; group totals are published but the hidden ones."""
    threshold = checked(threshold)
    totals, base = np.bincount(group, count).astype(int), count[:size].sum()
    silent = count[size:].sum() - dont_know
    value = np.concatenate([count, totals, [base, dont_know, silent, count.sum()]]).astype(int)
    top = np.arange(len(totals))
    nodes = np.where(np.arange(len(count)) < size, 1, 2)
    start = np.concatenate([4 + group, np.full(len(totals), 3), [1, 2, 2, 0]])
    end = np.concatenate([nodes, 4 + top, [0, 0, 0, 3]])
    number = np.arange(len(value))
    fixed = ((number >= len(count)) & (number < len(count) + len(totals))) | (number == len(value) - 1)
    hidden = small(value, threshold) & ~fixed
    hidden[len(count) : len(count) + len(totals)] = hidden_groups
    blanket = np.append(np.asarray(hidden_groups)[group], np.zeros(len(value) - len(count), dtype=bool))
    unseen = (number >= size) & (number < len(count))
    if hidden.any():
        safe = protect(Network(start, end, value), hidden, threshold, fixed, unseen, blanket & (value > 0))
        hidden = (~fixed | hidden) if safe is None else safe
    rows, (base_hidden, doubt, rest, _whole) = hidden[: len(count)], hidden[-4:].tolist()
    return HiddenCounts(rows[:size], base_hidden, doubt, rest), rows


def suppress_nested_table(table, group, threshold, hidden_rows, hidden_above, unseen):
    """Hide cells of a table whose rows divide those of another; `hidden_above`: the hidden cells of that one, by group.

    A cell above that is hidden hides all below it.
    """
    table, threshold = np.asarray(table), checked(threshold)
    height, width = table.shape
    groups = len(hidden_above)
    above = np.zeros((groups, width), dtype=int)
    np.add.at(above, group, table)
    small_cells = small(table, threshold)
    blanket = (np.asarray(hidden_rows)[:, None] | np.asarray(hidden_above)[group]) & np.ones(table.shape, dtype=bool)
    cells = np.concatenate([(small_cells | blanket).ravel(), hidden_rows, np.ravel(hidden_above), [False]])
    if not cells.any():
        return HiddenCells(small_cells, False)
    rows = np.arange(height)
    column = height + group[:, None] * width + np.arange(width)
    top, bottom = height + groups * width, height + groups * width + 1
    start = np.concatenate([np.repeat(rows, width), np.full(height, top), height + np.arange(groups * width), [bottom]])
    end = np.concatenate([column.ravel(), rows, np.full(groups * width, bottom), [top]])
    value = np.concatenate([table.ravel(), table.sum(axis=1), above.ravel(), [table.sum()]])
    fixed = np.arange(len(value)) >= table.size
    never = np.append(np.ravel(unseen), np.zeros(len(value) - table.size, dtype=bool))
    covered = np.append(blanket.ravel(), np.zeros(len(value) - table.size, dtype=bool))
    safe = protect(Network(start, end, value), cells, threshold, fixed, never, covered)
    if safe is None:
        return HiddenCells(np.logical_and.outer(table.any(axis=1), table.any(axis=0)), True)
    return HiddenCells(safe[: table.size].reshape(table.shape), False)
