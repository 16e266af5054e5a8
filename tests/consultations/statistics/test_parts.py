import numpy as np
import pandas as pd
import pytest

from consultations.statistics.parts import as_given, tallies_of


def tallies(question, columns, seen=None, threshold=5):
    answers = pd.DataFrame(columns)
    seen = np.ones(len(answers), dtype=bool) if seen is None else np.array(seen)
    return tallies_of({"code": "q", **question}, answers, seen, threshold, False)


def only(question, values, **more):
    return tallies(question, {"q": values}, **more)["q"]


def test_a_rating_is_counted_on_its_steps():
    tally = only({"type": "rating", "max": 4}, [1.0, 4.0, 4.0, None, 2.0], seen=[True, True, True, True, False])
    assert (tally.codes, tally.count.tolist()) == (["1", "2", "3", "4"], [1, 0, 0, 2])
    assert (tally.reach.not_answered, tally.reach.not_shown) == (1, 1)


@pytest.mark.parametrize("value", [0.0, 5.0, 2.5])
def test_a_rating_that_is_no_step_is_refused(value):
    with pytest.raises(ValueError, match="q: ratings outside 1 to 4"):
        only({"type": "rating", "max": 4}, [value])


def test_numbers_fall_into_round_bins_between_the_bounds():
    tally = only({"type": "slider", "min": 0, "max": 100}, [0.0, 9.0, 10.0, 55.0, 100.0, None])
    assert tally.codes == [str(edge) for edge in range(0, 101, 10)]
    assert tally.count.tolist() == [2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def test_numbers_without_bounds_have_open_ends():
    tally = only({"type": "number"}, [*range(1000), -5000.0, 9000.0])
    assert (tally.codes[0], tally.codes[-1], tally.count.sum()) == ("0", "900", 1002)
    assert (tally.count[0], tally.count[-1]) == (101, 101)


def test_whole_numbers_have_whole_bins():
    assert only({"type": "number", "min": 0, "max": 4, "whole": True}, [0.0, 4.0]).codes == ["0", "1", "2", "3", "4"]


def test_equal_numbers_fall_into_one_bin():
    assert only({"type": "number"}, [7.0] * 9).count.tolist() == [9]


@pytest.mark.parametrize(
    ("dates", "codes"),
    [
        (["2026-01-31", "2026-03-01"], ["2026-01", "2026-02", "2026-03"]),
        (
            ["2019-02-01", "2027-12-31"],
            [f"{year}-{month}" for year in range(2019, 2028) for month in ("01", "04", "07", "10")],
        ),
        (["2000-02-01", "2020-12-31"], [f"{year}-01" for year in range(2000, 2021)]),
        (["1870-02-01", "2020-12-31"], [f"{year}-01" for year in range(1870, 2021, 10)]),
    ],
)
def test_dates_fall_into_the_finest_periods_that_are_few(dates, codes):
    tally = only({"type": "date"}, pd.array([*dates, None], dtype="str"))
    assert (tally.codes, tally.count[[0, -1]].tolist(), tally.reach.not_answered) == (codes, [1, 1], 1)


def test_no_dates_and_no_numbers_have_one_empty_bin():
    assert only({"type": "date"}, pd.array([None, None], dtype="str")).count.tolist() == [0]
    assert only({"type": "number"}, [np.nan, np.nan]).count.tolist() == [0]


def test_rows_of_a_matrix_are_counted_apart():
    found = tallies(
        {"type": "matrix", "rows": ["r", "s"], "columns": ["a", "b"]},
        {"q.r": pd.array(["a", "b"], dtype="str"), "q.s": pd.array(["a", None], dtype="str")},
    )
    assert {key: tally.count.tolist() for key, tally in found.items()} == {"q.r": [1, 1], "q.s": [1, 0]}


def test_rows_of_a_matrix_of_ticks_are_multiple_choices():
    found = tallies(
        {"type": "matrix_multiple", "rows": ["r"], "columns": ["a", "b"]},
        {"q.r.a": pd.array([True, None], dtype="boolean"), "q.r.b": pd.array([True, None], dtype="boolean")},
    )
    assert (found["q.r"].count.tolist(), found["q.r"].reach.not_answered) == ([1, 1], 1)


@pytest.mark.parametrize("kind", ["text", "long_text", "email", "url", "file", "organisation"])
def test_of_words_only_being_given_is_counted(kind):
    tally = only({"type": kind}, pd.array(["x", None, "y"], dtype="str"), seen=[True, True, False])
    assert (tally.codes, tally.count.tolist(), tally.reach.not_answered) == (["given"], [1], 1)


@pytest.mark.parametrize("kind", ["ranking", "budget"])
def test_of_a_question_in_several_columns_one_is_enough(kind):
    found = tallies({"type": kind, "options": ["a", "b"]}, {"q.a": [1.0, np.nan], "q.b": [np.nan, np.nan]})
    assert found["q"].count.tolist() == [1]


def test_few_from_one_region_hide_another_of_the_same_country():
    tally = only({"type": "region"}, pd.array(["EL30"] * 20 + ["EL52"] * 9 + ["EL61"] * 2 + ["ITC4"] * 30, dtype="str"))
    assert (tally.codes, tally.hidden_options.tolist()) == (
        ["EL30", "EL52", "EL61", "ITC4"],
        [False, True, True, False],
    )
    assert (tally.groups.codes, tally.groups.hidden.tolist()) == (["EL", "IT"], [False, False])


def test_few_from_one_country_hide_another_country_and_its_regions():
    tally = only({"type": "region"}, pd.array(["EL30"] * 20 + ["EL52"] * 9 + ["ITC4"] * 3 + ["SI03"] * 8, dtype="str"))
    assert tally.groups.hidden.tolist() == [False, True, True]
    assert tally.hidden_options.tolist() == [False, False, True, True]


def test_given_tells_only_who_answered():
    tally = as_given(only({"type": "rating", "max": 3}, [1.0, 3.0, None] * 6))
    assert (tally.count.tolist(), tally.standing.tolist()) == ([12], [0, 0, -1] * 6)
