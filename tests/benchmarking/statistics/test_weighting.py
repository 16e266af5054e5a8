import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings, strategies as st

from benchmarking.statistics import influence, methods, weighting
from benchmarking.statistics.composite import build
from benchmarking.statistics.hierarchy import Hierarchy
from benchmarking.statistics.problems import StatisticsError
from benchmarking.statistics.recipe import Recipe

from . import asem, small

TREE = Hierarchy.read(small.metadata())
PLAIN = Recipe(treatment="none", normalisation="minmax:0:1")
AMEAN = methods.read("aggregation", "amean")


def weights(text, data=small.DATA, **choices):
    return build(data, small.metadata(), PLAIN.changed(weights=text, **choices)).weights["Weight"]


def test_given_equal_and_original_weights():
    given_ones = (("a", 2.0), ("two", 5.0))

    assert weights("original").tolist() == [1, 3, 1, 1, 1, 1, 1]
    assert weights("equal").tolist() == [1] * 7
    assert weights("given", given=given_ones).tolist() == [2, 3, 1, 1, 1, 5, 1]


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ((("nowhere", 1.0),), "unknown_code"),
        ((("a", -1.0),), "negative_weight"),
        ((("a", float("inf")),), "negative_weight"),
        ((("c", 0.0), ("d", 0.0)), "no_weight"),
    ],
)
def test_weights_that_cannot_be_used_are_told(pairs, code):
    with pytest.raises(StatisticsError) as found:
        weights("given", given=pairs)

    assert (found.value.code, found.value.place["table"]) == (code, "weights")


def test_loadings_of_the_first_component():
    # two standardised indicators always load alike; the sign is made positive
    assert weights("pca").tolist() == pytest.approx([0.5**0.5] * 4 + [1, 1, 1])


def test_loadings_are_those_of_the_correlations():
    rng = np.random.default_rng(5)
    common = rng.normal(size=200)
    group = pd.DataFrame(
        {name: common + rng.normal(scale=scale, size=200) * 3 for name, scale in zip("abc", (0.1, 0.5, 1), strict=True)}
    )
    found = weighting.first_component(group * [1, 1000, 0.01])

    centred = (group - group.mean()) / group.std()
    principal = np.linalg.svd(centred.to_numpy(), full_matrices=False)[2][0]
    assert found.abs().tolist() == pytest.approx(np.abs(principal).tolist())
    assert (found > 0).all()
    assert found["a"] > found["b"] > found["c"]


def test_a_loading_against_its_group_is_refused():
    turned = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 5], "c": [4.0, 3, 2, 1]})
    tree = Hierarchy.read(pd.DataFrame({"iCode": [*"abc", "i"], "Parent": ["i", "i", "i", ""]}))
    with pytest.raises(StatisticsError) as found:
        weighting.pca(turned, tree)

    assert (found.value.code, found.value.place["column"]) == ("pca_negative", "c")


@asem.needs_asem
def test_on_real_figures_components_are_refused_with_all_indicators_that_stand_against_their_group():
    with pytest.raises(StatisticsError) as found:
        build(asem.data(), asem.metadata(), Recipe(imputation="mean_group:EurAsia_group", weights="pca"))

    assert [told.split()[0] for told in found.value.place["value"].split(", ")] == ["TBTs", "Forest", "RDExp", "NEET"]


def test_entropy_gives_more_weight_to_what_differs_more():
    even = small.data(c=[100.0, 101, 102, 103, 104], d=[0.0, 0, 0, 0, 10])
    found = weighting.entropy(even[TREE.indicators], TREE)
    share = even["c"] / even["c"].sum()

    assert found["c"] == pytest.approx(1 + (share * np.log(share)).sum() / np.log(5))
    assert found["d"] == pytest.approx(1.0)


def test_people_count_alike_however_many_points_they_gave():
    rows = [
        ("ana", "a", 10, "one"),
        ("ana", "b", 30, "one"),
        ("boris", "a", 50, "one"),
        ("boris", "b", 50, "one"),
        ("ana", "c", 7, "two"),
    ]
    found = weighting.budget(pd.DataFrame(rows, columns=["person", "iCode", "Weight", "Parent"]))

    assert found["Weight"].to_dict() == {"a": 0.375, "b": 0.625, "c": 1.0}
    assert found.loc["a", "Spread"] == pytest.approx(np.std([0.25, 0.5], ddof=1))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 6))
@example(seed=1171, count=6)  # one would need a negative weight and stays at the least
def test_balanced_weights_give_equal_correlations(seed, count):
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.normal(size=(60, count)) + 1.5 * rng.normal(size=(60, 1)))
    found = influence.balanced(values, AMEAN)
    score = values.to_numpy() @ found

    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    assert np.ptp(influence.correlations(values, score)[found > 0.002]) < 0.02


def test_balance_is_sought_for_other_means_too():
    rng = np.random.default_rng(3)
    values = pd.DataFrame(50 + 5 * rng.normal(size=(80, 1)) + rng.normal(size=(80, 3)) * [1, 4, 8])
    found = influence.balanced(values, methods.read("aggregation", "gmean"))
    score = np.exp(np.log(values.to_numpy()) @ found)
    equal = np.exp(np.log(values.to_numpy()).mean(axis=1))

    assert np.ptp(influence.correlations(values, score)) < 0.01 < np.ptp(influence.correlations(values, equal))


def test_where_no_balance_is_possible_no_weight_is_negative():
    against = pd.DataFrame({"a": [1.0, 2, 3, 4, 5], "b": [5.0, 4, 3, 2, 1.5]})

    assert (influence.balanced(against, AMEAN) >= 0).all()
