import pytest

from benchmarking.statistics import composite
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.removal import removed
from tests.benchmarking.statistics.regions import figures, metadata

TREE = Hierarchy.read(metadata())
RECIPE = Recipe(normalisation="minmax:1:100")


def test_ranks_are_those_without_the_element():
    found = removed(figures(), TREE, RECIPE)
    assert list(found.ranks) == [*TREE.indicators, "p0", "p1"]
    for code in ("i0", "p1"):
        built = composite.build(figures(), TREE.without([code]), RECIPE)
        assert found.ranks[code].tolist() == built.ranks["Index"].tolist()


def test_effects_are_shifts_from_the_ranks_with_everything():
    found = removed(figures(), TREE, RECIPE)
    apart = (found.ranks["i3"] - composite.build(figures(), TREE, RECIPE).ranks["Index"]).abs()
    assert found.table.loc["i3"].to_dict() == {
        "Level": 1,
        "MeanShift": apart.mean(),
        "MaxShift": apart.max(),
        "Moved": (apart > 0).mean(),
    }


def test_an_element_without_weight_moves_nobody():
    weightless = metadata()
    weightless.loc[0, "Weight"] = 0.0
    assert removed(figures(), weightless, RECIPE).table.loc["i0", ["MeanShift", "MaxShift", "Moved"]].tolist() == [
        0,
        0,
        0,
    ]


def test_weights_found_in_the_figures_are_found_again():
    recipe = RECIPE.changed(weights="entropy")
    built = composite.build(figures(), TREE.without(["i0"]), recipe)
    assert removed(figures(), TREE, recipe, elements=["i0"]).ranks["i0"].tolist() == built.ranks["Index"].tolist()


def test_imputation_from_neighbours_does_without_the_element():
    recipe, data = RECIPE.changed(imputation="within_aggregate"), figures(gaps=0.15)
    built = composite.build(data, TREE.without(["i0"]), recipe)
    assert removed(data, TREE, recipe, elements=["i0"]).ranks["i0"].tolist() == built.ranks["Index"].tolist()


def test_what_cannot_do_without_is_named():
    found = removed(figures(indicators=1), metadata(1, 1, negative=()), RECIPE)
    assert found.refused == {"i0": "nothing_left", "p0": "nothing_left"}
    assert found.ranks.shape == (12, 0)


@pytest.mark.parametrize("code", ["i0", "p0"])
def test_only_what_was_asked_for(code):
    assert list(removed(figures(), TREE, RECIPE, elements=[code]).ranks) == [code]
