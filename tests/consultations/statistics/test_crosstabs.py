import numpy as np
from scipy.stats import chi2_contingency, fisher_exact

from consultations.statistics.crosstabs import UNSTATED, association, crosstab, row_shares


def test_who_chose_nothing_is_counted_last():
    table = crosstab(np.array([0, 0, 1, -1, 1]), ["x", "y"], np.array([0, 1, -2, 0, 2]), ["a", "b"])
    assert table.index.tolist() == ["x", "y", UNSTATED]
    assert table.to_numpy().tolist() == [[1, 1, 0], [0, 0, 2], [1, 0, 0]]


def test_row_shares_of_an_empty_row_are_missing():
    table = crosstab(np.array([0, 0, 0, 0]), ["x", "y"], np.array([0, 0, 0, 1]), ["a", "b"]).loc[["x", "y"]]
    assert row_shares(table).loc["x"].tolist() == [0.75, 0.25, 0.0]
    assert row_shares(table).loc["y"].isna().tolist() == [True, True, True]


def test_chi_square_of_the_example_in_scipy():
    found = association([[10, 10, 20], [20, 20, 20]])
    assert (found.method, found.dof, found.low_expected) == ("chi2", 2, 0)
    assert (round(found.chi2, 10), round(found.p, 12)) == (2.7777777778, 0.249352208777)


def test_chi_square_agrees_with_scipy():
    table = np.random.default_rng(5).integers(1, 40, (6, 4))
    expected = chi2_contingency(table, correction=False)
    found = association(table)
    assert np.round([found.chi2, found.p], 9).tolist() == np.round([expected.statistic, expected.pvalue], 9).tolist()


def test_small_two_by_two_tables_are_tested_exactly():
    table = [[8, 2], [1, 5]]
    found = association(table)
    assert (found.method, found.low_expected) == ("fisher", 3)
    assert found.p == fisher_exact(table).pvalue


def test_cramers_v_is_corrected_for_bias():
    # φ² = 25/250 = 0.1, less (2-1)(2-1)/249; both sides 2 - 1/249.
    found = association([[75, 50], [50 - 14, 75 + 14]])
    strength = found.chi2 / 250 - 1 / 249
    assert round(found.cramers_v, 12) == round(np.sqrt(strength / (1 - 1 / 249)), 12)


def test_independence_has_no_strength():
    assert association([[20, 40], [10, 20]]).cramers_v == 0.0


def test_perfect_dependence_has_full_strength():
    assert association(np.diag([30, 30, 30])).cramers_v == 1.0


def test_adjusted_residuals_of_two_by_two_are_the_root_of_chi_square():
    found = association([[30, 10], [15, 25]])
    assert np.round(found.residuals**2, 9).tolist() == [[round(found.chi2, 9)] * 2] * 2
    assert np.sign(found.residuals).tolist() == [[1.0, -1.0], [-1.0, 1.0]]


def test_empty_rows_and_columns_are_left_out_of_the_test():
    full, padded = association([[30, 10], [15, 25]]), association([[30, 0, 10], [0, 0, 0], [15, 0, 25]])
    assert (full.chi2, full.dof, full.p) == (padded.chi2, padded.dof, padded.p)
    assert np.isnan(padded.residuals).tolist() == [[False, True, False], [True] * 3, [False, True, False]]


def test_one_row_or_column_cannot_be_tested():
    assert [association([[3, 4]]), association([[3, 0], [4, 0]]), association([[0, 0], [0, 0]])] == [None] * 3
