import numpy as np
import pandas as pd
import pytest

from benchmarking.statistics.draws import Choices
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe
from benchmarking.statistics.sensitivity import design, estimated, intervals, sobol
from benchmarking.statistics.uncertainty import analyse
from tests.benchmarking.statistics.regions import figures, metadata

TREE = Hierarchy.read(metadata())
RECIPE = Recipe(normalisation="minmax:1:100")
CHOICES = Choices(normalisation=("minmax:1:100", "rank"), noise=0.5, aggregation=("amean", "gmean"))


def answered(function, factors, base, seed=1):
    """What a function of uniform numbers answers to the design."""
    one, other = np.random.default_rng(seed).random((2, base, factors))
    mixed = [np.where(np.arange(factors) == factor, other, one) for factor in range(factors)]
    return np.array([function(rows) for rows in (one, other, *mixed)])


def ishigami(rows):
    x = np.pi * (2 * rows - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_indices_of_ishigami_and_homma():
    # a = 7, b = 0.1: first order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Saltelli et al. 2008).
    first, total, variance = estimated(answered(ishigami, 3, 200_000))
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert variance == pytest.approx(13.8446, rel=0.01)


def test_indices_of_a_sum():
    first, total, _variance = estimated(answered(lambda rows: rows @ [1, 2, 3], 3, 100_000))
    assert first == pytest.approx(np.array([1, 4, 9]) / 14, abs=0.01)
    assert total == pytest.approx(first, abs=0.01)


def test_resamples_take_whole_rows_and_their_own_variance():
    answers = answered(ishigami, 3, 400)
    found = intervals(answers, 1, 0, 0.9, pd.RangeIndex(3))
    rows = np.random.Generator(np.random.PCG64(1)).integers(400, size=400)
    first, total, _variance = estimated(answers[:, rows])
    assert found["FirstLow"].to_numpy() == pytest.approx(first)
    assert found["TotalHigh"].to_numpy() == pytest.approx(total)


def test_intervals_hold_what_is_known():
    found = intervals(answered(ishigami, 3, 2000), 500, 0, 0.99, pd.RangeIndex(3))
    truth = pd.DataFrame({"First": [0.3139, 0.4424, 0.0], "Total": [0.5576, 0.4424, 0.2437]})
    for order in ("First", "Total"):
        assert ((found[f"{order}Low"] < truth[order]) & (truth[order] < found[f"{order}High"])).all()


def test_nothing_varies_nothing_is_explained():
    first, total, variance = estimated(np.ones((4, 10)))
    assert (np.isnan(first).all(), np.isnan(total).all(), variance) == (True, True, 0.0)


def test_each_mixed_block_changes_one_column():
    draws, factors = design(CHOICES, 16, 4, RECIPE, TREE, None, 16)
    names = [factor.name for factor in factors]
    assert names == ["normalisation", "weight_set", "aggregation"]
    blocks = [draws.frame.iloc[first : first + 16][names].to_numpy() for first in range(0, 80, 16)]
    for place, mixed in enumerate(blocks[2:]):
        expected = blocks[0].copy()
        expected[:, place] = blocks[1][:, place]
        assert mixed.tolist() == expected.tolist()


def test_the_answer_is_the_mean_shift_of_ranks():
    found = sobol(figures(), TREE, RECIPE, CHOICES, 32, 4)
    draws, _factors = design(CHOICES, 32, 4, RECIPE, TREE, None, 32)
    plain = analyse(figures(), TREE, RECIPE, draws=draws)
    shift = np.abs(plain.ranks - plain.nominal["Rank"].to_numpy()).mean(axis=1).reshape(5, 32)
    first, total, variance = estimated(shift)
    assert found.indices["First"].to_numpy() == pytest.approx(first)
    assert found.indices["Total"].to_numpy() == pytest.approx(total)
    assert (found.mean, found.variance, found.runs) == (pytest.approx(shift[:2].mean()), pytest.approx(variance), 160)


def test_every_unit_has_indices_of_its_own():
    found = sobol(figures(), TREE, RECIPE, CHOICES, 32, 4)
    draws, _factors = design(CHOICES, 32, 4, RECIPE, TREE, None, 32)
    ranks = analyse(figures(), TREE, RECIPE, draws=draws).ranks.reshape(5, 32, -1)[:, :, 3].astype(float)
    first, total, _variance = estimated(ranks)
    mine = found.units.loc["R3"]
    assert mine[:, "First"].to_numpy() == pytest.approx(first, nan_ok=True)
    assert mine[:, "Total"].to_numpy() == pytest.approx(total, nan_ok=True)


def test_the_seed_decides_everything():
    one, other = (sobol(figures(), TREE, RECIPE, CHOICES, 16, 4) for _ in range(2))
    pd.testing.assert_frame_equal(one.indices, other.indices)


def test_factors_without_effect_say_why():
    choices = Choices(
        imputation=("none", "mean"),
        treatment=("winsorise:5", "winsorise:4"),
        normalisation=("minmax:1:100",),
        noise=0.3,
    )
    found = sobol(figures(), TREE, RECIPE, choices, 16, 4).indices
    assert found["Idle"].to_dict() == {
        "imputation": "nothing_missing",
        "winmax": "nothing_treated",
        "normalisation": "one_alternative",
        "weight_set": "",
    }
    assert found["Total"].tolist()[:3] == [0.0, 0.0, 0.0]


def test_alternatives_that_rank_alike_have_no_effect():
    choices = Choices(normalisation=("minmax:0:100", "minmax:0:10"), noise=0.3)
    assert sobol(figures(), TREE, RECIPE, choices, 16, 4).indices.at["normalisation", "Idle"] == "no_effect"


def test_designs_with_impossible_runs_are_refused():
    choices = Choices(normalisation=("zscore", "rank"), aggregation=("amean", "gmean"))
    with pytest.raises(StatisticsError, match="refused_runs"):
        sobol(figures(), TREE, RECIPE, choices, 16, 4)


@pytest.mark.parametrize(("code", "choices", "base"), [("no_factors", Choices(), 16), ("too_few_runs", CHOICES, 1)])
def test_designs_that_say_nothing(code, choices, base):
    with pytest.raises(StatisticsError, match=code):
        sobol(figures(), TREE, RECIPE, choices, base)
