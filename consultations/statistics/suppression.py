"""Which counts of a published table are hidden, so that no count from 1 to threshold - 1 can be read or computed."""

from dataclasses import dataclass

import numpy as np

from .disclosure import Network, blanket_arcs, determined, hidden_arcs, table_network

SMALLEST_THRESHOLD = 3  # below it the rule itself says that a hidden count is 1


@dataclass(frozen=True)
class HiddenCounts:
    """True where a count of a one-way table is hidden. Without `base` shares of base are hidden too."""

    options: np.ndarray
    base: bool
    dont_know: bool
    rest: bool


@dataclass(frozen=True)
class HiddenCells:
    """True where a cell is hidden. `withheld`: no part of the table could be published."""

    cells: np.ndarray
    withheld: bool


def small(count, threshold):
    return (np.asarray(count) > 0) & (np.asarray(count) < threshold)


def checked(threshold):
    if threshold < SMALLEST_THRESHOLD:
        raise ValueError(f"the threshold must be at least {SMALLEST_THRESHOLD}, not {threshold}")
    return threshold


def exposed(network, hidden, threshold):
    """Nodes where published counts leave a single hidden count, or hidden counts that together are small."""
    leaving, entering = network.per_node(hidden * network.value)
    remainder = np.abs(leaving - entering)
    alone = sum(network.per_node(hidden)) == 1
    return (remainder > 0) & (alone | (remainder < threshold))


def cheapest(network, hidden, nodes, fixed, unseen):
    """For each of these nodes the arc to hide next: counts before zeros, unseen ones first, then where the other node
    has hidden arcs already, then the smallest."""
    ends, others = np.concatenate([network.start, network.end]), np.concatenate([network.end, network.start])
    arc = np.tile(np.arange(len(network.value)), 2)
    value, busy, through = network.value[arc], sum(network.per_node(hidden)) > 0, network.per_node(network.value)[0]
    useful = nodes[ends] & ~(hidden | fixed)[arc] & (through[ends] > 0) & (through[others] > 0)
    order = np.lexsort((value, ~busy[others], ~unseen[arc], value == 0, ends))
    order = order[useful[order]]
    chosen = np.zeros_like(hidden)
    chosen[arc[order[np.unique(ends[order], return_index=True)[1]]]] = True
    return chosen


def protect(network, hidden, threshold, fixed, unseen, blanket):
    """Hide the blanket and more arcs until nothing hidden can be computed; None when there is nothing left to hide.

    In the end zeros that follow from published counts are shown: hiding them would hide nothing.
    """
    hidden = hidden | blanket
    while True:
        nodes = exposed(network, hidden, threshold)
        if not nodes.any():
            known = determined(network, hidden, threshold, blanket)
            found = known & (network.value > 0)
            if not found.any():
                return hidden & ~known
            nodes[network.start[found]] = nodes[network.end[found]] = True
        more = cheapest(network, hidden, nodes, fixed, unseen)
        if not more.any():
            return None
        hidden = hidden | more


def suppress_counts(options, threshold, dont_know=0, rest=0, hide_rest=False):
    """Hide counts of a one-way table of which base (the sum of options) and base + dont_know + rest are published.

    `rest` is who gave no answer: the public total makes it a cell. `hide_rest` hides it whatever its size. A base below
    the threshold hides all options.
    """
    options, threshold = np.asarray(options), checked(threshold)
    base, size = options.sum(), len(options)
    value = np.concatenate([options, [base, dont_know, rest, base + dont_know + rest]])
    hidden = small(value, threshold)
    hidden[-1] = False
    hidden[size + 2] |= hide_rest
    if hidden.any():
        network = Network(np.array([1] * size + [2, 2, 2, 0]), np.array([0] * size + [1, 0, 0, 2]), value)
        number = np.arange(size + 4)
        fixed, blanket = number == size + 3, (number < size) & small(base, threshold)
        safe = protect(network, hidden, threshold, fixed, number < 0, blanket)
        hidden = ~fixed if safe is None else safe
    return HiddenCounts(hidden[:size], *hidden[size : size + 3].tolist())


def suppress_tree(options, group, threshold, rest=0, hide_rest=False):
    """Hide counts of options and of their groups, both published; `group` has the place of each option's group.

    As `suppress_counts`: the base, the rest and their sum are published too. Returns the hidden counts, and a mask of
    the groups. Options of a group below the threshold are hidden whatever their size.
    """
    options, group, threshold = np.asarray(options), np.asarray(group, dtype=int), checked(threshold)
    size, groups = len(options), int(group.max(initial=-1)) + 1
    totals, base = np.bincount(group, options, groups).astype(int), options.sum()
    value = np.concatenate([options, totals, [base, rest, base + rest]]).astype(int)
    hidden = small(value, threshold)
    hidden[-1] = False
    hidden[-2] |= hide_rest
    if hidden.any():
        start = np.concatenate([3 + group, np.full(groups, 1), [2, 2, 0]])
        end = np.concatenate([np.zeros(size, dtype=int), 3 + np.arange(groups), [1, 0, 2]])
        few = small(totals, threshold) | small(base, threshold)
        number = np.arange(len(value))
        blanket = np.concatenate([few[group], np.full(groups, small(base, threshold)), [False] * 3])
        fixed = number == len(value) - 1
        safe = protect(Network(start, end, value), hidden, threshold, fixed, number < 0, blanket)
        hidden = ~fixed if safe is None else safe
    base_hidden, rest_hidden = hidden[-3:-1].tolist()
    return HiddenCounts(hidden[:size], base_hidden, False, rest_hidden), hidden[size : size + groups]


def suppress_ticks(count, total, threshold):
    """Hide options of a multiple choice. Its number of respondents is public, so those who did not tick count too."""
    return small(count, checked(threshold)) | small(np.asarray(total) - count, threshold)


def suppress_table(table, threshold, hidden_rows=None, hidden_columns=None, unseen=None):
    """Hide cells of a table published with its totals, but those hidden in the one-way tables they come from.

    A row or column with a hidden total is hidden whole, so that the tables sharing the total say nothing about it.
    `unseen` marks cells never printed, which are hidden first.
    """
    table, threshold = np.asarray(table), checked(threshold)
    cells = small(table, threshold)
    hidden = hidden_arcs(cells, hidden_rows, hidden_columns)
    if not hidden.any():
        return HiddenCells(cells, False)
    fixed = np.arange(len(hidden)) >= table.size
    unseen = hidden_arcs(cells & False if unseen is None else unseen)
    safe = protect(table_network(table), hidden, threshold, fixed, unseen, blanket_arcs(hidden, table.shape))
    if safe is None:
        return HiddenCells(np.logical_and.outer(table.any(axis=1), table.any(axis=0)), True)
    return HiddenCells(safe[: table.size].reshape(table.shape), False)
