"""What a reader can compute from a published table.

A table with its totals is a network: every count is an arc, every published equation (a row and its total, a column and
its total, the totals and the grand total) a node where what flows in flows out. The reader is taken to know the rule
of suppression and even which hidden counts lie below the threshold.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron


@dataclass(frozen=True)
class Network:
    """Arc i carries the count value[i] from node start[i] to node end[i]."""

    start: np.ndarray
    end: np.ndarray
    value: np.ndarray

    @cached_property
    def nodes(self):
        return int(max(self.start.max(), self.end.max())) + 1

    def per_node(self, weights):
        """Sums of a weight per arc: what leaves each node, what enters it."""
        return (
            np.bincount(self.start, weights, minlength=self.nodes),
            np.bincount(self.end, weights, minlength=self.nodes),
        )

    def equations(self, arcs):
        """Matrix nodes × arcs: 1 where an arc leaves, -1 where it enters."""
        number, size = np.arange(len(arcs)), (self.nodes, len(arcs))
        matrix = np.zeros(size)
        matrix[self.start[arcs], number] = 1
        matrix[self.end[arcs], number] = -1
        return matrix


def table_network(table):
    """Arcs: the cells row by row, the row totals, the column totals, the grand total."""
    table = np.asarray(table)
    height, width = table.shape
    rows, columns = np.arange(height), height + np.arange(width)
    left, top = height + width, height + width + 1
    return Network(
        start=np.concatenate([np.repeat(rows, width), np.full(height, left), columns, [top]]),
        end=np.concatenate([np.tile(columns, height), rows, np.full(width, top), [left]]),
        value=np.concatenate([table.ravel(), table.sum(axis=1), table.sum(axis=0), [table.sum()]]),
    )


def limits(value, threshold, blanket=False):
    """What the rule alone says of hidden counts: below the threshold from 1, otherwise from the threshold; 0 from 0.

    Of counts hidden whatever their size (`blanket`) it says only that they are not negative.
    """
    small = (value > 0) & (value < threshold) & ~np.asarray(blanket)
    low = np.where(small, 1, np.where((value == 0) | blanket, 0, threshold))
    return low, np.where(small, threshold - 1, np.inf)


def mutually_reachable(tail, head, nodes):
    """Matrix of the pairs of nodes with a way there and back, by repeated squaring: there are few nodes."""
    steps = np.eye(nodes, dtype=np.float32)
    steps[tail, head] = 1
    for _ in range(nodes.bit_length()):
        steps = np.minimum(steps @ steps, 1)
    return (steps > 0) & (steps.T > 0)


def determined(network, hidden, threshold, blanket=False):
    """Which hidden counts follow exactly from the published ones.

    A count can be another exactly if the arcs along which counts may still grow or shrink close a circle through it:
    its ends are strongly connected, and it is no bridge among the arcs within that component. Bridges are the arcs of
    effective resistance 1. All numbers are whole, so a count that can move at all can move by at least one.
    """
    low, high = limits(network.value, threshold, blanket)
    grow, shrink = hidden & (network.value < high), hidden & (network.value > low)
    tail = np.concatenate([network.start[grow], network.end[shrink]])
    head = np.concatenate([network.end[grow], network.start[shrink]])
    mutual = mutually_reachable(tail, head, network.nodes)
    moving = np.flatnonzero((grow | shrink) & mutual[network.start, network.end])
    matrix = network.equations(moving)
    # Adding `mutual` makes the Laplacian of the components invertible and leaves resistances as they are.
    resistance = (matrix * np.linalg.solve(matrix @ matrix.T + mutual, matrix)).sum(axis=0)
    answer = hidden.copy()
    answer[moving[resistance < 1 - 1e-7]] = False
    return answer


def arc_bounds(network, hidden, low, high):
    """Smallest and largest value of every count, given the published ones and limits of the hidden ones.

    One linear programme holds all questions at once, a block for each hidden count and direction.
    """
    least, most = network.value.astype(float), network.value.astype(float)
    arcs = np.flatnonzero(hidden)
    size = len(arcs)
    if not size:
        return least, most
    matrix = csr_array(network.equations(arcs))
    goal = np.eye(size)
    solution = linprog(
        np.concatenate([goal, -goal]).ravel(),
        A_eq=kron(eye_array(2 * size), matrix).tocsr(),
        b_eq=np.tile(matrix @ network.value[arcs], 2 * size),
        bounds=np.tile(np.column_stack([low[arcs], high[arcs]]), (2 * size, 1)),
        method="highs",
    )
    if solution.status != 0:
        raise ValueError(f"the limits do not fit the table: {solution.message}")
    extremes = solution.x.reshape(2, size, size).diagonal(axis1=1, axis2=2)
    least[arcs], most[arcs] = extremes
    return least, most


def cell_bounds(table, suppressed, threshold=None, hidden_rows=None, hidden_columns=None):
    """Low and high of each cell of a table published with its totals (but the hidden ones), by linear programming.

    Without a threshold the reader knows only that counts are not negative.
    """
    network = table_network(table)
    hidden = hidden_arcs(suppressed, hidden_rows, hidden_columns)
    low, high = np.zeros(len(hidden)), np.full(len(hidden), np.inf)
    if threshold is not None:
        low, high = limits(network.value, threshold, blanket_arcs(hidden, np.shape(table)))
    least, most = arc_bounds(network, hidden, low, high)
    size = np.size(table)
    return least[:size].reshape(np.shape(table)), most[:size].reshape(np.shape(table))


def blanket_arcs(hidden, shape):
    """Cells of a table's network that are hidden because the total of their row or column is."""
    size = shape[0] * shape[1]
    rows, columns = np.split(hidden[size:-1], [shape[0]])
    return np.append((rows[:, None] | columns).ravel(), np.zeros(len(hidden) - size, dtype=bool))


def hidden_arcs(suppressed, hidden_rows=None, hidden_columns=None):
    """The mask of a table's network from the masks of its cells and totals; the grand total is always published."""
    suppressed = np.asarray(suppressed, dtype=bool)
    rows, columns = (np.zeros(size, dtype=bool) for size in suppressed.shape)
    rows |= hidden_rows is not None and np.asarray(hidden_rows, dtype=bool)
    columns |= hidden_columns is not None and np.asarray(hidden_columns, dtype=bool)
    return np.concatenate([suppressed.ravel(), rows, columns, [False]])
