"""From figures to a composite indicator, step by step, every step kept.

The order is: denominators, indicators with too little data left out, imputation, units with too little data left out,
outliers, normalisation, weights, aggregation level by level. Rows are units under their codes, columns indicators; NaN is
missing.
"""

from dataclasses import dataclass

import pandas as pd

from . import (
    aggregation,
    benefit,
    coherence,
    coverage,
    denomination,
    ends,
    imputation,
    normalisation,
    panel,
    ranking,
    treatment,
    weighting,
)
from .cautions import Caution, cautions
from .hierarchy import Hierarchy
from .recipe import Recipe


@dataclass(frozen=True)
class Diagnosis:
    """What the steps found.

    `coverage`: Coverage; `treatment`: a row per indicator (method, points, skewness and kurtosis before and after);
    `coherence`: Coherence (correlations, alpha, effective weights); `cautions`: a list of Caution.
    """

    coverage: coverage.Coverage
    treatment: pd.DataFrame
    coherence: coherence.Coherence
    cautions: list[Caution]


@dataclass(frozen=True)
class Composite:
    """`weights`: a row per node: Level, Parent, Weight, EffWeight. `scores`, `ranks`: a column per node, indicators first.

    `denominated`, `imputed` and `is_imputed` hold all units, the rest those that were not left out. `shares`:
    under benefit of the doubt, the part each indicator has in the score of each unit; otherwise None.
    """

    hierarchy: Hierarchy
    recipe: Recipe
    denominated: pd.DataFrame
    imputed: pd.DataFrame
    is_imputed: pd.DataFrame
    treated: pd.DataFrame
    normalised: pd.DataFrame
    weights: pd.DataFrame
    scores: pd.DataFrame
    ranks: pd.DataFrame
    shares: pd.DataFrame | None
    diagnosis: Diagnosis


@dataclass(frozen=True)
class Prepared:
    """What uncertainty analyses begin with: `figures`, of the units that are left, before outliers are treated.

    `known`: as `denominated`, gaps filled from other years where that was asked for; `groups`: columns of groups of units.
    """

    hierarchy: Hierarchy
    denominated: pd.DataFrame
    imputed: pd.DataFrame
    is_imputed: pd.DataFrame
    known: pd.DataFrame
    groups: pd.DataFrame
    figures: pd.DataFrame
    coverage: coverage.Coverage


def build(data, metadata, recipe, groups=None):
    """A Composite. `data`: units under their codes, with columns for indicators, denominators and groups of units.

    `groups`: a frame of more groups of units, or None. `metadata`: a frame as `Hierarchy.read` takes it, or a Hierarchy.
    Raises StatisticsError.
    """
    ready = prepare(data, metadata, recipe, groups)
    tree = ready.hierarchy
    treated = treatment.treat(ready.figures, recipe)
    normalised = scaled(ready.figures, treated, recipe, tree)
    scores, weights, shares = scored(normalised, tree, recipe)
    found = coherence.examine(scores, tree, weights)
    told = cautions(ready, treated, found, recipe, scores)
    return Composite(
        tree,
        recipe,
        ready.denominated,
        ready.imputed,
        ready.is_imputed,
        treated.values,
        normalised,
        weighting.table(weights, tree),
        scores,
        ranking.ranks(scores),
        shares,
        Diagnosis(ready.coverage, treated.table, found, told),
    )


def prepare(data, metadata, recipe, groups=None):
    """Denominators, coverage of indicators, imputation, coverage of units."""
    tree = metadata if isinstance(metadata, Hierarchy) else Hierarchy.read(metadata)
    measured, known, own = of_one_year(data, tree, recipe)
    tree = coverage.covered(measured, tree, recipe.indicator_coverage)
    denominated, known = measured[tree.indicators], known[tree.indicators]
    groups = own if groups is None else own.drop(columns=list(groups.columns), errors="ignore").join(groups)
    imputed = imputation.impute(known, recipe.method("imputation"), tree, groups)
    counted = imputed if recipe.screen_on == "imputed" else denominated
    kept = coverage.screened(counted, recipe.screen)
    found = coverage.Coverage.of(measured, kept, tree)
    is_imputed = denominated.isna() & imputed.notna()
    return Prepared(tree, denominated, imputed, is_imputed, known, groups, imputed[kept], found)


def of_one_year(data, tree, recipe):
    """(figures over denominators, the same with gaps filled from other years where asked for, the rows they come from)."""
    if not panel.is_panel(data):
        figures = denomination.denominate(data, tree)
        return figures, figures, data
    year = panel.chosen_year(data, recipe.year)
    rows = panel.rows_of(data, year)
    if recipe.method("imputation").name != "linear":
        figures = denomination.denominate(rows, tree)
        return figures, figures, rows
    panel.refuse_twice(data)
    figures = denomination.over(data, tree)
    return *panel.interpolated(figures, pd.to_numeric(data[panel.TIME]), year), rows


def scaled(figures, treated, recipe, tree):
    """Treated figures on the common scale; `figures` are those before."""
    ended = ends.carried(tree, figures, treated.table["method"], recipe)
    return normalisation.normalise(treated.values, recipe.method("normalisation"), ended)


def scored(normalised, tree, recipe):
    """(scores of every node, weights of every node, shares under benefit of the doubt or None)."""
    if recipe.method("weights").name == "bod":
        return benefit.scored(normalised, tree, recipe)
    methods = recipe.aggregators(tree.depth)
    weights = weighting.Weigher(recipe, tree, normalised)
    scores = aggregation.aggregate(normalised, tree, weights, methods, recipe.node_coverage)
    return scores, weights.found, None
