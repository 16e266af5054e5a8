"""Targets and goalposts stand on the scale of the figures they are compared with."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benchmarking.statistics import composite
from benchmarking.statistics.branches import Branches
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.whatif import raw_changed

SKEWED = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 60.0, 100.0]
UNITS = [f"R{place}" for place in range(10)]
DATA = pd.DataFrame({"skewed": SKEWED, "even": np.arange(10.0)}, index=UNITS)


def metadata(direction=1, target=50.0, lower=2.0, upper=90.0):
    rows = [
        {"iCode": "skewed", "Parent": "index", "Direction": direction, "Target": target},
        {"iCode": "even", "Parent": "index", "Direction": 1, "Target": 8.0},
        {"iCode": "index", "Parent": "", "Direction": 1},
    ]
    posts = pd.DataFrame(
        {"goalpost_lower": [lower, 1.0, np.nan], "goalpost_upper": [upper, 8.0, np.nan], "goalpost_scale": 1.0}
    )
    return pd.concat([pd.DataFrame(rows), posts], axis=1)


def logarithm(value):
    return np.log(value - 1.0 + 0.99)


def recipe(normalisation, **told):
    return Recipe(**{"treatment": "log", "normalisation": normalisation, "ends": "treated", **told})


@pytest.mark.parametrize("direction", [1, -1])
def test_a_target_becomes_a_logarithm_with_the_figures(direction):
    found = composite.build(DATA, metadata(direction), recipe("distance_to_target"))
    x = np.array([logarithm(value) for value in SKEWED]) * direction

    expected = (x - x.min()) / (logarithm(50.0) * direction - x.min())
    assert found.normalised["skewed"].tolist() == pytest.approx(expected.tolist())
    assert found.normalised["even"].tolist() == pytest.approx((DATA["even"] / 8).tolist())


def test_so_do_goalposts():
    found = composite.build(DATA, metadata(), recipe("goalposts"))
    low, high = logarithm(2.0), logarithm(90.0)

    expected = [min(1, max(0, (logarithm(value) - low) / (high - low))) for value in SKEWED]
    assert found.normalised["skewed"].tolist() == pytest.approx(expected)


@pytest.mark.parametrize("treatment", ["boxcox", "boxcox:0.3"])
def test_powers_are_those_of_the_figures(treatment):
    found = composite.build(DATA, metadata(), recipe("distance_to_target", treatment=treatment))
    power = 0.3 if treatment == "boxcox:0.3" else stats.boxcox_normmax(np.array(SKEWED), method="mle")
    x, target = stats.boxcox(np.array(SKEWED), power), stats.boxcox(np.array([50.0]), power)[0]

    assert found.normalised["skewed"].tolist() == pytest.approx(((x - x.min()) / (target - x.min())).tolist())


def test_as_coinr_does_they_stay_where_nothing_else_is_asked_for():
    found = composite.build(DATA, metadata(), recipe("distance_to_target", ends="raw"))
    x = np.array([logarithm(value) for value in SKEWED])

    assert found.normalised["skewed"].tolist() == pytest.approx(((x - x.min()) / (50.0 - x.min())).tolist())


@pytest.mark.parametrize("scale", ["goalposts", "distance_to_target:cap"])
def test_runs_and_suppositions_are_measured_alike(scale):
    told = recipe(scale)
    found = composite.build(DATA, metadata(), told)
    changed = DATA.copy()
    changed.loc["R3", "skewed"] = 40.0
    again = composite.build(changed, metadata(), told)
    branches = Branches(DATA, found.hierarchy, told)

    assert branches.normalised("none", "", "log", scale).equals(found.normalised)
    assert raw_changed(found, "R3", {"skewed": 40.0}).after["Score"].tolist() == again.scores.loc["R3"].tolist()


def test_an_end_without_a_logarithm_is_told():
    with pytest.raises(StatisticsError) as found:
        composite.build(DATA, metadata(lower=-5.0), recipe("goalposts"))

    assert (found.value.code, found.value.place) == (
        "end_below",
        {"table": "metadata", "row": "skewed", "column": "goalpost_lower", "value": "-5", "lowest": "1"},
    )
