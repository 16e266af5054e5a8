import numpy as np

from consultations.statistics.reliability import alpha, correlations, loadings, omega

CHANCE = np.random.default_rng(8)
LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])


def model():
    """Correlations of items that measure one thing with these loadings."""
    matrix = np.outer(LOADINGS, LOADINGS)
    np.fill_diagonal(matrix, 1)
    return matrix


def items_with(matrix, number=50):
    """Answers that correlate exactly so."""
    raw = CHANCE.normal(size=(number, len(matrix)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    return white @ np.linalg.cholesky(matrix).T


def test_correlations_agree_with_numpy():
    items = CHANCE.integers(1, 6, (40, 3))
    assert correlations(items).round(12).tolist() == np.corrcoef(items.T).round(12).tolist()


def test_an_item_that_never_varies_correlates_with_nothing():
    assert np.isnan(correlations([[1, 2], [1, 3], [1, 5]])[0]).all()


def test_alpha_of_standard_items_follows_from_the_mean_correlation():
    matrix = model()
    mean = matrix[np.triu_indices(4, 1)].mean()
    assert round(alpha(items_with(matrix)), 9) == round(4 * mean / (1 + 3 * mean), 9)


def test_alpha_of_the_same_item_twice_is_one():
    assert alpha(np.array([[1, 1], [2, 2], [4, 4]])) == 1.0


def test_alpha_needs_items_respondents_and_differences():
    assert [alpha(np.ones((5, 1))), alpha(np.ones((1, 3))), alpha(np.ones((5, 3)))] == [None] * 3


def test_loadings_of_one_factor_are_found_again():
    assert loadings(model()).round(6).tolist() == LOADINGS.tolist()


def test_omega_of_one_factor():
    expected = LOADINGS.sum() ** 2 / (LOADINGS.sum() ** 2 + (1 - LOADINGS**2).sum())
    assert round(omega(items_with(model())), 6) == round(expected, 6)


def test_omega_is_never_below_alpha_for_one_factor():
    items = items_with(model())
    assert omega(items) >= alpha(items)


def test_two_items_do_not_settle_a_factor():
    assert omega(np.array([[1, 2], [2, 1], [3, 5]])) is None
