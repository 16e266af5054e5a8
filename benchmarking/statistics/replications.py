"""The index of one matrix of normalised indicators under very many weights: the sums of all runs as products of matrices.

Means of one kind that stand on each other are one mean with the product of the weights on the way, as long as a unit has no
gaps. Units with gaps go level by level, as two products: of the figures, and of what is there.
"""

from dataclasses import dataclass

import numpy as np

from .aggregation import LEAST_MEAN
from .ranking import DIGITS

POSITIVE = "gmean", "hmean", "power"
CELLS = 1 << 16  # numbers worked on at a time: what stays near the processor


def same(values):
    return values


MEANS = {
    "amean": lambda: (same, same),
    "gmean": lambda: (np.log, np.exp),
    "hmean": lambda: (np.reciprocal, np.reciprocal),
    "power": lambda p: (lambda values: values**p, lambda values: values ** (1 / p)),
}


def takes(method, values):
    """Whether a method can be told these figures: the same rule as `aggregation.refuse_values`."""
    if method.name not in POSITIVE:
        return np.ones(values.shape, bool)
    takes_zero = method.name == "power" and method.arguments[0] > 0
    return ~(values < 0) if takes_zero else ~(values <= 0)


class Replicator:
    """`scores` of one node for many weights. `values`: units × indicators in the order of `tree.indicators`.

    `methods`: of every aggregate, by code; `known`: what was found out about the tree for other values and the same methods.
    """

    def __init__(self, values, tree, methods, least=0.0, node=None, known=None):
        self.node = node or tree.root
        gaps = np.isnan(values).any(axis=1)
        pairs = any(method.name == "copeland" for method in methods.values())
        rows = [np.arange(len(values))] if pairs or gaps.all() else [np.flatnonzero(~gaps), np.flatnonzero(gaps)]
        self.parts = [
            (chosen, Part(values[chosen], tree, methods, least, {} if known is None else known))
            for chosen in rows
            if len(chosen)
        ]

    def scores(self, shares, out):
        """Writes runs × units into `out`; returns which runs a method refuses.

        `shares`: a row per node in the order of `tree.codes` and a last one of ones, a column per run; siblings sum to 1.
        """
        refused = np.zeros(len(out), bool)
        for chosen, part in self.parts:
            step = max(1, CELLS // (len(chosen) * part.width))
            for first in range(0, len(out), step):
                some = slice(first, first + step)
                found = part.of(self.node, shares[:, some], refused[some])
                if len(chosen) == out.shape[1]:
                    out[some] = found
                else:
                    out[some, chosen] = found
        return refused


class Part:
    """Units that all have every indicator, or of which none does."""

    def __init__(self, values, tree, methods, least, known):
        self.known = known
        self.values, self.tree, self.methods, self.least = values, tree, methods, least
        self.whole = not np.isnan(values).any()
        self.there = ~np.isnan(values)
        self.column = {code: place for place, code in enumerate(tree.indicators)}
        self.place = {code: place for place, code in enumerate(tree.codes)}
        self.plans = {}
        self.width = max(map(self.width_of, tree.aggregates))

    def width_of(self, node):
        """How many numbers a unit takes in a run."""
        name = self.methods[node].name
        return {"copeland": len(self.values), "median": 4 * len(self.tree.children[node])}.get(name, 1)

    def of(self, node, shares, refused):
        if node in self.column:
            return np.broadcast_to(self.values[:, self.column[node]], (shares.shape[1], len(self.values)))
        method = self.methods[node]
        if node not in self.plans:
            self.plans[node] = self.plan(node, method)
        plan = self.plans[node]
        if plan.refused:
            refused |= True
        if method.name not in MEANS:
            return self.other(method, plan, shares, refused)
        return (
            self.mean(method, plan, shares, refused) if self.whole else self.mean_of_some(method, plan, shares, refused)
        )

    def plan(self, node, method):
        collapses = self.whole and method.name in MEANS
        if (node, collapses) not in self.known:
            self.known[node, collapses] = laid_out(*(self.collapsed(node) if collapses else self.level(node)), self)
        columns, steps, others = self.known[node, collapses]
        values = self.values[:, columns]
        to = MEANS[method.name](*method.arguments)[0] if method.name in MEANS else same
        with np.errstate(invalid="ignore", divide="ignore"):
            matrix = np.ascontiguousarray(to(values).T)
        return Plan(columns, steps, matrix, others, not takes(method, values).all())

    def collapsed(self, node):
        """Indicators and nodes of other methods below a node, each with the nodes on its way up."""
        leaves, others, waiting = [], [], [(node, ())]
        while waiting:
            code, above = waiting.pop()
            for child in self.tree.children[code]:
                way = (*above, self.place[child])
                if child in self.column:
                    leaves.append((child, way))
                else:
                    (waiting if self.methods[child] == self.methods[node] else others).append((child, way))
        return leaves, others

    def level(self, node):
        children = [(child, (self.place[child],)) for child in self.tree.children[node]]
        leaves = [child for child in children if child[0] in self.column]
        return leaves, [child for child in children if child[0] not in self.column]

    def inner(self, code, method, shares, refused):
        """The scores of a node that another is made of; runs whose scores that one cannot take are refused."""
        found = self.of(code, shares, refused)
        if method.name in POSITIVE and not found.min() > 0:
            fits = takes(method, found)
            refused |= ~fits.all(axis=1)
            found[~fits] = np.nan
        return found

    def mean(self, method, plan, shares, refused):
        to, back = MEANS[method.name](*method.arguments)
        found = plan.weights(shares).T @ plan.matrix if plan.columns else None
        for code, way in plan.others:
            inner = to(self.inner(code, method, shares, refused))
            inner *= product(shares, way)[:, None]
            found = inner if found is None else np.add(found, inner, out=found)
        return back(found)

    def mean_of_some(self, method, plan, shares, refused):
        """Over what is there, the weights of the others rescaled."""
        to, back = MEANS[method.name](*method.arguments)
        own, there = plan.weights(shares).T, self.there[:, plan.columns].T.astype(float)
        total, reached = own @ np.nan_to_num(plan.matrix, posinf=0, neginf=0), own @ there
        count = there.sum(axis=0)
        for code, way in plan.others:
            found, weight = self.inner(code, method, shares, refused), product(shares, way)[:, None]
            known = ~np.isnan(found)
            total += np.where(known, weight * to(found), 0.0)
            reached += weight * known
            count = count + known
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.enough(back(total / reached), count, plan)

    def enough(self, found, count, plan):
        return np.where((count > 0) & (count / plan.size >= self.least), found, np.nan)

    def other(self, method, plan, shares, refused):
        """Methods that look at each child by itself."""
        children = [np.broadcast_to(row, (shares.shape[1], len(row))) for row in plan.matrix]
        children += [self.inner(code, method, shares, refused) for code, _way in plan.others]
        weights = [*plan.weights(shares)[:, :, None], *(product(shares, way)[:, None] for _code, way in plan.others)]
        with np.errstate(invalid="ignore", divide="ignore"):
            found = OTHERS[method.name](children, weights, *method.arguments)
        wrong = np.isinf(found)
        refused |= wrong.any(axis=1)
        found[wrong] = np.nan
        count = sum((~np.isnan(child)).astype(float) for child in children)
        return self.enough(found, count, plan)


def laid_out(leaves, others, part):
    """Columns of the indicators, and their ways filled up to one length with the row of ones."""
    longest = max((len(way) for _code, way in leaves), default=1)
    ways = [[*way, *[len(part.place)] * (longest - len(way))] for _code, way in leaves]
    return [part.column[code] for code, _way in leaves], np.array(ways, int).reshape(len(leaves), longest).T, others


@dataclass(frozen=True)
class Plan:
    """What a node is made of: indicators by `columns`, with the nodes on their ways, and other nodes with theirs."""

    columns: list
    ways: np.ndarray
    matrix: np.ndarray
    others: list
    refused: bool

    @property
    def size(self):
        return len(self.columns) + len(self.others)

    def weights(self, shares):
        return product(shares, self.ways)


def product(shares, ways):
    """Of the shares of the nodes on the way, for every run."""
    found = shares[ways[0]]
    for step in ways[1:]:
        found = found * shares[step]
    return found


def shares_of(weights, tree):
    """Weights (nodes × runs) brought to sum 1 among siblings, and a row of ones below them."""
    place = {code: index for index, code in enumerate(tree.codes)}
    found = np.vstack([weights, np.ones((1, weights.shape[1]))])
    for children in tree.children.values():
        rows = [place[code] for code in children]
        found[rows] /= found[rows].sum(axis=0)
    return found


def held(children, shares):
    """Weights of what is there, with sum 1."""
    known = [np.where(np.isnan(child), 0.0, share) for child, share in zip(children, shares, strict=True)]
    total = sum(known)
    return [share / total for share in known]


def ampi(children, shares, penalty):
    """Infinite where `aggregation.refuse_means` would refuse."""
    parts = held(children, shares)
    middle = sum(part * np.nan_to_num(child) for part, child in zip(parts, children, strict=True))
    variance = sum(part * np.nan_to_num((child - middle) ** 2) for part, child in zip(parts, children, strict=True))
    found = middle + (variance if penalty == "+" else -variance) / middle
    return np.where(middle <= LEAST_MEAN, np.inf, found)


def median(children, shares):
    values, parts = np.stack(children, axis=2), np.stack(held(children, shares), axis=2)
    order = np.argsort(values, axis=2)
    ordered, reached = np.take_along_axis(values, order, 2), np.take_along_axis(parts, order, 2).cumsum(axis=2)
    lower = np.take_along_axis(ordered, (reached >= 0.5 - 1e-12).argmax(axis=2)[..., None], 2)[..., 0]
    upper = np.take_along_axis(ordered, (reached > 0.5 + 1e-12).argmax(axis=2)[..., None], 2)[..., 0]
    return (lower + upper) / 2


def copeland(children, shares):
    """Pairs won less pairs lost; children that are the same in all runs come as one product."""
    fixed = [child.strides[0] == 0 for child in children]
    balance = np.zeros((len(children[0]), children[0].shape[1] ** 2))
    if any(fixed):
        signs = [ahead(child[:1]).ravel() for child, one in zip(children, fixed, strict=True) if one]
        balance = np.hstack([share for share, one in zip(shares, fixed, strict=True) if one]) @ np.array(signs)
    balance = balance.reshape(len(balance), children[0].shape[1], -1)
    for child, share, one in zip(children, shares, fixed, strict=True):
        if not one:
            balance += share[:, :, None] * ahead(child)
    return counted(balance > 1e-12) - counted(balance < -1e-12)


def ahead(values):
    told = np.round(values, DIGITS)
    return np.nan_to_num(np.sign(told[:, :, None] - told[:, None, :]))


def counted(flags):
    return np.bitwise_count(np.packbits(flags, axis=2)).sum(axis=2, dtype=np.int64).astype(float)


OTHERS = {"ampi": ampi, "median": median, "copeland": copeland}
