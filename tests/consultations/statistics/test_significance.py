import numpy as np
from scipy.stats import chi2_contingency, fisher_exact

from consultations.statistics.crosstabs import association, expected_counts
from consultations.statistics.significance import holm, monte_carlo, tables_alike

SMALL = np.array([[6, 1, 0], [2, 3, 4], [0, 2, 5]])


def replicated(table, replications=20_000):
    expected = expected_counts(table)
    return monte_carlo(table, expected, ((table - expected) ** 2 / expected).sum(), replications)


def test_random_tables_keep_their_margins():
    drawn = tables_alike(SMALL, 50)
    assert (drawn.sum(axis=2) == SMALL.sum(axis=1)).all()
    assert (drawn.sum(axis=1) == SMALL.sum(axis=0)).all()


def test_two_columns_keep_their_margins_too():
    drawn = tables_alike(SMALL[:, :2], 50)
    assert (drawn.sum(axis=2) == SMALL[:, :2].sum(axis=1)).all()
    assert (drawn.sum(axis=1) == SMALL[:, :2].sum(axis=0)).all()


def test_replications_come_near_the_exact_probability():
    assert abs(replicated(SMALL) - fisher_exact(SMALL).pvalue) < 0.01


def test_replications_of_a_large_table_come_near_chi_square():
    table = np.array([[30, 40, 22], [45, 30, 31]])
    assert abs(replicated(table) - chi2_contingency(table, correction=False).pvalue) < 0.01


def test_replications_are_the_same_every_time():
    assert association(SMALL) is not None
    assert [association(SMALL).p, association(SMALL).method] == [association(SMALL).p, "monte_carlo"]


def test_holm_of_the_example_in_r():
    # p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") of R's documentation
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]).round(10).tolist() == [0.05, 0.08, 0.09, 0.09, 0.09]


def test_holm_keeps_the_places_and_stays_below_one():
    assert holm([0.9, 0.001, 0.5]).round(10).tolist() == [1.0, 0.003, 1.0]
    assert holm([]).tolist() == []
