import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy.spatial.distance import mahalanobis
from scipy.stats import spearmanr

from benchmarking.statistics import peers
from benchmarking.statistics.scaling import Variable, scaled

CODES = ["AT1", "AT2", "BG1", "EL1", "RO1"]


def frame(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns, index=CODES, dtype=float)


def made(table: pd.DataFrame, blocks=None, **weights):
    return scaled(table, [Variable(code, code, weights.get(code, 1)) for code in table.columns], blocks, limit=np.inf)


def test_euclidean_by_hand():
    found = peers.distances(made(frame(size=[0, 10, 5, 10, 0], age=[0, 0, 4, 4, 2])))

    # scaled: AT1 (0, 0), BG1 (0.5, 1); each weighs one half
    assert found.values.loc["AT1", "BG1"] == pytest.approx(np.sqrt((0.25 + 1) / 2), abs=1e-15)
    assert found.values.loc["AT1", "EL1"] == pytest.approx(1)


def test_manhattan_by_hand():
    found = peers.distances(made(frame(size=[0, 10, 5, 10, 0], age=[0, 0, 4, 4, 2])), "manhattan")

    assert found.values.loc["AT1", "BG1"] == pytest.approx(0.75)


def test_weights_of_blocks_count():
    table = frame(size=[0, 10, 5, 10, 0], age=[0, 0, 4, 4, 2])

    found = peers.distances(made(table, {"size": 3, "age": 1}), "manhattan")

    assert found.values.loc["AT1", "BG1"] == pytest.approx((3 * 0.5 + 1 * 1) / 4)


def test_what_one_lacks_is_left_out_of_the_pair():
    table = frame(size=[0, 10, 5, 10, 0], age=[0, 0, 4, 4, 2], rain=[1, 2, np.nan, 3, 1])

    found = peers.distances(made(table), "manhattan", share=0.6)

    assert found.shared.loc["AT1", "BG1"] == pytest.approx(2 / 3)
    assert found.values.loc["AT1", "BG1"] == pytest.approx((0.5 + 1) / 2)


def test_regions_that_share_too_little_have_no_distance():
    table = frame(size=[0, 10, 5, 10, 0], age=[0, 0, 4, 4, 2], rain=[1, 2, np.nan, 3, 1])

    found = peers.distances(made(table), share=0.7)

    assert found.values.loc["BG1"].isna().tolist() == [True, True, False, True, True]
    assert list(peers.nearest(found, "AT1").index) == ["RO1", "AT2", "EL1"]
    assert list(peers.nearest(found, "BG1").index) == []


def test_mahalanobis_is_scipys_over_the_root_of_the_number_of_variables():
    chance = np.random.default_rng(1)
    table = pd.DataFrame(chance.normal(size=(60, 4)) @ chance.normal(size=(4, 4)), columns=list("abcd"))
    inverse = np.linalg.inv(np.cov(table.to_numpy(), rowvar=False))

    found = peers.distances(made(table), "mahalanobis")

    assert found.shrinkage == 0
    for first, second in [(0, 1), (3, 40), (59, 7)]:
        expected = mahalanobis(table.loc[first], table.loc[second], inverse) / 2
        assert found.values.loc[first, second] == pytest.approx(expected, rel=1e-9)


def test_correlations_that_cannot_be_inverted_are_shrunk_and_said_so():
    chance = np.random.default_rng(2)
    table = pd.DataFrame(chance.normal(size=(30, 2)), columns=["a", "b"])
    table["c"] = table["a"] + table["b"]

    found = peers.distances(made(table), "mahalanobis")

    assert 0 < found.shrinkage < 1
    assert np.isfinite(found.values.to_numpy()).all()


def test_more_variables_than_regions():
    chance = np.random.default_rng(3)
    table = pd.DataFrame(chance.normal(size=(5, 9)), columns=list("abcdefghi"), index=CODES)

    found = peers.distances(made(table), "mahalanobis")

    assert found.shrinkage > 0
    assert (found.values.to_numpy()[~np.eye(5, dtype=bool)] > 0).all()


def test_own_country_is_left_out_on_wish():
    found = peers.distances(made(frame(size=[0, 1, 5, 10, 9])))
    countries = [code[:2] for code in CODES]

    assert list(peers.nearest(found, "AT1", 2, countries).index) == ["AT2", "BG1"]
    assert list(peers.nearest(found, "AT1", 2, countries, include_own=False).index) == ["BG1", "RO1"]


def test_ties_stand_in_the_order_of_codes():
    table = frame(size=[0.1 + 0.2, 0.3, 0.3, 1, 0]).loc[["RO1", "EL1", "BG1", "AT2", "AT1"]]

    assert list(peers.nearest(peers.distances(made(table)), "AT1").index) == ["AT2", "BG1", "RO1", "EL1"]


def test_stability_between_distances():
    chance = np.random.default_rng(4)
    table = pd.DataFrame(chance.normal(size=(40, 6)) ** 3, columns=list("abcdef"))
    one, other = (peers.distances(made(table), method) for method in ("euclidean", "manhattan"))

    told = peers.stability({"euclidean": one, "manhattan": other}, top=5)

    pair = ("euclidean", "manhattan")
    for region in (0, 17, 39):
        same = set(peers.nearest(one, region, 5).index) & set(peers.nearest(other, region, 5).index)
        rest = [code for code in table.index if code != region]
        expected = spearmanr(one.values.loc[region, rest], other.values.loc[region, rest]).statistic
        assert told.overlap[pair][region] == len(same) / 5
        assert told.spearman[pair][region] == pytest.approx(expected)


def test_a_distance_agrees_with_itself():
    found = peers.distances(made(frame(size=[0, 1, 5, 10, 9])))

    told = peers.stability({"a": found, "b": found}, top=2)

    assert told.overlap["a", "b"].tolist() == [1] * 5
    assert told.spearman["a", "b"].tolist() == pytest.approx([1] * 5)


def test_an_unknown_distance_is_refused():
    with pytest.raises(ValueError, match="Unknown distance cosine"):
        peers.distances(made(frame(size=[0, 1, 5, 10, 9])), "cosine")


cells = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False))
tables = st.lists(st.lists(cells, min_size=4, max_size=4), min_size=3, max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows=tables, method=st.sampled_from(peers.METHODS))
def test_distances_are_symmetric_and_zero_at_home(rows, method):
    table = pd.DataFrame(rows, columns=list("abcd"), dtype=float)
    ready = made(table)

    found = peers.distances(ready, method).values.to_numpy()

    assert np.array_equal(found, found.T, equal_nan=True)
    assert np.diag(found).tolist() == [0] * len(rows)
    assert (found[np.isfinite(found)] >= 0).all()


@settings(max_examples=40, deadline=None)
@given(rows=tables, factor=st.floats(0.01, 1000), method=st.sampled_from(("euclidean", "manhattan")))
def test_units_do_not_matter(rows, factor, method):
    table = pd.DataFrame(rows, columns=list("abcd"), dtype=float).round(3)

    plain, other = (peers.distances(made(one), method).values for one in (table, table * factor))

    assert np.allclose(plain, other, atol=1e-7, equal_nan=True)
