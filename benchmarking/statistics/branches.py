"""The figures that each combination of discrete choices begins with, made once however many runs drew it."""

from functools import lru_cache

import numpy as np

from . import composite, ends, methods, normalisation, treatment
from .coverage import refuse_empty
from .draws import treatment_of
from .imputation import impute
from .replications import Replicator, takes
from .weighting import Weigher

FIGURES, MATRICES = 8, 32  # how many are kept; runs come sorted, so that each is made once


class Branches:
    """`units` are those that the recipe itself keeps: every run ranks the same ones."""

    def __init__(self, data, metadata, recipe, groups=None):
        self.ready = composite.prepare(data, metadata, recipe, groups)
        self.tree, self.units = self.ready.hierarchy, self.ready.figures.index
        self.groups = self.ready.groups
        self.recipe = recipe.changed(screen=0.0, indicator_coverage=0.0)
        self.trees = lru_cache(None)(self.tree_without)
        self.figures = lru_cache(FIGURES)(self.imputed)
        self.treated = lru_cache(FIGURES)(self.drawn_in)
        self.normalised = lru_cache(MATRICES)(self.scaled)
        self.values = lru_cache(MATRICES)(self.as_array)
        self.weighed_out = lru_cache(None)(self.is_weighed_out)
        self.by_node = lru_cache(None)(self.methods_by_node)
        self.aggregators = lru_cache(None)(self.combined)
        self.known = {}
        self.replicator = lru_cache(MATRICES)(self.replicated)

    def tree_without(self, left_out):
        return self.tree.without([left_out]) if left_out else self.tree

    def imputed(self, imputation, left_out):
        tree, method = self.trees(left_out), methods.read("imputation", imputation)
        measured = self.ready.known[tree.indicators]
        return impute(measured, method, tree, self.groups).loc[self.units]

    def drawn_in(self, imputation, left_out, winmax):
        """As `treatment.treat` does it, without its report on every column."""
        recipe, figures = self.recipe.changed(treatment=treatment_of(winmax)), self.figures(imputation, left_out)
        refuse_empty(figures)
        method, limits = recipe.method("treatment"), (recipe.skewness, recipe.kurtosis)
        values, *_marks = treatment.TREATMENTS[method.name](figures.to_numpy(float), limits, *method.arguments)
        return treatment.frame(values, figures)

    def scaled(self, imputation, left_out, winmax, scale):
        if left_out and imputation != "within_aggregate":
            return self.normalised(imputation, "", winmax, scale)[self.trees(left_out).indicators]
        method, values = methods.read("normalisation", scale), self.treated(imputation, left_out, winmax)
        return normalisation.normalise(values, method, self.ended(imputation, left_out, winmax, scale))

    def ended(self, imputation, left_out, winmax, scale):
        """The tree with targets and goalposts on the scale of the treated figures."""
        tree, recipe = self.trees(left_out), self.recipe.changed(treatment=treatment_of(winmax), normalisation=scale)
        if recipe.ends == "raw" or recipe.method("normalisation").name not in ends.COLUMNS:
            return tree
        figures = self.figures(imputation, left_out)
        return ends.carried(tree, figures, treatment.treat(figures, recipe).table["method"], recipe)

    def replicated(self, matrix, aggregation, node):
        """`matrix`: the arguments of `normalised`."""
        tree, known = self.trees(matrix[1]), self.known.setdefault((matrix[1], aggregation), {})
        chosen = self.by_node(matrix[1], aggregation)
        return Replicator(self.values(*matrix), tree, chosen, self.recipe.node_coverage, node, known)

    def as_array(self, *matrix):
        return self.normalised(*matrix)[self.trees(matrix[1]).indicators].to_numpy(float)

    def methods_by_node(self, left_out, aggregation):
        tree, chosen = self.trees(left_out), self.aggregators(aggregation)
        return {code: chosen[tree.table.at[code, "Level"] - 2] for code in tree.aggregates}

    def combined(self, aggregation):
        return self.recipe.changed(aggregation=levels(aggregation)).aggregators(self.tree.depth)

    def recipe_of(self, matrix, aggregation, weights):
        imputation, _left_out, winmax, scale = matrix
        return self.recipe.changed(
            imputation=imputation,
            treatment=treatment_of(winmax),
            normalisation=scale,
            aggregation=levels(aggregation),
            weights=weights,
        )

    def weights(self, matrix, aggregation, method):
        """Of all nodes of the tree, by a method of the recipe."""
        recipe, tree, normalised = (
            self.recipe_of(matrix, aggregation, method),
            self.trees(matrix[1]),
            self.normalised(*matrix),
        )
        if method == "optimised":
            return composite.scored(normalised, tree, recipe)[1][tree.codes].to_numpy(float)
        return Weigher(recipe, tree, normalised).found[tree.codes].to_numpy(float)

    def doubted(self, matrix, aggregation, weights, node):
        """Scores by benefit of the doubt, where every unit has weights of its own."""
        found = composite.scored(
            self.normalised(*matrix), self.trees(matrix[1]), self.recipe_of(matrix, aggregation, weights)
        )
        return found[0][node].to_numpy(float)

    def is_weighed_out(self, left_out, matrix, aggregation, method):
        """Whether leaving an indicator out is the same as giving it no weight."""
        if not left_out:
            return True
        imputation, _none, winmax, scale = matrix
        parent = self.tree.table.at[left_out, "Parent"]
        told = self.normalised(imputation, "", winmax, scale)[left_out].to_numpy(float)
        return bool(
            method in ("", "original", "equal", "given")
            and imputation != "within_aggregate"
            and self.recipe.node_coverage == 0
            and len(self.tree.children[parent]) > 1
            and takes(self.aggregators(aggregation)[0], told).all()
        )

    def idle(self, frame):
        """Factors that can change nothing, since what they decide does not happen: code by column."""
        found = {"imputation": self.nothing_missing(frame), "winmax": self.nothing_treated(frame)}
        return {name: code for name, code in found.items() if code}

    def nothing_missing(self, frame):
        several = frame.get("imputation", frame["run"].iloc[:0]).nunique() > 1
        return "nothing_missing" if several and self.ready.denominated.loc[self.units].notna().all(axis=None) else ""

    def nothing_treated(self, frame):
        kinds = frame["winmax"].unique()
        if len(kinds) < 2:
            return ""
        first, *others = [self.treated(self.recipe.imputation, "", kind).to_numpy() for kind in kinds]
        alike = all(np.array_equal(first, other, equal_nan=True) for other in others)
        return "nothing_treated" if alike else ""


def levels(aggregation):
    return tuple(part.strip() for part in aggregation.split(","))
