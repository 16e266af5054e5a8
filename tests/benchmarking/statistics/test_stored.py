"""What if, from what a run keeps: under every method there is."""

import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics import composite, ranking
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.whatif import Stored, index_changed
from tests.benchmarking.statistics.regions import figures, metadata

UNIT = "R2"
SCALES = [
    "minmax:0:100",
    "minmax:1:100",
    "zscore:0:1",
    "rank",
    "borda",
    "percentile",
    "distance_to_max",
    "fraction_of_max",
    "distance_to_target",
    "distance_to_target:cap",
    "distance_to_reference:R11",
    "goalposts",
    "scaled:0:40:100",
    "none",
]
TREATMENTS = ["none", "winsorise", "winsorise:1", "winsorise:5", "log", "boxcox", "boxcox:0.5", "sd:2"]
WEIGHTS = ["original", "equal", "given", "pca", "entropy", "optimised", "bod", "bod:0.05:0.5"]
MEANS = ["amean", "gmean", "hmean", "power:2", "power:-1", "median", "ampi", "copeland"]
GAPS = ["none", "mean", "median_group:country", "within_aggregate"]
EVERY = [
    *({"normalisation": one} for one in SCALES),
    *({"treatment": one, "ends": "treated", "skewness": 0.5, "kurtosis": 0.0} for one in TREATMENTS),
    *({"weights": one} for one in WEIGHTS),
    *({"aggregation": (one,)} for one in MEANS),
    *({"imputation": one} for one in GAPS),
    {"aggregation": ("gmean", "copeland"), "node_coverage": 0.5, "screen": 0.5},
]


def tree() -> pd.DataFrame:
    """Goalposts and targets far enough out, so that every scale can be taken."""
    return metadata(negative=("i1",)).assign(Target=60.0, goalpost_lower=0.0, goalpost_upper=60.0, goalpost_scale=100)


def told(**choices) -> Recipe:
    return Recipe(**{"treatment": "none", "normalisation": "minmax:1:100", **choices})


def data(gaps: float = 0.0) -> pd.DataFrame:
    """Indicators that move together, so that principal components have weights above zero."""
    found = figures(14, gaps=0.0)
    common = found["i0"].to_numpy()
    found = found.add(3 * common, axis=0)
    found["i1"] = 90 - found["i1"]
    found = found.mask(np.random.default_rng(3).random(found.shape) < gaps)
    return found.assign(country=["AA", "BB"] * 7)


def kept(built: composite.Composite) -> Stored:
    root = built.hierarchy.root
    return Stored(built.imputed, built.normalised, built.scores[root], built.hierarchy, built.recipe)


def ids(choices: dict) -> str:
    return ",".join(str(one) for one in choices.values())


@pytest.mark.parametrize("choices", EVERY, ids=ids)
def test_nothing_changed_changes_nothing(choices):
    built = composite.build(data(0.1 if "imputation" in choices else 0), tree(), told(**choices))
    same = {code: built.imputed.at[UNIT, code] for code in built.hierarchy.indicators}
    same = {code: value for code, value in same.items() if not np.isnan(value)}

    found = index_changed(kept(built), UNIT, same)

    before = built.scores[built.hierarchy.root]
    assert found.to_numpy() == pytest.approx(before.to_numpy(), rel=1e-8, abs=1e-8, nan_ok=True)
    assert index_changed(kept(built), UNIT, {}).equals(before)


@pytest.mark.parametrize("choices", [one for one in EVERY if "imputation" not in one], ids=ids)
@pytest.mark.parametrize("value", [1.4])
def test_another_figure_is_what_a_whole_run_makes_of_it(choices, value):
    recipe, given = told(**choices), data()
    other = float(given.at[UNIT, "i2"]) * value
    built = composite.build(given, tree(), recipe)

    found = index_changed(kept(built), UNIT, {"i2": other})

    given.loc[UNIT, "i2"] = other
    again = composite.build(given, tree(), recipe)
    expected = again.scores[again.hierarchy.root]
    assert found.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("weights", ["bod", "bod:0.05:0.5"])
@pytest.mark.parametrize("unit", [f"R{place}" for place in range(0, 14, 3)])
def test_who_measures_nobody_moves_nobody(weights, unit):
    """Benefit of the doubt is asked again for others only where it has to be; every unit, to have those at the edge too."""
    recipe, given = told(weights=weights, normalisation="goalposts"), data()
    built = composite.build(given, tree(), recipe)
    other = float(given.at[unit, "i3"]) * 1.1

    found = index_changed(kept(built), unit, {"i3": other})

    given.loc[unit, "i3"] = other
    again = composite.build(given, tree(), recipe)
    assert found.to_numpy() == pytest.approx(again.scores["Index"].to_numpy(), rel=1e-8)


MONOTONE = [
    *({"normalisation": one} for one in SCALES if one != "none"),
    *({"aggregation": (one,)} for one in MEANS if one != "ampi"),
    {"weights": "bod"},
    {"weights": "equal", "treatment": "sd:2"},
]


def improved(choices: dict) -> list:
    """Where less is better, a share of the largest figure says the opposite, of which runs warn."""
    both = [("i0", 1, "R0"), ("i1", -1, "R2")]
    return [(choices, *one) for one in both[: 1 if choices.get("normalisation") == "fraction_of_max" else 2]]


@pytest.mark.parametrize(("choices", "code", "better", "unit"), [case for one in MONOTONE for case in improved(one)])
def test_to_do_better_is_never_to_stand_worse(choices, code, better, unit):
    built = composite.build(data(), tree(), told(**choices))
    values = data()[code]
    steps = values[unit] + better * np.linspace(0, values.max() - values.min(), 6)

    found = [index_changed(kept(built), unit, {code: value}) for value in steps]
    scores, ranks = [one[unit] for one in found], [ranking.ranks(one)[unit] for one in found]

    assert np.diff(scores).min() >= -1e-9
    assert np.diff(ranks).max() <= 0


@pytest.mark.parametrize(("normalisation", "moved"), [("goalposts", 0), ("minmax:0:100", 13)])
def test_others_move_where_the_scale_does(normalisation, moved):
    built = composite.build(data(), tree(), told(normalisation=normalisation))

    found = index_changed(kept(built), UNIT, {"i0": float(data()["i0"].max() * 2)})

    others = (found - built.scores["Index"]).drop(UNIT).abs()
    assert (others > 1e-9).sum() in (moved, moved - 1)  # the one that is the lowest stays at the end of the scale
    assert found[UNIT] > built.scores.at[UNIT, "Index"]


def test_a_gap_can_be_given_a_figure():
    given = data().drop(columns="country")
    given.loc[UNIT, "i0"] = np.nan
    built = composite.build(given, tree(), told())

    found = index_changed(kept(built), UNIT, {"i0": float(data()["i0"].max())})

    assert found[UNIT] > built.scores.at[UNIT, "Index"]


@pytest.mark.parametrize(
    ("code", "unit", "values"),
    [
        ("unknown_unit", "XX", {"i0": 1.0}),
        ("unknown_code", UNIT, {"p0": 1.0}),
        ("not_a_number", UNIT, {"i0": float("nan")}),
    ],
)
def test_what_cannot_be_supposed_is_refused(code, unit, values):
    built = composite.build(data(), tree(), told())

    with pytest.raises(StatisticsError) as found:
        index_changed(kept(built), unit, values)

    assert found.value.code == code
