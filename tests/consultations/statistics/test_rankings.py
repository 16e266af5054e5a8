import numpy as np
import pandas as pd
from scipy.stats import friedmanchisquare, rankdata

from consultations.statistics.rankings import ballots, borda, condorcet_winner, kendall_w, ranking

NAN = np.nan
# Three executives rank six applicants: W = 0.16 (Siegel, Nonparametric Statistics, 1956, p. 230).
EXECUTIVES = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)


def test_unranked_options_share_the_points_left():
    full, partial = [[1.0, 2.0, 3.0, 4.0]], [[1.0, NAN, NAN, NAN]]
    assert borda(np.array(full)).tolist() == [3.0, 2.0, 1.0, 0.0]
    assert borda(np.array(partial)).tolist() == [3.0, 1.0, 1.0, 1.0]


def test_every_ballot_gives_the_same_points_in_all():
    ranks = np.array([[1, 2, 3, 4], [NAN, 1, NAN, 2], [1, NAN, NAN, NAN]], dtype=float)
    assert round(borda(ranks).sum(), 12) == 6.0


def test_kendall_w_of_the_executives():
    assert round(kendall_w(EXECUTIVES), 6) == round(306 / 1890, 6)


def test_kendall_w_corrects_for_ties():
    ranks = rankdata(np.random.default_rng(3).integers(1, 4, (12, 5)), axis=1)
    expected = friedmanchisquare(*ranks.T).statistic / (12 * 4)
    assert round(kendall_w(ranks), 9) == round(expected, 9)


def test_kendall_w_of_nothing_to_compare():
    assert [kendall_w(EXECUTIVES[:1]), kendall_w(EXECUTIVES[:, :1]), kendall_w(np.ones((3, 2)))] == [None] * 3


def test_full_agreement_is_one():
    assert kendall_w(np.tile([1.0, 2.0, 3.0], (4, 1))) == 1.0


def test_the_condorcet_winner_beats_each_other_option():
    assert condorcet_winner(np.array([[1, 2, 3], [2, 1, 3], [3, 1, 2]], dtype=float)) == 1
    assert condorcet_winner(np.array([[NAN, 1, NAN], [NAN, NAN, 1], [NAN, 1, NAN]])) == 1


def test_a_circle_has_no_winner():
    assert condorcet_winner(np.array([[1, 2, 3], [3, 1, 2], [2, 3, 1]], dtype=float)) is None


def test_ballots_close_gaps_and_know_who_was_asked():
    answers = pd.DataFrame({"q.a": [2, None, 1], "q.b": [5, None, 2]}, dtype="Int64")
    ranks, standing = ballots(answers, np.array([True, True, False]), "q", ["a", "b"])
    assert ranks[0].tolist() == [1.0, 2.0]
    assert standing.tolist() == [0, -1, -2]


def test_figures_of_partial_ballots():
    found = ranking(np.array([[1, 2, 3], [1, NAN, 2], [NAN, NAN, NAN], [NAN, 1, NAN]], dtype=float), ["a", "b", "c"])
    assert (found.base, found.complete, found.kendall_w, found.condorcet_winner) == (3, 1, None, "a")
    assert found.options["ranked"].tolist() == [2, 2, 2]
    assert found.options["mean_rank"].tolist() == [1.0, 1.5, 2.5]
    assert found.options["first"].tolist() == [2, 1, 0]
    assert found.options["borda"].round(6).tolist() == [1.5, 1.0, 0.5]


def test_no_ballots():
    found = ranking(np.full((2, 2), NAN), ["a", "b"])
    assert (found.base, found.kendall_w, found.condorcet_winner) == (0, None, None)
    assert found.options["borda"].isna().tolist() == [True, True]
