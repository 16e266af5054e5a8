"""What every indicator adds: exact where parts add up, what would be lost elsewhere, nothing where there are none."""

import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics import composite
from benchmarking.statistics.contributions import ADDS, LOST, NONE, contributed
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.whatif import normalised_changed
from tests.benchmarking.statistics.regions import figures, metadata

RECIPE = Recipe(treatment="none", normalisation="minmax:1:100")


@pytest.mark.parametrize("recipe", [RECIPE, RECIPE.changed(weights="equal"), RECIPE.changed(weights="bod:0.05:0.5")])
@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_parts_sum_to_the_index(recipe, gaps):
    found = composite.build(figures(gaps=gaps), metadata(), recipe)
    parts, kind = contributed(found)

    assert kind == ADDS
    assert parts.sum(axis=1).tolist() == pytest.approx(found.scores["Index"].tolist())
    assert np.isnan(parts.to_numpy()).sum() == found.normalised.isna().to_numpy().sum() or recipe.weights != "original"


@pytest.mark.parametrize("method", ["gmean", "hmean", "power:0.5", "median", "ampi", "amean,gmean"])
def test_elsewhere_it_is_what_would_be_lost(method):
    scale = "minmax:70:130" if method == "ampi" else RECIPE.normalisation
    recipe = RECIPE.changed(normalisation=scale, aggregation=tuple(method.split(",")))
    found = composite.build(figures(), metadata(), recipe)
    parts, kind = contributed(found)

    assert kind == LOST
    for unit in ("R2", "R7"):
        lowest = found.normalised.min()
        lost = [-normalised_changed(found, unit, {code: lowest[code]}).together for code in parts]
        assert parts.loc[unit].tolist() == pytest.approx(lost)


def test_pair_by_pair_there_are_none():
    found = composite.build(figures(), metadata(), RECIPE.changed(aggregation=("copeland",)))

    assert contributed(found) == (None, NONE)


def test_where_a_loss_cannot_be_computed_there_are_none():
    data = pd.DataFrame({"a": [0.0, 2.0, 1.0], "b": [2.0, 0.0, 1.0]}, index=["u", "v", "w"])
    tree = pd.DataFrame({"iCode": ["a", "b", "i"], "Parent": ["i", "i", ""]})
    recipe = RECIPE.changed(normalisation="minmax:0:100", aggregation=("ampi",))

    assert contributed(composite.build(data, tree, recipe)) == (None, NONE)
