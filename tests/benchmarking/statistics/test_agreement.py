import numpy as np
import pytest
from hypothesis import given, strategies as st

from benchmarking.statistics.agreement import Agreement, alpha, pairwise_kappas, weighted_kappa

NAN = np.nan
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
GRADES = st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0, NAN]), min_size=24, max_size=24)


def ratings_of(table):
    table = np.asarray(table)
    rows, columns = np.indices(table.shape)
    return np.repeat(rows.ravel(), table.ravel()), np.repeat(columns.ravel(), table.ravel())


def test_kappa_of_cohen():
    # Psychol. Bull. 70 (1968): weights of disagreement 1, 3, 6; kappa 0.492, weighted 0.348.
    ratings = ratings_of([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    weights = 1 - np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]]) / 6
    assert round(weighted_kappa(*ratings, weights).value, 3) == 0.348
    assert round(weighted_kappa(*ratings, "nominal").value, 3) == 0.492


def test_interval_of_fleiss_cohen_and_everitt():
    # Psychol. Bull. 72 (1969): weighted kappa 0.507, variance 0.003248.
    weights = [[1, 0, 4 / 9], [0, 1, 2 / 3], [4 / 9, 2 / 3, 1]]
    found = weighted_kappa(*ratings_of([[106, 10, 4], [22, 28, 10], [2, 12, 6]]), weights)
    assert (found.base, round(found.value, 3)) == (200, 0.507)
    assert round(((found.high - found.low) / 2 / 1.959964) ** 2, 6) == 0.003248


def test_linear_kappa_by_hand():
    # Differences 0, 1, 1, 2, their mean 1; of every rating with every other (0+1+2+0)·2 + (1+0+1+1) + (2+1+0+2) = 14 of 16.
    found = weighted_kappa([0, 0, 1, 2], [0, 1, 2, 0], "linear")
    assert found.value == pytest.approx(1 - 1 / (14 / 16))


def test_quadratic_kappa_is_concordance():
    # Fleiss and Cohen, Educ. Psychol. Meas. 33 (1973): an intraclass correlation, here in Lin's form.
    one, two = np.array(ratings_of([[106, 10, 4], [22, 28, 10], [2, 12, 6]]), dtype=float)
    concordance = 2 * np.cov(one, two, ddof=0)[0, 1] / (one.var() + two.var() + (one.mean() - two.mean()) ** 2)
    assert weighted_kappa(one, two).value == pytest.approx(concordance)


def test_nominal_kappa_of_fleiss_cohen_and_everitt():
    found = weighted_kappa(*ratings_of([[106, 10, 4], [22, 28, 10], [2, 12, 6]]), "nominal")
    assert (round(found.observed, 10), round(found.value, 3)) == (0.7, 0.429)


@pytest.mark.parametrize(
    ("level", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorff_with_missing_ratings(level, expected):
    found = alpha(OBSERVERS, level)
    assert (found.base, round(found.value, 3)) == (11, expected)


def test_alpha_of_krippendorff_with_two_observers():
    # Examples A and B of the same paper.
    binary = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert round(alpha(binary, "nominal").value, 3) == 0.095
    letters = [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]
    assert round(alpha(letters, "nominal").value, 3) == 0.692


def test_interval_of_alpha_is_replayed_and_holds_the_value():
    found = alpha(OBSERVERS, replications=500, seed=3)
    assert found == alpha(OBSERVERS, replications=500, seed=3)
    assert found.low < found.value < found.high <= 1


def test_one_rating_throughout_says_nothing():
    assert weighted_kappa([2, 2], [2, 2]) == Agreement(2, observed=1.0)
    assert alpha([[2, 2], [2, 2]]) == Agreement(2)


def test_what_one_rated_alone_does_not_count():
    assert weighted_kappa([1, NAN, 3], [1, 2, NAN]).base == 1
    assert weighted_kappa([1, NAN], [NAN, 2]) == Agreement(0)
    assert alpha([[1, NAN], [NAN, 2]]) == Agreement(0)


def test_every_two_raters():
    found = pairwise_kappas(OBSERVERS)
    assert list(found) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert found[0, 1] == weighted_kappa(OBSERVERS[0], OBSERVERS[1])


@given(GRADES)
def test_order_of_raters_does_not_matter(ratings):
    ratings = np.reshape(ratings, (3, 8))
    for level in ["nominal", "ordinal", "interval", "ratio"]:
        one, two = alpha(ratings, level), alpha(ratings[::-1], level)
        assert one.value == pytest.approx(two.value) if one.value is not None else two.value is None


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0]), min_size=2, max_size=9))
def test_full_agreement_is_one(rating):
    found = [alpha([rating, rating], level).value for level in ["nominal", "ordinal", "interval", "ratio"]]
    found.append(weighted_kappa(rating, rating).value)
    assert found == pytest.approx([1.0] * 5) if len(set(rating)) > 1 else found == [None] * 5
