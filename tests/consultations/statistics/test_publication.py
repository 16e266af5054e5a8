import numpy as np

from consultations.statistics.frequencies import Reach
from consultations.statistics.publication import (
    concealed,
    published_options,
    published_reach,
    rounded,
    settled,
    share_of,
    total,
)

FEW_SILENT = Reach(base=90, dont_know=0, not_answered=2, not_shown=8)


def test_figures_have_six_digits_and_no_nan():
    assert [rounded(2 / 3), rounded(float("nan")), rounded(None), rounded(np.float64(1))] == [0.666667, None, None, 1.0]


def test_a_hidden_base_gives_shares_of_those_shown():
    hidden = concealed(FEW_SILENT, [60, 30], 5, shown_hidden=False)
    assert (share_of(hidden, False), total(FEW_SILENT, hidden, False)) == ("shown", 92)
    assert published_reach(FEW_SILENT, hidden, False) == {
        "responses": 100,
        "shown": 92,
        "not_answered": None,
        "dont_know": 0,
        "base": None,
        "share_of": "shown",
    }


def test_a_hidden_number_shown_hides_who_did_not_answer():
    reach = Reach(base=90, dont_know=0, not_answered=6, not_shown=4)
    told = published_reach(reach, concealed(reach, [60, 30], 5, shown_hidden=True), True)
    assert (told["shown"], told["not_answered"], told["base"], told["share_of"]) == (None, None, None, "responses")


def test_a_hidden_option_has_neither_count_nor_share():
    entries = published_options(["a", "b"], [8, 2], 10, np.array([False, True]))
    assert entries[0] == {
        "code": "a",
        "count": 8,
        "share": 0.8,
        "low": 0.490162,
        "high": 0.943318,
        "suppressed": False,
    }
    assert entries[1] == {"code": "b", "count": None, "share": None, "low": None, "high": None, "suppressed": True}


def test_a_statistic_is_told_when_the_published_counts_settle_it():
    count = np.array([2, 7, 20, 40, 30])
    low_box, ends = np.array([True, True, False, False, False]), np.array([True, False, False, False, True])
    assert settled(lambda row: row[-2:].sum(), count, low_box) == 70
    assert settled(lambda row: row[-2:].sum(), count, ends) is None
    assert settled(np.argmax, count, ends & False) == 3
