import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics import composite
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.placing import placed
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.whatif import raw_changed

UNITS = [f"R{place}" for place in range(30)]
VALUES = np.random.default_rng(4).lognormal(0, 1.2, 30)
ROWS = [("a", "Index", 1, 0.0, 40.0), ("b", "Index", -1, 0.0, 40.0), ("Index", "", 1, None, None)]
METADATA = pd.DataFrame(ROWS, columns=["iCode", "Parent", "Direction", "goalpost_lower", "goalpost_upper"]).assign(
    goalpost_scale=100
)
DATA = pd.DataFrame({"a": VALUES, "b": VALUES[::-1] ** 2}, index=UNITS)
TREATMENTS = ["none", "winsorise:3", "winsorise:0", "winsorise:1", "log", "boxcox", "boxcox:0.5", "sd:2"]


def alone(code: str) -> Hierarchy:
    return Hierarchy.read(METADATA[METADATA["iCode"].isin([code, "Index"])])


@pytest.mark.parametrize("treatment", TREATMENTS)
@pytest.mark.parametrize("scale", ["minmax:1:10", "goalposts"])
@pytest.mark.parametrize("code", ["a", "b"])
def test_the_figure_of_a_unit_stands_where_it_stood(treatment, scale, code):
    recipe = Recipe(treatment=treatment, normalisation=scale, ends="treated")
    built = composite.build(DATA, METADATA, recipe)

    some = built.imputed[code].sort_values().iloc[[0, 1, 9, 20, -3, -2, -1]]
    found = [placed(built.imputed[code], value, recipe, alone(code)) for value in some]

    assert found == pytest.approx(built.normalised.loc[some.index, code].tolist(), rel=1e-9, abs=1e-9)


def test_a_figure_between_is_what_doing_everything_again_gives():
    recipe = Recipe(treatment="none", normalisation="minmax:0:100")
    built = composite.build(DATA, METADATA, recipe)
    unit = built.imputed["a"].sort_values().index[12]

    again = raw_changed(built, unit, {"a": 1.25})

    found = placed(built.imputed["a"], 1.25, recipe, alone("a"))
    assert (found + built.normalised.at[unit, "b"]) / 2 == pytest.approx(again.after.at["Index", "Score"])


@pytest.mark.parametrize("treatment", ["none", "winsorise:3", "log", "sd:2"])
def test_more_is_never_less(treatment):
    recipe = Recipe(treatment=treatment, normalisation="minmax:0:100")
    steps = np.linspace(VALUES.min(), VALUES.max(), 12)

    found = [placed(DATA["a"], value, recipe, alone("a")) for value in steps]

    assert (found[0], found[-1]) == pytest.approx((0, 100))
    assert found == sorted(found)


def test_beyond_all_figures_the_scale_would_move():
    recipe = Recipe(treatment="none", normalisation="minmax:0:100")

    with pytest.raises(StatisticsError) as told:
        placed(DATA["a"], VALUES.max() * 2, recipe, alone("a"))

    assert (told.value.code, told.value.place["highest"]) == ("beyond_figures", VALUES.max())
    fixed = recipe.changed(normalisation="goalposts")
    assert [placed(DATA["a"], value, fixed, alone("a")) for value in (20.0, 1e6)] == [50.0, 100.0]
